#include "experiments/adversary/reviews/target_challenge.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/adversary/measured_revision.hpp"
#include "experiments/attempt/environment.hpp"
#include "experiments/campaign/change_proof.hpp"
#include "experiments/record/history/target_readings.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/reviews/target_items.hpp"

namespace assay::adversary {
namespace {

/// What the target's figure was measured in.
struct TargetSource {
  record::RecordSummary summary;  ///< of a baseline or an attempt, or of the samples of a gain
  Target target;
  RepeatedArm arm;
};

const record::RecordSummary& record_called(const std::vector<record::RecordSummary>& records, const std::string& name) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&name](const record::RecordSummary& record) { return record.name == name; });
  if (found == records.end()) throw Error(fmt::format("the record {} is gone", name), ErrorKind::invalid);
  return *found;
}

/// The record with the samples: that of a gain is an attempt.
record::RecordSummary samples_of(const std::vector<record::RecordSummary>& records,
                                 const record::RecordSummary& summary) {
  for (const record::RecordSummary& record : records) {
    if (summary.kind == RecordKind::gain && record.sha256 == summary.about) return record;
  }
  return summary;
}

/// The arm that stands after an attempt: treatment if it was kept, else control. A gain measures what stands now as
/// treatment.
RepeatedArm arm_after(const Record& record, const record::RecordSummary& stated_in, const Target& target) {
  ArmIndex arm = stated_in.kind == RecordKind::gain ? 1 : kControl;
  for (const Comparison& comparison : record.result.comparisons) {
    const bool is_kept = comparison.cell.workload == target.workload && comparison.cell.state == target.state &&
                         comparison.decision == Decision::keep;
    if (is_kept) arm = comparison.treatment.index;
  }
  RepeatedArm repeated{.plan = record.plan, .what = "record", .revision = "", .runs = record.result.blocks};
  std::swap(repeated.plan.variable.levels.front(), repeated.plan.variable.levels.at(arm));
  return repeated;
}

/// The readings of this target. That of the environment comes first.
std::vector<record::TargetReading> readings_of(const record::Lab& lab,
                                               const std::vector<record::RecordSummary>& records,
                                               const std::string& name, const std::string& environment) {
  std::vector<record::TargetReading> readings = record::read_targets(lab, records, Date{});
  std::erase_if(readings, [&name](const record::TargetReading& reading) {
    return target_name(reading.status.target) != name || reading.measured_in.empty();
  });
  std::stable_partition(readings.begin(), readings.end(), [&environment](const record::TargetReading& reading) {
    return reading.environment_name == environment;
  });
  return readings;
}

TargetSource source_of(const record::Lab& lab, const std::string& name, const std::string& environment) {
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  for (const record::TargetReading& reading : readings_of(lab, records, name, environment)) {
    const record::RecordSummary& measured_in = record_called(records, reading.measured_in);
    TargetSource source{.summary = samples_of(records, measured_in), .target = reading.status.target, .arm = {}};
    for (const Target& stated : source.summary.targets) {
      if (is_same_target(stated, source.target)) source.target = stated;
    }
    if (measured_in.kind == RecordKind::baseline) {
      const auto baseline = std::get<Baseline>(record::read_entry(lab, measured_in).content);
      source.arm = {.plan = baseline.plan, .what = "baseline", .revision = baseline.revision, .runs = baseline.runs};
    } else {
      const Record record = record::read_record_head(lab, source.summary);
      source.arm = arm_after(record, measured_in, source.target);
      source.arm.revision = measured_revision({lab, records}, source.summary, record).commit;
    }
    return source;
  }
  throw Error(fmt::format("no record has a figure of the target {}", name));
}

}  // namespace

PreparedTargetChallenge prepare_target_challenge(const record::Lab& lab, const TargetCriterion& criterion,
                                                 const ChallengeOptions& options) {
  const std::string& name = criterion.target;
  TargetSource source = source_of(lab, name,
                                  criterion.environment_name.empty() ? attempt::environment_here(lab, options.running)
                                                                     : criterion.environment_name);
  keep_cell(source.arm.plan, {source.target.workload, source.target.state});
  Review review;
  review.subject = ReviewSubject::target;
  review.target = name;
  review.text = fmt::format("{}: {}", name, limit_text(source.target, source.target.limit));
  review = begun_review(lab, source.summary, std::move(review), options.running);
  Repetition repetition = prepare_repetition(lab, source.arm, options);
  review.revision = repetition.copy.revision;
  return {lab, std::move(source.target), std::move(repetition), std::move(review)};
}

ReviewEnding run_target_challenge(const PreparedTargetChallenge& prepared, const ChallengeOptions& options,
                                  attempt::Observer& observer) {
  return measure_and_review(
      prepared.lab, prepared.repetition,
      {.begun = prepared.review,
       .not_again = {"the other cells"},
       .items = [&](const Baseline& again) { return record::target_items(prepared.target, again); }},
      options, observer);
}

}  // namespace assay::adversary
