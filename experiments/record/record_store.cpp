#include "experiments/record/record_store.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/formats/record/record_json.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::record {
namespace {

namespace fs = std::filesystem;

/// The hashes that no record names as its parent, in byte order.
std::vector<std::string> heads_of(const std::vector<RecordSummary>& records) {
  std::set<std::string> heads;
  for (const RecordSummary& record : records) heads.insert(record.sha256);
  for (const RecordSummary& record : records) {
    for (const std::string& parent : record.parents) heads.erase(parent);
  }
  return {heads.begin(), heads.end()};
}

/// The record of this very attempt: a plan may be carried out twice, but never with the same blocks.
std::optional<Record> record_of_same_attempt(const Lab& lab, const std::vector<RecordSummary>& records,
                                             const Record& record) {
  for (const RecordSummary& summary : records) {
    if (!is_attempt(summary) || summary.plan_sha256 != record.plan_sha256) continue;
    Record stored = read_record(lab, summary);
    if (stored.blocks == record.blocks) return stored;
  }
  return std::nullopt;
}

int next_number(const std::vector<RecordSummary>& records) {
  return records.empty() ? 1 : records.back().number + 1;
}

bool is_bookkeeping(const EntryContent& content) {
  return std::holds_alternative<Opening>(content) || std::holds_alternative<Closing>(content);
}

bool is_closed(const std::vector<RecordSummary>& records, const RecordSummary& opening) {
  return std::any_of(records.begin(), records.end(),
                     [&opening](const RecordSummary& record) { return record.settles == opening.sha256; });
}

/// A record takes the number of its opening, unless something else was recorded meanwhile.
int number_after(const std::vector<RecordSummary>& records, const RecordSummary* opening) {
  if (opening == nullptr || records.back().number != opening->number) return next_number(records);
  const bool is_alone = std::none_of(records.begin(), records.end(), [opening](const RecordSummary& record) {
    return record.number == opening->number && record.sha256 != opening->sha256;
  });
  return is_alone ? opening->number : next_number(records);
}

/// All heads, and the record's own opening whatever was recorded after it.
std::vector<std::string> parents_after(const std::vector<RecordSummary>& records, const RecordSummary* opening) {
  std::vector<std::string> parents = heads_of(records);
  if (opening == nullptr || std::binary_search(parents.begin(), parents.end(), opening->sha256)) return parents;
  parents.insert(std::upper_bound(parents.begin(), parents.end(), opening->sha256), opening->sha256);
  return parents;
}

/// The caller's lock keeps out other writers of this lab; what a git checkout lays there at this moment is not
/// overwritten.
void write_new(const std::string& path, std::string_view text) {
  if (host::create_file_atomically(path, text) == host::Creation::already_there) {
    throw Error(fmt::format("{} appeared while it was to be written: try again", path));
  }
}

}  // namespace

Record store_record(const Lab& lab, Record record) {
  host::make_folder(lab.records_folder());
  const host::FileLock lock(lab.lock_path());
  const std::vector<RecordSummary> records = list_records(lab);
  if (std::optional<Record> stored = record_of_same_attempt(lab, records, record)) return *std::move(stored);
  const RecordSummary* const opening = find_opening(records, record.plan_sha256);
  record.parents = parents_after(records, opening);
  record.number = number_after(records, opening);
  write_new(record_path(lab, record_name(record)), formats::record_json(record));
  return record;
}

Entry store_entry(const Lab& lab, Entry draft, const EntryRule& rule) {
  host::make_folder(lab.records_folder());
  const host::FileLock lock(lab.lock_path());
  const std::vector<RecordSummary> records = list_records(lab);
  draft.content = rule(records);
  draft.parents = heads_of(records);
  draft.number = next_number(records);
  const std::string text = formats::entry_json(draft);
  if (is_bookkeeping(draft.content)) {
    // Every branch opens attempts, and git would merge two files of one name.
    host::make_folder(lab.openings_folder());
    write_new(bookkeeping_path(lab, name_with_hash(entry_name(draft), host::sha256(text))), text);
  } else {
    write_new(record_path(lab, entry_name(draft)), text);
  }
  return draft;
}

const RecordSummary* find_opening(const std::vector<RecordSummary>& records, std::string_view plan_sha256) {
  const auto found = std::find_if(records.begin(), records.end(), [&](const RecordSummary& record) {
    return record.kind == RecordKind::opening && record.plan_sha256 == plan_sha256 && !is_closed(records, record);
  });
  return found == records.end() ? nullptr : &*found;
}

Record read_record(const Lab& lab, const RecordSummary& summary) {
  const std::string path = record_path(lab, summary.name);
  return formats::parse_record(host::read_file(path), path);
}

Record read_record_head(const Lab& lab, const RecordSummary& summary) {
  const std::string path = record_path(lab, summary.name);
  return formats::parse_record_head(host::read_file(path), path);
}

Entry read_entry(const Lab& lab, const RecordSummary& summary) {
  const std::string path = record_path(lab, summary.name);
  return formats::parse_entry(host::read_file(path), path);
}

std::string record_sha256(const Lab& lab, const Record& record) {
  const std::string name = record_name(record);
  if (fs::exists(record_path(lab, name))) return host::sha256_of_file(record_path(lab, name));
  return host::sha256_of_file(record_path(lab, name_with_hash(name, host::sha256(formats::record_json(record)))));
}

}  // namespace assay::record
