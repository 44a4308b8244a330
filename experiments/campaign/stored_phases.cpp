#include "experiments/campaign/stored_phases.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "experiments/decide/baseline/experiment_phases.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::campaign {
namespace {

ArmIndex arm_named(const Record& record, const std::string& label) {
  std::vector<std::string> labels;
  for (ArmIndex arm = 0; arm < arm_count(record.plan); ++arm) {
    labels.push_back(record.plan.variable.levels[arm].label);
    if (labels.back() == label) return arm;
  }
  throw Error(fmt::format("--against: {} has no arm \"{}\"; its arms are {}", record_name(record), label,
                          fmt::join(labels, ", ")));
}

bool has_measured_trial(const Record& record) {
  return std::any_of(record.blocks.begin(), record.blocks.end(), [](const Block& block) {
    return !is_void(block) && std::any_of(block.trials.begin(), block.trials.end(),
                                          [](const Trial& trial) { return is_measured(trial.outcome); });
  });
}

}  // namespace

Record attempt_with_phases(const record::Lab& lab, const record::RecordSummary& summary) {
  Record record = record::read_record(lab, summary);
  if (reads_spans(record.plan)) {
    if (has_measured_trial(record)) return record;
    throw Error(
        fmt::format("no trial of {} was measured, so there are no phases to show: assay show {} says what failed",
                    summary.name, record.number));
  }
  throw Error(
      fmt::format("no metric of {} is read from spans, so its trials kept no phases: give the experiment a "
                  "metric of a phase, or measure a baseline: assay baseline FILE",
                  summary.name));
}

ExperimentPhases phases_of(const Record& record) {
  return decide::experiment_phases(record.plan, record.blocks);
}

std::vector<ArmChange> changes_from(const Record& record, const std::string& label) {
  const ArmIndex before = arm_named(record, label);
  std::vector<ArmChange> changes;
  for (ArmIndex arm = 0; arm < arm_count(record.plan); ++arm) {
    if (arm != before) changes.push_back(decide::arm_change(record.plan, record.blocks, {before, arm}));
  }
  return changes;
}

}  // namespace assay::campaign
