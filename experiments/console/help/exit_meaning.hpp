#pragma once

#include <string_view>

namespace assay::console {

/// An exit code of a command, and what it means in a few words. The words must outlive it.
struct ExitMeaning {
  int number = 0;
  std::string_view words;  ///< "as asked"
};

}  // namespace assay::console
