#include "experiments/interop/exports/github_benchmark_export.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/formats/printed_json.hpp"
#include "experiments/interop/exports/arm_trials.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

json entry(const AttemptView& attempt, const Comparison& comparison, const ArmSummary& figures, ArmIndex arm) {
  const Metric& metric = attempt.result.primary;
  return {{"name", fmt::format("{}: {}", attempt.plan.id, arm_and_cell(attempt.plan, {comparison.cell.index, arm}))},
          {"unit", metric.unit},
          {"value", figures.median},
          {"range", fmt::format("± {:.3g}", figures.mad)},
          {"extra", fmt::format("{} of {} trials; {}", metric.name, figures.count, to_string(comparison.verdict))}};
}

}  // namespace

std::string github_benchmark_text(const AttemptView& attempt) {
  json entries = json::array();
  for (const Comparison& comparison : attempt.result.comparisons) {
    const MetricResult& primary = comparison.metrics.front();
    if (comparison.treatment.index == 1) entries.push_back(entry(attempt, comparison, primary.control, kControl));
    entries.push_back(entry(attempt, comparison, primary.treatment, comparison.treatment.index));
  }
  return formats::printed_json(entries);
}

}  // namespace assay::interop
