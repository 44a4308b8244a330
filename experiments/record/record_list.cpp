#include "experiments/record/record_list.hpp"

#include <algorithm>
#include <filesystem>
#include <map>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/journal/record_index.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/record_summary.hpp"
#include "experiments/record/summary_json.hpp"

namespace assay::record {
namespace {

namespace fs = std::filesystem;
using host::IndexedFile;
using host::RecordIndex;

/// Name, size and time of every record's file; nothing is read.
std::vector<IndexedFile> files_in(const Lab& lab) {
  std::vector<IndexedFile> files;
  for (const RecordFile& file : record_files(lab)) {
    files.push_back({.name = file.name + ".json", .bytes = file.bytes, .modified_ns = file.modified_ns, .summary = ""});
  }
  return files;
}

using IndexedByName = std::map<std::string, IndexedFile>;

/// The index' summary where the file is still as it was; else nothing.
std::optional<RecordSummary> known_summary(const IndexedByName& known, const IndexedFile& file) {
  const auto found = known.find(file.name);
  if (found == known.end()) return std::nullopt;
  if (found->second.bytes != file.bytes || found->second.modified_ns != file.modified_ns) return std::nullopt;
  try {
    return parse_summary(found->second.summary);
  } catch (const Error&) {
    return std::nullopt;  // another version's words: read the record itself
  }
}

std::vector<std::string> gone(const IndexedByName& known, const std::vector<IndexedFile>& files) {
  IndexedByName rest = known;
  for (const IndexedFile& file : files) rest.erase(file.name);
  std::vector<std::string> names;
  for (const auto& [name, file] : rest) names.push_back(name);
  return names;
}

/// A reopening or acceptance states the hypothesis by the identity that was in use when it was made. The record whose
/// dead end it lifts, or which it accepts, has its plan, from which the identity of today was computed.
void take_identities_of_today(std::vector<RecordSummary>& records) {
  std::map<std::string, std::string> identities;
  for (const RecordSummary& record : records) {
    if (is_attempt(record)) identities.emplace(record.sha256, record.hypothesis_sha256);
  }
  for (RecordSummary& record : records) {
    const auto lifted = identities.find(record.reopens.empty() ? record.settles : record.reopens);
    if (lifted != identities.end()) record.hypothesis_sha256 = lifted->second;
  }
}

}  // namespace

std::vector<RecordSummary> list_records(const Lab& lab) {
  const std::vector<IndexedFile> files = files_in(lab);
  std::optional<RecordIndex> index = RecordIndex::open(lab.index_path());
  IndexedByName known;
  if (index) {
    for (const IndexedFile& file : index->files()) known.emplace(file.name, file);
  }

  std::vector<RecordSummary> records;
  std::vector<IndexedFile> unknown;
  std::vector<std::string> unknown_names;
  for (const IndexedFile& file : files) {
    if (std::optional<RecordSummary> summary = known_summary(known, file)) {
      records.push_back(*std::move(summary));
    } else {
      unknown.push_back(file);
      unknown_names.push_back(fs::path(file.name).stem());
    }
  }
  RecordIndex::Changes changes;
  for (SummaryOrError& summary : summarise_files(lab, unknown_names)) {
    if (const auto* error = std::get_if<Error>(&summary)) throw *error;
    IndexedFile& file = unknown[changes.stored.size()];
    file.summary = summary_json(std::get<RecordSummary>(summary));
    changes.stored.push_back(file);
    records.push_back(std::get<RecordSummary>(std::move(summary)));
  }
  changes.removed = gone(known, files);
  if (index) index->apply(changes);

  // A record's number is above those of all its parents, whatever the clock said: this order is that of the chain.
  std::sort(records.begin(), records.end(), comes_before);
  take_identities_of_today(records);
  return records;
}

}  // namespace assay::record
