#include "experiments/record/history/target_readings.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/result/decision.hpp"
#include "experiments/record/record_list.hpp"

namespace assay::record {
namespace {

double figure_of(const ArmSummary& arm, Statistic statistic) {
  switch (statistic) {
    case Statistic::median:
      return arm.median;
    case Statistic::mean:
      return arm.mean;
    case Statistic::minimum:
      return arm.minimum;
    case Statistic::maximum:
      return arm.maximum;
    case Statistic::lower_quartile:
      return arm.lower_quartile;
    case Statistic::upper_quartile:
      return arm.upper_quartile;
  }
  return 0;
}

bool is_about(const Target& target, const NamedCell& cell) {
  return cell.workload == target.workload && cell.state == target.state;
}

/// The first level's values of the target's metric in a race, from as many blocks as possible. For metrics other than
/// the primary one, these are the blocks that it has in common with some other level.
ArmSummary first_level_in(const LevelSearch& search, const Target& target) {
  if (search.metric.name == target.metric) return search.levels.front().values;
  ArmSummary most;
  for (const LevelStanding& standing : search.levels) {
    for (const MetricResult& metric : standing.metrics) {
      const bool is_meant = metric.metric.name == target.metric;
      if (is_meant && metric.control.count > most.count) most = metric.control;
    }
  }
  return most;
}

/// The target's figure in one record: treatment's if it was kept, else control's, which then stays. If levels raced and
/// none was measured afresh against the first level, the first level stays.
std::optional<double> figure_in(const Record& record, const Target& target) {
  for (const Comparison& comparison : record.result.comparisons) {
    if (!is_about(target, comparison.cell)) continue;
    for (const MetricResult& metric : comparison.metrics) {
      if (metric.metric.name != target.metric) continue;
      const ArmSummary& arm = comparison.decision == Decision::keep ? metric.treatment : metric.control;
      if (arm.count > 0) return figure_of(arm, target.statistic);
    }
  }
  for (const LevelSearch& search : record.result.searches) {
    if (!is_about(target, search.cell)) continue;
    const ArmSummary first = first_level_in(search, target);
    if (first.count > 0) return figure_of(first, target.statistic);
  }
  return std::nullopt;
}

bool states(const RecordSummary& record, const Target& target) {
  return std::any_of(record.targets.begin(), record.targets.end(),
                     [&](const Target& stated) { return is_same_target(stated, target); });
}

/// The arm that stands after the decision: treatment if it was kept, else control.
ArmIndex arm_left_in_place(const Record& record, const Target& target) {
  for (const Comparison& comparison : record.result.comparisons) {
    const bool is_kept = is_about(target, comparison.cell) && comparison.decision == Decision::keep;
    if (is_kept) return comparison.treatment.index;
  }
  return kControl;
}

void read_attempt(const Lab& lab, const RecordSummary& summary, TargetReading& reading) {
  const Target& target = reading.status.target;
  reading.figure = figure_in(read_record_head(lab, summary), target);
  if (!reading.figure) return;
  const Record record = read_record(lab, summary);
  reading.bounds = decide::target_figure(record.plan, record.blocks, arm_left_in_place(record, target), target);
}

void read_baseline(const Lab& lab, const RecordSummary& summary, TargetReading& reading) {
  const Entry entry = read_entry(lab, summary);
  const auto& baseline = std::get<Baseline>(entry.content);
  const auto* const source = std::get_if<SourceLevel>(&baseline.plan.variable.levels.front().value);
  if (source != nullptr) reading.revision = describe(*source);
  reading.bounds = decide::target_figure(baseline, reading.status.target);
  if (reading.bounds) reading.figure = reading.bounds->figure;
}

/// A gain measures what is in place now as treatment.
void read_gain(const Lab& lab, const RecordSummary& samples, TargetReading& reading) {
  const Record record = read_record(lab, samples);
  reading.bounds = decide::target_figure(record.plan, record.blocks, 1, reading.status.target);
  if (reading.bounds) reading.figure = reading.bounds->figure;
}

const RecordSummary* samples_of_gain(const std::vector<RecordSummary>& records, const RecordSummary& gain) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [&gain](const RecordSummary& record) { return record.sha256 == gain.about; });
  return found == records.end() ? nullptr : &*found;
}

