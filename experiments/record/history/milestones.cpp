#include "experiments/record/history/milestones.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/record/entry.hpp"
#include "core/text/shell_words.hpp"
#include "experiments/record/history/ancestry.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {
namespace {

/// The declaration and all that it could know come first. The order of the chain, in which records of another lab may
/// stand before them, is kept otherwise.
struct SinceDeclared {
  std::vector<RecordSummary> known;
  std::vector<RecordSummary> later;
};
SinceDeclared split_at(const RecordSummary& declared, const std::vector<RecordSummary>& records,
                       const Ancestry& ancestry) {
  SinceDeclared split;
  for (const RecordSummary& record : records) {
    const bool is_known = record.sha256 == declared.sha256 || ancestry.knows(declared, record);
    (is_known ? split.known : split.later).push_back(record);
  }
  return split;
}

/// The first record after the declaration with which the criterion does not hold any more.
BrokenCriterion broken_since(const LabView& view, SinceDeclared split, const Criterion& criterion, std::string why) {
  BrokenCriterion broken{.name = criterion.name, .record = {}, .why = std::move(why)};
  std::vector<RecordSummary> so_far = std::move(split.known);
  for (const RecordSummary& record : split.later) {
    so_far.insert(std::upper_bound(so_far.begin(), so_far.end(), record, comes_before), record);
    if (judge({view.lab, so_far}, criterion).holds) continue;
    broken.record = record;
    return broken;
  }
  return broken;
}

}  // namespace

std::vector<MilestoneStatus> milestones_in(const Lab& lab, const std::vector<RecordSummary>& all_records) {
  const Ancestry ancestry(all_records);
  std::vector<RecordSummary> records = all_records;
  std::erase_if(records, [](const RecordSummary& record) { return is_bookkeeping(record); });
  const LabView view{lab, records};
  std::vector<MilestoneStatus> all;
  for (const RecordSummary& record : records) {
    if (record.kind != RecordKind::milestone) continue;
    Entry entry = read_entry(lab, record);
    auto done = std::get<MilestoneDone>(std::move(entry.content));
    std::erase_if(all,
                  [&done](const MilestoneStatus& one) { return one.content.milestone.name == done.milestone.name; });
    all.push_back({.record = record, .content = std::move(done), .broken = {}});
  }
  for (MilestoneStatus& status : all) {
    for (const Criterion& criterion : status.content.milestone.criteria) {
      CriterionState state = judge(view, criterion);
      if (state.holds) continue;
      SinceDeclared split = split_at(status.record, records, ancestry);
      status.broken.push_back(broken_since(view, std::move(split), criterion, std::move(state.why)));
    }
  }
  return all;
}

MilestoneDone checked_milestone(const LabView& view, const Milestone& milestone, const Declaration& declaration) {
  MilestoneDone done{.milestone = milestone, .evidence = {}};
  std::vector<std::string> missing = declaration.objections;
  bool is_confirmed = true;
  for (const Criterion& criterion : milestone.criteria) {
    CriterionState state = judge(view, criterion);
    if (!state.holds) {
      missing.push_back(fmt::format("{}: {}", criterion.name, state.why));
      continue;
    }
    std::vector<std::string> confirmed = confirmations(view, criterion, state, declaration);
    is_confirmed = is_confirmed && !confirmed.empty();
    if (confirmed.empty()) {
      missing.push_back(fmt::format(
          "{}: it holds, and no other actor has confirmed it with a signature in the last 24 h", criterion.name));
    }
    done.evidence.push_back({criterion.name, std::move(state.records), std::move(confirmed)});
  }
  if (missing.empty()) return done;
  if (!is_confirmed) {
    missing.push_back(
        fmt::format("another actor confirms what holds with assay challenge {}, and assay sign for each entry",
                    shell_words({milestone.name})));
  }
  throw Error(fmt::format("{} is not done: {}", milestone.name, fmt::join(missing, "; ")), ErrorKind::refused);
}

}  // namespace assay::record
