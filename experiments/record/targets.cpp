#include "experiments/record/targets.hpp"

#include <algorithm>

namespace assay::record {
namespace {

TargetStanding* find_standing(std::vector<TargetStanding>& standings, const Target& target) {
  const auto found = std::find_if(standings.begin(), standings.end(), [&](const TargetStanding& standing) {
    return is_same_target(standing.target, target);
  });
  return found == standings.end() ? nullptr : &*found;
}

/// A limit only ever gets tighter by being stated; to loosen it takes a relaxation.
void state(std::vector<TargetStanding>& standings, const Target& target, const std::string& record) {
  TargetStanding* standing = find_standing(standings, target);
  if (standing == nullptr) {
    standings.push_back({.target = target, .stated_in = record, .relaxed = {}});
  } else if (is_looser(target.bound, standing->target.limit, target.limit)) {
    standing->target = target;
    standing->stated_in = record;
  }
}

void relax(std::vector<TargetStanding>& standings, const RecordSummary& record, const Relaxation& relaxation) {
  if (find_standing(standings, relaxation.target) == nullptr) {
    standings.push_back({.target = relaxation.target, .stated_in = "", .relaxed = {}});
  }
  find_standing(standings, relaxation.target)->relaxed = OpenRelaxation{record, relaxation};
}

void restore(std::vector<TargetStanding>& standings, const Restoration& restoration) {
  for (TargetStanding& standing : standings) {
    if (standing.relaxed && standing.relaxed->record.sha256 == restoration.relaxation) standing.relaxed.reset();
  }
}

/// The newest attempt of the same experiment, by name or by what it does.
const RecordSummary* last_attempt(const std::vector<RecordSummary>& records, const StatedTargets& file) {
  const auto found = std::find_if(records.rbegin(), records.rend(), [&](const RecordSummary& record) {
    return is_attempt(record) && !record.exploratory &&
           (record.experiment == file.experiment || record.hypothesis_sha256 == file.hypothesis_sha256);
  });
  return found == records.rend() ? nullptr : &*found;
}

}  // namespace

std::vector<TargetStanding> targets_in(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<TargetStanding> standings;
  for (const RecordSummary& record : records) {
    for (const Target& target : record.targets) state(standings, target, record.name);
    if (record.kind != "relaxation" && record.kind != "restoration") continue;
    const Entry entry = read_entry(lab, record);
    if (const auto* relaxation = std::get_if<Relaxation>(&entry.content)) relax(standings, record, *relaxation);
    if (const auto* restoration = std::get_if<Restoration>(&entry.content)) restore(standings, *restoration);
  }
  return standings;
}

bool is_overdue(const OpenRelaxation& relaxation, Date today) {
  return today > parse_date(relaxation.content.until);
}

std::optional<double> limit_in_force(const TargetStanding& standing, Date today) {
  if (standing.relaxed && !is_overdue(*standing.relaxed, today)) return standing.relaxed->content.to;
  return standing.target.limit;
}

std::vector<LooserTarget> looser_targets(const Lab& lab, const std::vector<RecordSummary>& records,
                                         const StatedTargets& file, Date today) {
  std::vector<TargetStanding> standings = targets_in(lab, records);
  std::vector<LooserTarget> looser;
  for (const Target& target : file.targets) {
    const TargetStanding* standing = find_standing(standings, target);
    const std::optional<double> limit = standing == nullptr ? std::nullopt : limit_in_force(*standing, today);
    if (limit && is_looser(target.bound, target.limit, *limit)) looser.push_back({*standing, target.limit});
  }
  const RecordSummary* last = last_attempt(records, file);
  for (const Target& target : last == nullptr ? std::vector<Target>{} : last->targets) {
    const bool stated = std::any_of(file.targets.begin(), file.targets.end(),
                                    [&](const Target& now) { return is_same_target(now, target); });
    const TargetStanding* standing = find_standing(standings, target);
    if (!stated && limit_in_force(*standing, today)) looser.push_back({*standing, std::nullopt});
  }
  return looser;
}

}  // namespace assay::record
