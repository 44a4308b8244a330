#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/plan.hpp"
#include "core/record.hpp"
#include "core/result.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/cli/output.hpp"

namespace assay::cli {

/// What is known of an attempt beside its plan and its result.
struct AttemptHeading {
  std::string command;      ///< "run"
  std::string record_name;  ///< "0007-readiness-poll"; empty: nothing was recorded
  std::string record_sha256;
  std::string plan_sha256;
  std::string actor;
};
[[nodiscard]] AttemptHeading heading_of(std::string_view command, const Record& record, std::string_view record_sha256);
/// \pre the ending is no refusal
[[nodiscard]] AttemptHeading heading_of(std::string_view command, const attempt::Ending& ending);
/// \pre the ending is no refusal
[[nodiscard]] attempt::Outcome outcome_of(attempt::Ending ending);

/// The object that --json prints: docs/formats/result.schema.json.
[[nodiscard]] nlohmann::json result_object(const AttemptHeading& heading, const Plan& plan,
                                           const AttemptResult& result);

/// Prints one result to standard output as the options ask: sentence alone, text, or JSON.
/// `rerun_command` is what the advice of an inconclusive result names to go on.
/// \throws Error when standard output takes no more (closed, disk full).
void print_result(const AttemptHeading& heading, const Plan& plan, const AttemptResult& result,
                  const OutputOptions& output, const ResultOptions& options, std::string_view rerun_command);

/// Where a result falls short of "better, or as good as was asked"; nothing: it does not.
[[nodiscard]] std::optional<Shortfall> shortfall_of(const AttemptResult& result);
/// 0 unless the result's shortfall is among those to fail on: then 2 for regressed, guard and equivalent, 3 for
/// inconclusive, 4 for invalid.
[[nodiscard]] ExitCode exit_code_of(const AttemptResult& result, const ResultOptions& options);

}  // namespace assay::cli
