#pragma once

#include <string>

#include "experiments/cli/command.hpp"
#include "experiments/report/shell_words.hpp"

namespace assay::cli {

using experiments::shell_words;

/// An option with its value, to be put in place of the same option of a command line.
struct OptionWords {
  std::string name;        ///< "--max-blocks"
  std::string short_name;  ///< "-M"; empty: none
  std::string value;
};

/// The words with this option in front and all its other occurrences taken out; what follows `--` stays.
[[nodiscard]] Arguments with_option(const Arguments& words, const OptionWords& option);

}  // namespace assay::cli
