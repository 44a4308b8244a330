#include "experiments/cli/emit.hpp"

#include <utility>

#include <nlohmann/json.hpp>

#include "experiments/cli/terminal.hpp"
#include "experiments/report/text.hpp"

namespace assay::cli {
namespace {

ExitCode exit_code_of(Shortfall shortfall) {
  switch (shortfall) {
    case Shortfall::regressed:
    case Shortfall::guard:
    case Shortfall::equivalent:
      return ExitCode::worse;
    case Shortfall::inconclusive:
      return ExitCode::inconclusive;
    case Shortfall::invalid:
      return ExitCode::invalid;
  }
  return ExitCode::error;
}

}  // namespace

AttemptHeading heading_of(std::string_view command, const attempt::Ending& ending) {
  const auto* finished = std::get_if<attempt::Finished>(&ending);
  const attempt::Outcome& outcome =
      finished != nullptr ? finished->outcome : std::get<attempt::Interrupted>(ending).outcome;
  AttemptHeading heading{std::string(command), "", "", outcome.plan_sha256, outcome.actor};
  if (finished != nullptr && finished->record) {
    heading.record_name = finished->record->name;
    heading.record_sha256 = finished->record->sha256;
  }
  return heading;
}

attempt::Outcome outcome_of(attempt::Ending ending) {
  if (auto* finished = std::get_if<attempt::Finished>(&ending)) return std::move(finished->outcome);
  return std::move(std::get<attempt::Interrupted>(ending).outcome);
}

void print_result(const AttemptHeading& heading, const Plan& plan, const AttemptResult& result,
                  const OutputOptions& output, const ResultOptions& options, std::string_view rerun_command) {
  if (output.json) {
    print_json(result_object(heading, plan, result));
    return;
  }
  report::TextStyle style = output_style(read_terminal(), output);
  style.time_unit = options.time_unit;
  if (output.quiet) {
    print_output(report::result_sentences(plan, result, style));
    return;
  }
  print_output(report::result_text(plan, result, style, rerun_command));
}

std::optional<Shortfall> shortfall_of(const AttemptResult& result) {
  if (result.decision == Decision::keep) return std::nullopt;
  if (result.verdict == Verdict::invalid) return Shortfall::invalid;
  if (result.verdict == Verdict::regressed) return Shortfall::regressed;
  if (result.decision_reason == DecisionReason::guard) return Shortfall::guard;
  if (result.decision_reason == DecisionReason::guard_open) return Shortfall::inconclusive;
  if (result.decision_reason == DecisionReason::isolation) return Shortfall::inconclusive;
  if (result.decision_reason == DecisionReason::broken) return Shortfall::invalid;
  if (result.decision_reason == DecisionReason::invalid) return Shortfall::invalid;
  if (result.verdict == Verdict::equivalent) return Shortfall::equivalent;
  if (result.verdict == Verdict::improved) return std::nullopt;
  return Shortfall::inconclusive;
}

ExitCode exit_code_of(const AttemptResult& result, const ResultOptions& options) {
  const std::optional<Shortfall> shortfall = shortfall_of(result);
  if (!shortfall || options.fail_on.count(*shortfall) == 0) return ExitCode::ok;
  return exit_code_of(*shortfall);
}

}  // namespace assay::cli
