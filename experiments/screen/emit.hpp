#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/report/result_document.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/exit_code.hpp"
#include "experiments/screen/options.hpp"

namespace assay::screen {

using report::AttemptHeading;
using report::heading_of;
using report::result_object;

/// \pre the ending is no refusal
[[nodiscard]] AttemptHeading heading_of(std::string_view command, const attempt::Ending& ending);
/// \pre the ending is no refusal
[[nodiscard]] attempt::Outcome outcome_of(attempt::Ending ending);

/// Prints one result to standard output as the options ask: only its sentence, the whole text, or JSON.
/// \param rerun_command  the command that the advice of an inconclusive result names, to go on.
/// \throws Error if standard output takes no more (closed, disk full).
void print_result(const AttemptHeading& heading, const Plan& plan, const AttemptResult& result,
                  const OutputOptions& output, const ResultOptions& options, std::string_view rerun_command);

/// 0 unless the result's shortfall is one of those to fail on: then 2 for regressed, guard and equivalent, 3 for
/// inconclusive, and 4 for invalid.
[[nodiscard]] ExitCode exit_code_of(const AttemptResult& result, const ResultOptions& options);

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

}  // namespace assay::screen
