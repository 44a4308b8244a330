#pragma once

#include <string>

#include "core/text/shell_words.hpp"
#include "experiments/cli/command.hpp"

namespace assay::cli {

/// An option that takes a value, as a command line spells it.
struct OptionSpelling {
  std::string name;        ///< "--max-blocks"
  std::string short_name;  ///< "-M"; empty: none
};

/// The words without this option and its value, wherever it is; what follows `--` stays.
[[nodiscard]] Arguments without_option(const Arguments& words, const OptionSpelling& option);
/// The words with this option in front, and nowhere else.
[[nodiscard]] Arguments with_option(const Arguments& words, const OptionSpelling& option, const std::string& value);

}  // namespace assay::cli
