#include "experiments/campaign/adoption.hpp"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/repository.hpp"
#include "experiments/attempt/environment.hpp"
#include "experiments/decide/rules/budget_rule.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/changes.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::campaign {
namespace {

ChangeInRevision change_of(const ChangeRequest& request) {
  return {.record = request.attempt.sha256,
          .experiment = request.attempt.experiment,
          .hypothesis_sha256 = request.attempt.hypothesis_sha256,
          .environment_name = request.attempt.environment_name,
          .change = "",
          .commit = "",
          .proof = ChangeProof::person,
          .file = "",
          .reason = request.reason.value_or("")};
}

/// What the change took of the tightest budget that its plan or its environment states now.
/// \throws Error (refused) that names the record and the figure if that was too much.
void require_budget(const record::Lab& lab, const record::RecordSummary& attempt) {
  const Record record = record::read_record(lab, attempt);
  const Budget budget = tightest(record.plan.budget, attempt::environment_budget(lab, record.plan.environment_name));
  if (is_empty(budget)) return;
  const ArmIndex kept = kept_arm(record);
  for (std::size_t cell = 0; cell < cells(record.plan).size(); ++cell) {
    std::vector<Block> blocks;
    std::copy_if(record.blocks.begin(), record.blocks.end(), std::back_inserter(blocks),
                 [cell](const Block& block) { return block.cell == cell && !is_void(block); });
    for (const BudgetUse& use : decide::budget_uses(budget, blocks, kept)) {
      if (use.standing != BudgetStanding::breached) continue;
      throw Error(
          fmt::format("{} cannot be adopted: its change took {} of {} in {}, and the budget of {} is {}; change "
                      "the budget in .assay/environments.toml or the experiment file, or take less",
                      attempt.name, format_part(use.part, *use.used), to_string(use.part),
                      cell_name(record.plan, cells(record.plan)[cell]), record.plan.environment_name,
                      format_part(use.part, use.limit)),
          ErrorKind::refused);
    }
  }
}

/// The file that may say the level.
struct LevelFile {
  std::optional<std::string> path;  ///< absolute
  bool is_where_it_was = false;     ///< it said treatment's level when the change was adopted
};

/// Fills in what the revision shows; without that a person's reason has to do.
std::optional<UnshownChange> look_into(const record::Lab& lab, const ChangeRequest& request, const LevelFile& file,
                                       InRevision expected, ChangeInRevision& change) {
  const Record record = record::read_record_head(lab, request.attempt);
  change.change = describe(record.plan.variable);
  auto found = look_for_change({.plan = record.plan,
                                .treatment = kept_arm(record),
                                .lab_root = lab.root(),
                                .revision = request.revision,
                                .file = file.path,
                                .is_where_it_was = file.is_where_it_was},
                               expected);
  if (auto* shown = std::get_if<ShownChange>(&found)) {
    change.commit = std::move(shown->commit);
    change.proof = shown->proof;
    change.file = std::move(shown->file);
    return std::nullopt;
  }
  auto& unshown = std::get<UnshownChange>(found);
  change.commit = unshown.commit;
  if (request.reason) return std::nullopt;
  return std::move(unshown);
}

void require_attempt(const ChangeRequest& request) {
  if (record::is_attempt(request.attempt)) return;
  throw Error(fmt::format("{} is of the kind {}: only the change of an attempt can be in a revision",
                          request.attempt.name, to_string(request.attempt.kind)));
}

/// Absolute: the file that was looked into, which the adoption names from the repository's top.
std::optional<std::string> file_of(const record::Lab& lab, const ChangeInRevision& change) {
  if (change.file.empty()) return std::nullopt;
  host::Launcher launcher;
  return host::find_repository(launcher, lab.root()).top + "/" + change.file;
}

}  // namespace

std::variant<ShownChange, UnshownChange> look_in_revision(const record::LabView& view, const ChangeInRevision& change,
                                                          const std::string& revision) {
  const Record attempt = record::read_record_head(view.lab, record::existing_record(view.records, change.record));
  const ProofRequest request{.plan = attempt.plan,
                             .treatment = kept_arm(attempt),
                             .lab_root = view.lab.root(),
                             .revision = revision,
                             .file = file_of(view.lab, change)};
  if (change.proof != ChangeProof::person) return look_for_change(request, InRevision::held);
  const Following following = followed_by(request, change.commit);
  if (following.is_followed) return ShownChange{following.commit, ChangeProof::person, ""};
  return UnshownChange{following.commit, fmt::format("it does not follow {}, for which a person vouched",
                                                     short_object_id(change.commit))};
}

