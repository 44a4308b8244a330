#pragma once

#include <string>

#include "experiments/cli/command.hpp"

namespace assay::cli {

/// The words as a POSIX shell reads them back: "assay compare 'sleep 1' 'sleep 2'".
[[nodiscard]] std::string shell_words(const Arguments& words);

/// An option with its value, to be put in place of the same option of a command line.
struct OptionWords {
  std::string name;        ///< "--max-blocks"
  std::string short_name;  ///< "-M"; empty: none
  std::string value;
};

/// The words with this option in front and all its other occurrences taken out; what follows `--` stays.
[[nodiscard]] Arguments with_option(const Arguments& words, const OptionWords& option);

}  // namespace assay::cli
