#pragma once

#include <string>

#include "core/plan.hpp"
#include "core/result.hpp"
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

/// The command that would settle an inconclusive result: the same command with the cap, and the time, that the advice
/// names. Empty if there is no advice, or if it asks for more blocks than a command accepts.
/// \param words  of the command that was run: {"compare", ...}.
[[nodiscard]] std::string advice_command(const Arguments& words, const Plan& plan, const AttemptResult& result);

}  // namespace assay::cli
