#include "experiments/record/history/targets.hpp"

#include <algorithm>
#include <utility>

#include "experiments/record/record_search.hpp"

namespace assay::record {
namespace {

TargetStatus* find_status(std::vector<TargetStatus>& all, const Target& target) {
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const TargetStatus& status) { return is_same_target(status.target, target); });
  return found == all.end() ? nullptr : &*found;
}

/// A limit only ever gets tighter by being stated; to loosen it takes a relaxation.
void state(std::vector<TargetStatus>& all, const Target& target, const std::string& record) {
  TargetStatus* status = find_status(all, target);
  if (status == nullptr) {
    all.push_back({.target = target, .stated_in = record, .relaxed = {}});
  } else if (is_looser(target.bound, status->target.limit, target.limit)) {
    status->target = target;
    status->stated_in = record;
  } else if (status->target.limit == target.limit && status->target.attribution.empty()) {
    status->target.attribution = target.attribution;
  }
}

/// The name of the record that the target was derived from, or the beginning of its hash if it is not in this lab.
std::string attribution_name(const std::vector<RecordSummary>& records, const Target& target) {
  constexpr std::size_t kShownDigits = 12;
  if (target.attribution.empty()) return "";
  const RecordSummary* const record = record_with(records, target.attribution);
  return record == nullptr ? target.attribution.substr(0, kShownDigits) : record->name;
}

void relax(std::vector<TargetStatus>& all, const RecordSummary& record, const Relaxation& relaxation) {
  if (find_status(all, relaxation.target) == nullptr) {
    all.push_back({.target = relaxation.target, .stated_in = "", .relaxed = {}});
  }
  TargetStatus& status = *find_status(all, relaxation.target);
  if (relaxation.environment_name.empty()) {
    status.relaxed = OpenRelaxation{record, relaxation};
  } else {
    status.relaxed_in.insert_or_assign(relaxation.environment_name, OpenRelaxation{record, relaxation});
  }
}

void restore(std::vector<TargetStatus>& all, const Restoration& restoration) {
  for (TargetStatus& status : all) {
    if (status.relaxed && status.relaxed->record.sha256 == restoration.relaxation) status.relaxed.reset();
    std::erase_if(status.relaxed_in,
                  [&](const auto& one) { return one.second.record.sha256 == restoration.relaxation; });
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

TargetStatus status_in(TargetStatus status, const std::string& environment) {
  const auto own = status.relaxed_in.find(environment);
  if (own != status.relaxed_in.end()) status.relaxed = own->second;
  status.relaxed_in.clear();
  return status;
}

std::vector<TargetStatus> targets_in(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<TargetStatus> all;
  for (const RecordSummary& record : records) {
    for (const Target& target : record.targets) state(all, target, record.name);
    if (record.kind != RecordKind::relaxation && record.kind != RecordKind::restoration) continue;
    const Entry entry = read_entry(lab, record);
    if (const auto* relaxation = std::get_if<Relaxation>(&entry.content)) relax(all, record, *relaxation);
    if (const auto* restoration = std::get_if<Restoration>(&entry.content)) restore(all, *restoration);
  }
  for (TargetStatus& status : all) status.attributed_to = attribution_name(records, status.target);
  return all;
}

bool is_overdue(const OpenRelaxation& relaxation, Date today) {
  return today > parse_date(relaxation.content.until);
}

std::optional<double> limit_in_force(const TargetStatus& status, Date today) {
  if (status.relaxed && !is_overdue(*status.relaxed, today)) return status.relaxed->content.to;
  return status.target.limit;
}

std::vector<LooserTarget> looser_targets(const Lab& lab, const std::vector<RecordSummary>& records,
                                         const StatedTargets& file, Date today) {
  std::vector<TargetStatus> all = targets_in(lab, records);
  for (TargetStatus& status : all) status = status_in(std::move(status), file.environment_name);
  std::vector<LooserTarget> looser;
  for (const Target& target : file.targets) {
    const TargetStatus* status = find_status(all, target);
    const std::optional<double> limit = status == nullptr ? std::nullopt : limit_in_force(*status, today);
    if (limit && is_looser(target.bound, target.limit, *limit)) looser.push_back({*status, target.limit});
  }
  const RecordSummary* last = last_attempt(records, file);
  for (const Target& target : last == nullptr ? std::vector<Target>{} : last->targets) {
    const bool stated = std::any_of(file.targets.begin(), file.targets.end(),
                                    [&](const Target& now) { return is_same_target(now, target); });
    const TargetStatus* status = find_status(all, target);
    if (!stated && limit_in_force(*status, today)) looser.push_back({*status, std::nullopt});
  }
  return looser;
}

}  // namespace assay::record
