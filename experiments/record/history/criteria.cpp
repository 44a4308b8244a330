#include "experiments/record/history/criteria.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/record/entry.hpp"
#include "experiments/record/history/baselines_in_force.hpp"
#include "experiments/record/history/changes.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/history/recorded_claims.hpp"
#include "experiments/record/history/reviews.hpp"
#include "experiments/record/history/status_words.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/report/entries/pipeline_words.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::record {
namespace {

CriterionState fails(std::string why) {
  return {.holds = false, .why = std::move(why), .records = {}};
}

CriterionState held_by(std::vector<std::string> records) {
  return {.holds = true, .why = "", .records = std::move(records)};
}

std::string described_place(const ExperimentPlace& place) {
  return fmt::format("{} in {}", place.experiment, place.environment_name);
}

bool is_at(const RecordSummary& record, const ExperimentPlace& place) {
  return record.experiment == place.experiment && record.environment_name == place.environment_name;
}

/// The first baseline of a place, unless the criterion names another one: else a baseline of a commit that was made
/// slow would let any gain look large. \returns SHA-256, or what the criterion says if it names no baseline of this
/// lab; empty if there is no baseline
std::string baseline_of(const std::vector<RecordSummary>& records, const GainCriterion& criterion) {
  for (const RecordSummary& record : records) {
    if (record.kind != RecordKind::baseline || !is_at(record, criterion.place)) continue;
    const bool is_named = criterion.baseline == record.name || criterion.baseline == record.sha256;
    if (criterion.baseline.empty() || is_named) return record.sha256;
  }
  return criterion.baseline;
}

class CriterionJudge {
 public:
  explicit CriterionJudge(const LabView& view) : lab_(view.lab), records_(view.records) {}

  CriterionState operator()(const BaselineCriterion& criterion) const {
    const auto baseline = baseline_in_force(lab_, records_, criterion.place);
    if (!baseline) return fails("no baseline of " + described_place(criterion.place));
    if (!std::get<Baseline>(baseline->entry.content).changes.empty()) {
      return fails(fmt::format("something changed while {} was measured", baseline->summary.name));
    }
    for (const BaselineCell& cell : baseline->figures.cells) {
      if (cell.measured > 0) continue;
      return fails(
          fmt::format("{} has no measured trial of {} ({})", baseline->summary.name, cell.workload, cell.state));
    }
    return unless_refuted(ReviewSubject::baseline, {baseline->summary.sha256});
  }

  CriterionState operator()(const AttributionCriterion& criterion) const {
    const auto baseline = baseline_in_force(lab_, records_, criterion.place);
    if (!baseline) return fails("no baseline of " + described_place(criterion.place));
    const double share = attributed_share(baseline->figures);
    if (share >= criterion.share) return unless_refuted(ReviewSubject::attribution, {baseline->summary.sha256});
    return fails(fmt::format("in {}, spans account for {} of some cell, less than {}", baseline->summary.name,
                             report::amount_text(100 * share), report::share_text(criterion.share)));
  }

  CriterionState operator()(const TargetCriterion& criterion) const {
    bool is_stated = false;
    CriterionState state = held_by({});
    for (const TargetReading& reading : read_targets(lab_, records_, Date{})) {
      if (target_name(reading.status.target) != criterion.target) continue;
      is_stated = true;
      if (!criterion.environment_name.empty() && reading.environment_name != criterion.environment_name) continue;
      CriterionState here = judged(reading);
      if (!here.holds) return here;
      state.records.insert(state.records.end(), here.records.begin(), here.records.end());
    }
    if (!is_stated) return fails(fmt::format("no record states the target {}", criterion.target));
    if (!state.records.empty()) return state;
    return fails(fmt::format("{} was not measured in {}", criterion.target, criterion.environment_name));
  }

  CriterionState operator()(const DecisionCriterion& criterion) const {
    std::vector<std::string> decided;
    for (const HypothesisHistory& history : hypotheses_in(records_)) {
      if (history.attempts.empty() || !is_at(last_word(history), criterion.place)) continue;
      if (!is_kept(history) && !is_dead_end(history)) {
        return fails(fmt::format("{} says {}, and attempts are left", last_word(history).name,
                                 name_or_empty(last_word(history).decision)));
      }
      const auto change = is_kept(history) ? kept_change_of(lab_, records_, last_word(history)) : std::nullopt;
      if (change && change->refuted_by) {
        return fails(
            fmt::format("what {} was kept for is refuted in {}", change->attempt.name, change->refuted_by->name));
      }
      decided.push_back(last_word(history).sha256);
    }
    if (decided.empty()) return fails(described_place(criterion.place) + " was never tried");
    return unless_refuted(ReviewSubject::decision, std::move(decided));
  }

  CriterionState operator()(const AdoptionCriterion& criterion) const {
    std::vector<std::string> adopted;
    for (const KeptChange& change : kept_changes(lab_, records_)) {
      if (!is_at(change.attempt, criterion.place)) continue;
      const bool is_adopted =
          change.standing == ChangeStanding::adopted || change.standing == ChangeStanding::remeasured;
      if (!is_adopted) return fails(fmt::format("{}: {}", change.attempt.name, change_sentence(change)));
      adopted.push_back(change.adopted_by->sha256);
    }
    if (adopted.empty()) return fails(fmt::format("no change of {} was kept", described_place(criterion.place)));
    return unless_refuted(ReviewSubject::adoption, std::move(adopted));
  }

