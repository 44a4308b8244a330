#include "experiments/record/status/pipeline_steps.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text/date.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::record {
namespace {

std::string counted(std::size_t count, std::string_view what) {
  return report::count_text(static_cast<int>(count), what);
}

std::size_t count_with(const PipelineFacts& facts, std::initializer_list<ChangeStanding> standings) {
  return static_cast<std::size_t>(
      std::count_if(facts.changes.begin(), facts.changes.end(), [&standings](const KeptChange& change) {
        return std::find(standings.begin(), standings.end(), change.standing) != standings.end();
      }));
}

std::string instrumented_text(const PipelineFacts& facts) {
  std::string text;
  for (const BaselineInForce& baseline : facts.baselines) {
    const double share = attributed_share(baseline.figures);
    if (share == 0) continue;
    text +=
        fmt::format("{}{} in {}: spans account for {} at least", text.empty() ? "" : "; ", baseline.summary.experiment,
                    baseline.summary.environment_name, report::amount_text(100 * share));
  }
  return text.empty() ? "no" : text;
}

std::string baselined_text(const PipelineFacts& facts) {
  std::string text;
  for (const BaselineInForce& baseline : facts.baselines) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : "; ", baseline.summary.name,
                        format_date(date_of(baseline.summary.created_ns)));
  }
  return text.empty() ? "no" : text;
}

std::string attributed_text(const PipelineFacts& facts) {
  const auto count = static_cast<std::size_t>(
      std::count_if(facts.baselines.begin(), facts.baselines.end(),
                    [](const BaselineInForce& baseline) { return attributed_share(baseline.figures) > 0; }));
  return count == 0 ? "no" : fmt::format("{} with phases", counted(count, "baseline"));
}

std::string verified_text(const PipelineFacts& facts) {
  const auto verified =
      static_cast<std::size_t>(std::count_if(facts.claims.begin(), facts.claims.end(), [](const ClaimStatus& claim) {
        return claim.standing == ClaimStanding::verified;
      }));
  return fmt::format("{} of {}", verified, counted(facts.claims.size(), "claim"));
}

}  // namespace

std::vector<PipelineStep> pipeline_steps(const PipelineFacts& facts) {
  const auto dead_ends =
      static_cast<std::size_t>(std::count_if(facts.hypotheses.begin(), facts.hypotheses.end(), is_dead_end));
  const std::size_t remeasured = count_with(facts, {ChangeStanding::remeasured});
  const std::size_t adopted = remeasured + count_with(facts, {ChangeStanding::adopted});
  const std::size_t faulty = count_with(facts, {ChangeStanding::must_be_reverted});
  return {{"instrumented", instrumented_text(facts)},
          {"baselined", baselined_text(facts)},
          {"attributed", attributed_text(facts)},
          {"tried", fmt::format("{}, {}", counted(facts.attempts.size(), "attempt"), counted(dead_ends, "dead end"))},
          {"kept", counted(facts.changes.size(), "change")},
          {"adopted", counted(adopted, "change") +
                          (faulty == 0 ? "" : fmt::format("; {} must be reverted", counted(faulty, "other")))},
          {"measured again", counted(remeasured, "change")},
          {"verified", verified_text(facts)}};
}

}  // namespace assay::record
