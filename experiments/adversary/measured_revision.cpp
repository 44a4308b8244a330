#include "experiments/adversary/measured_revision.hpp"

#include <algorithm>
#include <optional>
#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/git.hpp"
#include "core/record/entry.hpp"
#include "experiments/adversary/fresh_copy.hpp"
#include "experiments/campaign/adoption.hpp"
#include "experiments/record/committed_revision.hpp"

namespace assay::adversary {
namespace {

/// An adoption names the commit that somebody looked at, which may follow the change by so many.
constexpr int kMostSteps = 100;

/// Whether the commit has the experiment's folder and every file that the record's plan declares or names.
bool holds_inputs(const record::LabView& view, const std::string& commit, const Record& record) {
  const std::string folder = record::folder_in_lab(view.lab.root(), record.plan.folder);
  try {
    host::Launcher launcher;
    if (host::Git(launcher, folder).exit_code_of({"cat-file", "-e", commit + ":./"}) != 0) return false;
    return uncommitted_inputs(record.plan, folder, commit).empty();
  } catch (const Error&) {  // what is missing here cannot be held against the commit
    return true;
  }
}

std::optional<std::string> commit_called(const std::string& folder, const std::string& revision) {
  try {
    return record::resolved_revision(folder, revision);
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// The first adoption of the attempt's change.
const record::RecordSummary* adoption_of(const record::LabView& view, const record::RecordSummary& attempt) {
  const auto found = std::find_if(view.records.begin(), view.records.end(), [&attempt](const auto& record) {
    return record.kind == RecordKind::adoption && record.about == attempt.sha256;
  });
  return found == view.records.end() ? nullptr : &*found;
}

/// The last commit before the adopted one that does not hold the change; std::nullopt if every one does, or if what ran
/// is not there.
std::optional<std::string> commit_before(const record::LabView& view, const record::RecordSummary& adoption,
                                         const Record& record) {
  const Entry entry = record::read_entry(view.lab, adoption);
  const ChangeInRevision& change = std::get<Adoption>(entry.content).of;
  for (int step = 1; step <= kMostSteps; ++step) {
    const auto commit = commit_called(view.lab.root(), fmt::format("{}~{}", change.commit, step));
    if (!commit) return std::nullopt;
    const auto looked = campaign::look_in_revision(view, change, *commit);
    if (!std::holds_alternative<campaign::UnshownChange>(looked)) continue;
    return holds_inputs(view, *commit, record) ? commit : std::nullopt;
  }
  return std::nullopt;
}

/// Why the record does not say it; empty if it does.
std::string why_unknown(const record::LabView& view, const Record& record) {
  if (record.revision.empty()) return "the record names no commit";
  const std::string name = short_object_id(record.revision);
  if (!commit_called(view.lab.root(), record.revision)) return fmt::format("its commit {} is not here", name);
  if (record.has_other_changes) return fmt::format("it ran with changes that its commit {} does not hold", name);
  if (holds_inputs(view, record.revision, record)) return "";
  return fmt::format("its commit {} does not hold every file that it ran", name);
}

}  // namespace

MeasuredRevision measured_revision(const record::LabView& view, const record::RecordSummary& summary,
                                   const Record& record) {
  if (has_source(record.plan.variable) || !commit_called(view.lab.root(), "HEAD")) return {};
  const std::string why = why_unknown(view, record);
  if (why.empty()) return {.commit = record.revision, .doubt = ""};
  const record::RecordSummary* const adoption = adoption_of(view, summary);
  const std::optional<std::string> before = adoption == nullptr ? std::nullopt : commit_before(view, *adoption, record);
  const std::string taken =
      before ? fmt::format("{}, the last commit without what {} adopted,", short_object_id(*before), adoption->name)
             : std::string("HEAD");
  return {.commit = before.value_or(""),
          .doubt = fmt::format("proof that this is the tree that {} measured: {}, so {} was taken; name another with "
                               "--at REVISION",
                               summary.name, why, taken)};
}

}  // namespace assay::adversary