  CriterionState operator()(const GainCriterion& criterion) const {
    const std::string baseline = baseline_of(records_, criterion);
    const auto found = newest_gain(criterion.place, baseline);
    if (!found) {
      const std::string against = baseline.empty() ? "" : fmt::format(" against {}", name_of(baseline));
      return fails(fmt::format("no cumulative gain of {}{}", described_place(criterion.place), against));
    }
    const auto& [summary, gain] = *found;
    if (criterion.cells == GainCells::suite && !has_average(gain)) {
      return fails(fmt::format("{} has no average over the cells: its experiment says protocol.cells", summary.name));
    }
    for (const GainOfCell& cell : gain.cells) {
      const bool counts = criterion.cells == GainCells::every || is_average(gain, cell);
      if (!counts || is_gained(gain, cell, criterion.percent)) continue;
      return fails(fmt::format("in {}, {} of {}: {}", summary.name, gain.metric, report::gain_cell_title(cell),
                               report::gain_cell_text(cell)));
    }
    return held_by({summary.sha256});
  }

  CriterionState operator()(const ClaimCriterion& criterion) const {
    for (const ClaimStatus& claim : recorded_claims(lab_, records_)) {
      if (claim.record.name != criterion.claim && claim.record.sha256 != criterion.claim) continue;
      if (!claim.withdrawn_in.empty()) return fails(fmt::format("it is withdrawn in {}", claim.withdrawn_in));
      if (claim.standing == ClaimStanding::verified) return held_by({claim.record.sha256});
      return fails(fmt::format("{} is {}", claim.record.name, to_string(claim.standing)));
    }
    return fails(fmt::format("there is no claim {}", criterion.claim));
  }

 private:
  /// Whether the target is met in the environment of this reading.
  [[nodiscard]] CriterionState judged(const TargetReading& reading) const {
    const Target& target = reading.status.target;
    if (reading.status.relaxed) return fails(relaxation_sentence(*reading.status.relaxed, target));
    if (!meets_limit(reading)) return fails(target_sentence(reading));
    return unless_target_refuted(target_name(target), sha256_of(reading.measured_in));
  }

  /// Held by these records, unless another actor's last word on one of them is a refutation.
  [[nodiscard]] CriterionState unless_refuted(ReviewSubject subject, std::vector<std::string> held) const {
    const std::vector<ReviewStatus> reviews = reviews_in(lab_, records_, Signers(lab_, KeyHistory::taken_for_granted));
    for (const ReviewStatus& review : reviews) {
      const bool is_about =
          review.content.subject == subject && std::find(held.begin(), held.end(), review.content.record) != held.end();
      const std::string refutation = is_about ? refuted_in(reviewed_by(review.content), reviews) : "";
      if (refutation.empty()) continue;
      return fails(
          fmt::format("the {} of {} is refuted in {}", to_string(subject), name_of(review.content.record), refutation));
    }
    return held_by(std::move(held));
  }

  /// The same for what a target limits. The samples of a gain are in an attempt of their own.
  [[nodiscard]] CriterionState unless_target_refuted(const std::string& target, const std::string& held) const {
    std::string samples = held;
    for (const RecordSummary& record : records_) {
      if (record.sha256 == held && record.kind == RecordKind::gain) samples = record.about;
    }
    const std::string refutation = refuted_in({ReviewSubject::target, samples, "", target},
                                              reviews_in(lab_, records_, Signers(lab_, KeyHistory::taken_for_granted)));
    if (refutation.empty()) return held_by({held});
    return fails(fmt::format("{} is refuted in {}", target, refutation));
  }

  [[nodiscard]] std::string name_of(const std::string& sha256) const {
    const RecordSummary* const record = record_with(records_, sha256);
    return record == nullptr ? sha256 : record->name;
  }

  /// The newest one that was measured against this baseline.
  [[nodiscard]] std::optional<std::pair<RecordSummary, Gain>> newest_gain(const ExperimentPlace& place,
                                                                          const std::string& baseline) const {
    for (auto record = records_.rbegin(); record != records_.rend(); ++record) {
      if (record->kind != RecordKind::gain || !is_at(*record, place)) continue;
      Entry entry = read_entry(lab_, *record);
      auto& gain = std::get<Gain>(entry.content);
      if (gain.baseline == baseline) return std::pair(*record, std::move(gain));
    }
    return std::nullopt;
  }

  /// Whether the figure is that of all cells together. A single cell is its own average.
  [[nodiscard]] static bool is_average(const Gain& gain, const GainOfCell& cell) {
    return cell.workload.empty() || gain.cells.size() == 1;
  }

  [[nodiscard]] static bool has_average(const Gain& gain) {
    return std::any_of(gain.cells.begin(), gain.cells.end(),
                       [&gain](const GainOfCell& cell) { return is_average(gain, cell); });
  }

  /// Whether the interval shows that much. "x % better" is x % less of a metric whose lower values are better.
  [[nodiscard]] static bool is_gained(const Gain& gain, const GainOfCell& cell, double percent) {
    if (!cell.interval) return false;
    return gain.direction == Direction::lower ? -cell.interval->high >= percent : cell.interval->low >= percent;
  }

  [[nodiscard]] std::string sha256_of(const std::string& name) const {
    const auto found = std::find_if(records_.begin(), records_.end(),
                                    [&name](const RecordSummary& record) { return record.name == name; });
    return found == records_.end() ? "" : found->sha256;
  }

  const Lab& lab_;
  const std::vector<RecordSummary>& records_;
};

}  // namespace

Criterion resolved(const LabView& view, Criterion criterion) {
  if (auto* gain = std::get_if<GainCriterion>(&criterion.content)) gain->baseline = baseline_of(view.records, *gain);
  return criterion;
}

CriterionState judge(const LabView& view, const Criterion& criterion) {
  return std::visit(CriterionJudge(view), criterion.content);
}

}  // namespace assay::record