/// Where a figure of a target can come from. The samples of a gain are in an attempt of their own.
struct FigureSource {
  const RecordSummary* record;
  const RecordSummary* samples;
};

/// The records that can have a figure of this target, newest first, by environment.
std::map<std::string, std::vector<FigureSource>> sources_of(const std::vector<RecordSummary>& records,
                                                            const Target& target) {
  std::map<std::string, std::vector<FigureSource>> sources;
  for (auto record = records.rbegin(); record != records.rend(); ++record) {
    const bool is_gain = record->kind == RecordKind::gain;
    const RecordSummary* const samples = is_gain ? samples_of_gain(records, *record) : &*record;
    if (samples == nullptr || samples->simulated || !states(*samples, target)) continue;
    const bool counts =
        is_gain || record->kind == RecordKind::baseline || (is_attempt(*record) && !record->exploratory);
    if (counts) sources[record->environment_name].push_back({&*record, samples});
  }
  return sources;
}

/// Reads the newest of these that has a figure.
void read_figure(const Lab& lab, const std::vector<FigureSource>& sources, TargetReading& reading) {
  for (const auto& [record, samples] : sources) {
    if (record->kind == RecordKind::gain) {
      read_gain(lab, *samples, reading);
    } else if (record->kind == RecordKind::baseline) {
      read_baseline(lab, *record, reading);
    } else {
      read_attempt(lab, *record, reading);
    }
    reading.measured_in = record->name;
    reading.environment_name = record->environment_name;
    if (reading.figure) return;
  }
}

/// Without its figure. \param environment  empty: none in particular
TargetReading reading_in(const std::string& environment, const TargetStatus& status, Date today) {
  TargetReading reading;
  reading.status = status_in(status, environment);
  reading.limit = limit_in_force(reading.status, today);
  reading.overdue = reading.status.relaxed && is_overdue(*reading.status.relaxed, today);
  reading.environment_name = environment;
  return reading;
}

void add_readings(const Lab& lab, const std::vector<RecordSummary>& records, const TargetStatus& status, Date today,
                  std::vector<TargetReading>& readings) {
  const std::size_t before = readings.size();
  TargetReading without_figure = reading_in("", status, today);
  std::map<std::string, OpenRelaxation> unread = status.relaxed_in;
  for (const auto& [environment, sources] : sources_of(records, status.target)) {
    TargetReading reading = reading_in(environment, status, today);
    read_figure(lab, sources, reading);
    if (reading.figure) {
      unread.erase(environment);
      readings.push_back(std::move(reading));
    } else {
      without_figure = std::move(reading);
      without_figure.status = status_in(status, "");
    }
  }
  // A relaxation is shown until it is restored, wherever the target was measured.
  for (const auto& [environment, relaxation] : unread) readings.push_back(reading_in(environment, status, today));
  if (readings.size() == before) readings.push_back(std::move(without_figure));
}

}  // namespace

std::optional<decide::LimitStanding> standing_of(const TargetReading& reading) {
  if (!reading.figure || !reading.limit) return std::nullopt;
  if (!reading.bounds) return decide::LimitStanding::undecided;
  return decide::limit_standing(*reading.bounds, reading.status.target.bound, *reading.limit);
}

bool meets_limit(const TargetReading& reading) {
  const Target& target = reading.status.target;
  return reading.bounds &&
         decide::limit_standing(*reading.bounds, target.bound, target.limit) == decide::LimitStanding::met;
}

std::vector<TargetReading> read_targets(const Lab& lab, const std::vector<RecordSummary>& records, Date today) {
  std::vector<TargetReading> readings;
  for (const TargetStatus& status : targets_in(lab, records)) add_readings(lab, records, status, today, readings);
  return readings;
}

std::vector<TargetReading> targets_measured_in(const Lab& lab, std::string_view record, Date today) {
  std::vector<TargetReading> readings = read_targets(lab, list_records(lab), today);
  std::erase_if(readings, [record](const TargetReading& reading) { return reading.measured_in != record; });
  return readings;
}

}  // namespace assay::record
