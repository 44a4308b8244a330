#pragma once

#include <string>

#include "experiments/cli/command.hpp"
#include "experiments/report/shell_words.hpp"

namespace assay::cli {

using report::shell_words;

/// An option that takes a value, as a command line spells it.
struct OptionSpelling {
  std::string name;        ///< "--max-blocks"
  std::string short_name;  ///< "-M"; empty: none
};

/// The words less this option and its value, wherever it stands; what follows `--` stays.
[[nodiscard]] Arguments without_option(const Arguments& words, const OptionSpelling& option);
/// The words with this option in front, in place of wherever it stood.
[[nodiscard]] Arguments with_option(const Arguments& words, const OptionSpelling& option, const std::string& value);

}  // namespace assay::cli
