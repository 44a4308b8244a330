#include "experiments/record/verification/pipeline_check.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "core/one_of.hpp"
#include "core/record/entry.hpp"
#include "experiments/record/history/gains.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::record {
namespace {

using Flaw = std::optional<std::string>;

class EntryCheck {
 public:
  EntryCheck(const Lab& lab, const std::vector<RecordSummary>& records) : lab_(lab), records_(records) {}

  Flaw operator()(const Adoption& adoption) const { return flaw_in_change(adoption.of); }
  Flaw operator()(const Reversion& reversion) const {
    if (auto flaw = flaw_in_change(reversion.of)) return flaw;
    if (reversion.adoption.empty()) return std::nullopt;
    return missing("adoption", reversion.adoption, RecordKind::adoption);
  }
  Flaw operator()(const Gain& gain) const {
    if (auto flaw = missing("baseline", gain.baseline, RecordKind::baseline)) return flaw;
    if (auto flaw = missing("record", gain.record, RecordKind::attempt)) return flaw;
    for (const std::string& part : gain.parts) {
      if (auto flaw = missing("parts", part, RecordKind::attempt)) return flaw;
    }
    const RecordSummary& samples = *find(gain.record);
    const Record record = read_record_head(lab_, samples);
    if (auto flaw = flaw_in_heading(gain, record)) return flaw;
    std::vector<GainOfCell> cells = gain_of_cells(record.result);
    add_parts(lab_, records_, gain.parts, gain.metric, cells);
    // Earlier versions did not say what the parts come to on the average.
    if (!cells.empty() && cells.size() == gain.cells.size() && cells.back().workload.empty() &&
        !gain.cells.back().parts) {
      cells.back().parts.reset();
    }
    if (!agree(cells, gain.cells)) return fmt::format("/payload/cells: not what {} shows", samples.name);
    return std::nullopt;
  }
  Flaw operator()(const MilestoneDone& done) const {
    for (const CriterionEvidence& evidence : done.evidence) {
      for (const auto* hashes : {&evidence.records, &evidence.confirmed_by}) {
        if (hashes->empty()) return fmt::format("/payload/evidence: {} has none", evidence.criterion);
        for (const std::string& hash : *hashes) {
          if (find(hash) == nullptr) return fmt::format("/payload/evidence: no record has SHA-256 {}", hash);
        }
      }
    }
    if (done.evidence.size() == done.milestone.criteria.size()) return std::nullopt;
    return fmt::format("/payload/evidence: {} for {} criteria", done.evidence.size(), done.milestone.criteria.size());
  }
  template <OneOf<Reopening, Relaxation, Restoration, Question, Answer, Claim, Withdrawal, Opening, Closing, Acceptance,
                  ChallengeEntry, AllowedFinding, Baseline, Review, GateReport>
                Elsewhere>
  Flaw operator()(const Elsewhere&) const {
    return std::nullopt;
  }

 private:
  [[nodiscard]] const RecordSummary* find(const std::string& sha256) const { return record_with(records_, sha256); }
  [[nodiscard]] Flaw missing(std::string_view key, const std::string& sha256, RecordKind kind) const {
    const RecordSummary* const record = find(sha256);
    if (record != nullptr && record->kind == kind) return std::nullopt;
    return fmt::format("/payload/{}: no record of the kind {} has SHA-256 {}", key, to_string(kind), sha256);
  }
  [[nodiscard]] Flaw flaw_in_change(const ChangeInRevision& change) const {
    if (auto flaw = missing("record", change.record, RecordKind::attempt)) return flaw;
    const RecordSummary& attempt = *find(change.record);
    if (attempt.experiment == change.experiment && attempt.environment_name == change.environment_name) {
      return std::nullopt;
    }
    return fmt::format("/payload/experiment: {} is another one", attempt.name);
  }

  /// What the record with the samples, or the baseline, states too.
  [[nodiscard]] Flaw flaw_in_heading(const Gain& gain, const Record& record) const {
    const Entry entry = read_entry(lab_, *find(gain.baseline));
    const auto& baseline = std::get<Baseline>(entry.content);
    const Metric& primary = record.result.primary;
    const struct {
      std::string_view key;
      std::string recorded;
      std::string stated;
    } fields[] = {{"experiment", gain.experiment, record.plan.id},
                  {"experiment", gain.experiment, baseline.plan.id},
                  {"environment", gain.environment_name, record.plan.environment_name},
                  {"environment", gain.environment_name, baseline.plan.environment_name},
                  {"metric", gain.metric, primary.name},
                  {"direction", std::string(to_string(gain.direction)), std::string(to_string(primary.direction))},
                  {"from", gain.from, commit_of(record, kControl)},
                  {"from", gain.from, baseline.revision},
                  {"to", gain.to, commit_of(record, 1)}};
    for (const auto& field : fields) {
      if (field.recorded == field.stated) continue;
      return fmt::format("/payload/{}: recorded {}, and its records say {}", field.key, field.recorded, field.stated);
    }
    return std::nullopt;
  }
  /// The commit of the revision that an arm was built from; empty if it was not built from a revision.
  [[nodiscard]] static std::string commit_of(const Record& record, ArmIndex arm) {
    const std::vector<Level>& levels = record.plan.variable.levels;
    const auto* const level = arm < levels.size() ? std::get_if<SourceLevel>(&levels[arm].value) : nullptr;
    return level == nullptr ? "" : level->commit;
  }

  [[nodiscard]] static bool is_close(const std::optional<double>& left, const std::optional<double>& right) {
    constexpr double kFigureTolerance = 1e-9;
    if (left.has_value() != right.has_value()) return false;
    return !left || std::abs(*left - *right) <= kFigureTolerance * std::max(1.0, std::abs(*left));
  }
  [[nodiscard]] static bool agree(const std::vector<GainOfCell>& left, const std::vector<GainOfCell>& right) {
    return std::equal(
        left.begin(), left.end(), right.begin(), right.end(), [](const GainOfCell& one, const GainOfCell& other) {
          const auto low = [](const GainOfCell& cell) {
            return cell.interval ? std::optional(cell.interval->low) : std::nullopt;
          };
          const auto high = [](const GainOfCell& cell) {
            return cell.interval ? std::optional(cell.interval->high) : std::nullopt;
          };
          return one.workload == other.workload && one.state == other.state && is_close(one.percent, other.percent) &&
                 is_close(low(one), low(other)) && is_close(high(one), high(other)) && is_close(one.parts, other.parts);
        });
  }

  const Lab& lab_;
  const std::vector<RecordSummary>& records_;
};

bool is_checked_here(const RecordSummary& record) {
  return record.kind == RecordKind::adoption || record.kind == RecordKind::reversion ||
         record.kind == RecordKind::gain || record.kind == RecordKind::milestone;
}

}  // namespace

std::optional<Difference> flaw_in_pipeline_entries(const Lab& lab, const std::vector<RecordSummary>& records) {
  for (const RecordSummary& summary : records) {
    if (!is_checked_here(summary)) continue;
    const Entry entry = read_entry(lab, summary);
    if (auto flaw = std::visit(EntryCheck(lab, records), entry.content)) {
      return Difference{summary.name, *std::move(flaw)};
    }
  }
  return std::nullopt;
}

}  // namespace assay::record
