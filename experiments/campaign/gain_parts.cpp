#include "experiments/campaign/gain_parts.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/record/entry.hpp"
#include "experiments/campaign/adoption.hpp"
#include "experiments/record/history/ancestry.hpp"
#include "experiments/record/history/changes.hpp"
#include "experiments/record/history/gains.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::campaign {
namespace {

/// An adopted change and what the measured commit says of it.
struct AdoptedChange {
  record::RecordSummary attempt;
  record::RecordSummary adoption;
  ChangeInRevision content;
  Variable variable;
  std::string folder;  ///< of the experiment
  ArmIndex treatment = 1;
  std::string why_not = {};  ///< the commit does not hold it; empty if it does
};

/// Whether both levels say the same, whatever file it was read from.
bool is_same_content(const LevelValue& left, const LevelValue& right) {
  const auto* const file = std::get_if<FileLevel>(&left);
  const auto* const other = std::get_if<FileLevel>(&right);
  return file != nullptr && other != nullptr ? file->sha256 == other->sha256 : left == right;
}

/// Whether both set the same thing: one file, one environment variable, or what one file says of an argument or a
/// command, whose names are those of an experiment.
bool is_same_place(const AdoptedChange& left, const AdoptedChange& right) {
  if (left.variable.kind != right.variable.kind || left.variable.name != right.variable.name) return false;
  if (has_source(left.variable)) return false;
  if (left.variable.kind == VariableKind::env) return true;
  if (left.variable.kind == VariableKind::file) return left.folder == right.folder;
  return !left.content.file.empty() && left.content.file == right.content.file;
}

class GainSearch {
 public:
  GainSearch(const record::LabView& view, std::string commit)
      : view_(view), commit_(std::move(commit)), ancestry_(view.records) {}

  /// The changes, the newest adoption first.
  [[nodiscard]] std::vector<AdoptedChange> changes_since(const record::RecordSummary& baseline) const {
    std::vector<AdoptedChange> changes;
    for (const record::KeptChange& change :
         record::adopted_since(record::kept_changes(view_.lab, view_.records), ancestry_, baseline)) {
      const Entry adoption = record::read_entry(view_.lab, *change.adopted_by);
      const Record attempt = record::read_record_head(view_.lab, change.attempt);
      changes.push_back({.attempt = change.attempt,
                         .adoption = *change.adopted_by,
                         .content = std::get<Adoption>(adoption.content).of,
                         .variable = attempt.plan.variable,
                         .folder = attempt.plan.folder,
                         .treatment = kept_arm(attempt)});
    }
    std::sort(changes.begin(), changes.end(), [](const AdoptedChange& left, const AdoptedChange& right) {
      return record::comes_before(right.adoption, left.adoption);
    });
    return changes;
  }

  /// Fills in why the commit does not hold the change. \param later  the ones that were looked for before
  void look_for(AdoptedChange& change, const std::vector<AdoptedChange>& later) const {
    const auto looked = look_in_revision(view_, change.content, commit_);
    const auto* const unshown = std::get_if<UnshownChange>(&looked);
    if (unshown == nullptr) return;
    change.why_not = fmt::format("{} does not hold it: {}", short_object_id(commit_), unshown->why);
    for (const AdoptedChange& other : later) {
      if (!other.why_not.empty() || !changed_again(change, other)) continue;
      change.why_not = took_over(change, other)
                           ? ""
                           : fmt::format(
                                 "{} changed the same place again, and was not measured against it: the effect "
                                 "of that change stands for both",
                                 other.adoption.name);
      return;
    }
  }

 private:
  /// Whether the other change was made of the same place after this one, and the measured commit follows both.
  [[nodiscard]] bool changed_again(const AdoptedChange& change, const AdoptedChange& other) const {
    return is_same_place(change, other) && ancestry_.knows(other.adoption, change.adoption) &&
           follows(other.content, change.content.commit, other.content.commit) &&
           follows(other.content, other.content.commit, commit_);
  }

  [[nodiscard]] bool took_over(const AdoptedChange& change, const AdoptedChange& other) const {
    if (other.content.proof == ChangeProof::person) return true;
    return is_same_content(change.variable.levels.at(change.treatment).value, other.variable.levels.at(kControl).value);
  }

  [[nodiscard]] bool follows(const ChangeInRevision& change, const std::string& commit, const std::string& by) const {
    const Record attempt = record::read_record_head(view_.lab, record::existing_record(view_.records, change.record));
    return followed_by({.plan = attempt.plan,
                        .treatment = kControl,
                        .lab_root = view_.lab.root(),
                        .revision = by,
                        .file = std::nullopt},
                       commit)
        .is_followed;
  }

  const record::LabView& view_;
  std::string commit_;
  record::Ancestry ancestry_;
};

}  // namespace

GainParts gain_parts(const record::LabView& view, const record::RecordSummary& baseline, const std::string& commit) {
  const GainSearch search(view, commit);
  std::vector<AdoptedChange> looked_for;
  for (AdoptedChange& change : search.changes_since(baseline)) {
    search.look_for(change, looked_for);
    looked_for.push_back(std::move(change));
  }
  GainParts parts;
  for (auto change = looked_for.rbegin(); change != looked_for.rend(); ++change) {
    if (change->why_not.empty()) {
      parts.held.push_back(change->attempt.sha256);
    } else {
      parts.left_out.push_back(fmt::format("the change that {} adopted is no part of this gain: {}",
                                           change->adoption.name, change->why_not));
    }
  }
  return parts;
}

}  // namespace assay::campaign