std::variant<ShownChange, UnshownChange> look_in_head(const record::LabView& view, const ChangeInRevision& change) {
  return look_in_revision(view, change, "HEAD");
}

namespace {

/// Why HEAD does not hold an adopted change, which the revision that was adopted did; empty if it does.
std::string why_change_is_gone(const record::LabView& view, const record::RecordSummary& adoption) {
  const Entry entry = record::read_entry(view.lab, adoption);
  const ChangeInRevision& change = std::get<Adoption>(entry.content).of;
  if (change.proof == ChangeProof::person) return "";
  const auto looked = look_in_head(view, change);
  const auto* const unshown = std::get_if<UnshownChange>(&looked);
  if (unshown == nullptr) return "";
  return fmt::format(
      "HEAD ({}) does not hold the change that {} adopted: {}; if it is there in another form, revert it and adopt it "
      "again, both with --why",
      short_object_id(unshown->commit), adoption.name, unshown->why);
}

/// Why HEAD does not hold what a gain measured; empty if it does.
std::string why_gain_is_elsewhere(const record::LabView& view, const record::RecordSummary& summary) {
  const Entry entry = record::read_entry(view.lab, summary);
  const auto& gain = std::get<Gain>(entry.content);
  const Record samples = record::read_record_head(view.lab, record::existing_record(view.records, gain.record));
  const Following head = followed_by(
      {.plan = samples.plan, .treatment = 1, .lab_root = view.lab.root(), .revision = "HEAD", .file = std::nullopt},
      gain.to);
  if (head.is_followed) return "";
  return fmt::format(
      "HEAD ({}) does not follow {}, whose gain {} measured: measure that of HEAD with assay baseline "
      "--against",
      short_object_id(head.commit), short_object_id(gain.to), summary.name);
}

}  // namespace

std::vector<std::string> gone_from_head(const record::LabView& view, const Milestone& milestone) {
  std::vector<std::string> gone;
  for (const Criterion& criterion : milestone.criteria) {
    const bool is_adoption = std::holds_alternative<AdoptionCriterion>(criterion.content);
    if (!is_adoption && !std::holds_alternative<GainCriterion>(criterion.content)) continue;
    for (const std::string& sha256 : record::judge(view, criterion).records) {
      const record::RecordSummary& held_by = record::existing_record(view.records, sha256);
      const std::string why = is_adoption ? why_change_is_gone(view, held_by) : why_gain_is_elsewhere(view, held_by);
      if (!why.empty()) gone.push_back(fmt::format("{}: {}", criterion.name, why));
    }
  }
  return gone;
}

std::variant<Entry, UnshownChange> adopt(const record::Lab& lab, const ChangeRequest& request) {
  require_attempt(request);
  require_budget(lab, request.attempt);
  ChangeInRevision change = change_of(request);
  (void)record::checked_adoption(lab, record::list_records(lab), change);  // before git is asked
  if (auto unshown = look_into(lab, request, {request.file}, InRevision::held, change)) return *std::move(unshown);
  return record::file_entry(lab, request.actor,
                            [&](const auto& records) { return record::checked_adoption(lab, records, change); });
}

namespace {

/// The file in which the change was adopted: that another one says nothing of it shows nothing.
/// \throws Error (refused) if the request names another file and gives no reason.
LevelFile file_at_adoption(const record::Lab& lab, const record::RecordSummary& adoption,
                           const ChangeRequest& request) {
  const Entry entry = record::read_entry(lab, adoption);
  const ChangeInRevision& adopted = std::get<Adoption>(entry.content).of;
  if (request.reason || adopted.proof != ChangeProof::level) return {request.file};
  LevelFile file{file_of(lab, adopted), true};
  if (request.file && host::absolute_path(*request.file) != host::absolute_path(*file.path)) {
    throw Error(fmt::format("{} found the change in {}: name that file, or say with --why why it is gone",
                            adoption.name, adopted.file),
                ErrorKind::refused);
  }
  return file;
}

}  // namespace

std::variant<Entry, UnshownChange> revert(const record::Lab& lab, const ChangeRequest& request) {
  require_attempt(request);
  ChangeInRevision change = change_of(request);
  const std::vector<record::RecordSummary> known = record::list_records(lab);
  const std::string adoption = record::checked_reversion(known, change).adoption;
  const LevelFile file = adoption.empty() ? LevelFile{request.file}
                                          : file_at_adoption(lab, record::existing_record(known, adoption), request);
  if (auto unshown = look_into(lab, request, file, InRevision::gone, change)) return *std::move(unshown);
  return record::file_entry(lab, request.actor,
                            [&](const auto& records) { return record::checked_reversion(records, change); });
}

}  // namespace assay::campaign
