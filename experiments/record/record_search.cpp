#include "experiments/record/record_search.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/parsed_number.hpp"
#include "core/text/spelling.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/record/status/lab_status.hpp"

namespace assay::record {
namespace {

constexpr std::size_t kShortestPrefix = 4;
constexpr std::size_t kHashDigits = 64;

std::optional<std::string> hash_prefix_in(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  if (text.size() < kShortestPrefix || text.size() > kHashDigits) return std::nullopt;
  if (text.find_first_not_of(kDigits) != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

template <class Condition>
std::vector<RecordSummary> select(const std::vector<RecordSummary>& records, const Condition& condition) {
  std::vector<RecordSummary> selected;
  std::copy_if(records.begin(), records.end(), std::back_inserter(selected), condition);
  return selected;
}

/// What a word may mean, the most exact meaning first: name, number, experiment (its newest), prefix of a hash.
std::vector<RecordSummary> meant(const std::vector<RecordSummary>& records, std::string_view which) {
  std::vector<RecordSummary> found = select(records, [&](const auto& record) { return record.name == which; });
  if (const auto number = parsed_number<int>(which); number && found.empty()) {
    found = select(records, [&](const auto& record) { return record.number == *number && !is_bookkeeping(record); });
    if (found.empty()) found = select(records, [&](const auto& record) { return record.number == *number; });
  }
  if (found.empty()) {
    found = select(records, [&](const auto& record) { return is_attempt(record) && record.experiment == which; });
    // What a challenger measured, or a comparison of the same name, does not count among the experiment's own attempts.
    std::stable_partition(found.begin(), found.end(), [](const auto& record) { return record.exploratory; });
    if (!found.empty()) found.erase(found.begin(), found.end() - 1);
  }
  if (const auto prefix = hash_prefix_in(which); prefix && found.empty()) {
    found = select(records, [&](const auto& record) { return record.sha256.starts_with(*prefix); });
  }
  return found;
}

std::string nearest_experiment(const std::vector<RecordSummary>& records, std::string_view which) {
  std::vector<std::string_view> experiments;
  experiments.reserve(records.size());
  for (const RecordSummary& record : records) experiments.push_back(record.experiment);
  return did_you_mean(which, experiments);
}

/// \throws Error if the word names an experiment whose attempt has begun and has not ended.
void refuse_open(const Lab& lab, std::string_view which) {
  const std::vector<std::string> open = open_experiments(lab);
  if (std::find(open.begin(), open.end(), which) == open.end()) return;
  throw Error(
      fmt::format("\"{}\" has no record yet: its attempt is open, `assay run` with its file goes on with it, and "
                  "`assay close` ends and records it as it is",
                  which));
}

}  // namespace

const RecordSummary* record_with(const std::vector<RecordSummary>& records, std::string_view sha256) {
  const auto found = std::find_if(records.begin(), records.end(),
                                  [sha256](const RecordSummary& record) { return record.sha256 == sha256; });
  return found == records.end() ? nullptr : &*found;
}

const RecordSummary& existing_record(const std::vector<RecordSummary>& records, std::string_view sha256) {
  const RecordSummary* const record = record_with(records, sha256);
  if (record == nullptr) throw Error(fmt::format("no record has SHA-256 {}", sha256), ErrorKind::invalid);
  return *record;
}

RecordSummary find_summary(const Lab& lab, std::string_view which) {
  const std::vector<RecordSummary> records = list_records(lab);
  const std::vector<RecordSummary> found = meant(records, which);
  if (found.empty()) {
    refuse_open(lab, which);
    throw Error(
        fmt::format("no record \"{}\": expected a number, a name, an experiment or at least {} digits of a "
                    "hash, as `assay log` lists them{}",
                    which, kShortestPrefix, nearest_experiment(records, which)));
  }
  if (found.size() > 1) {
    std::string names;
    for (const RecordSummary& record : found) {
      names += fmt::format("{}{} ({})", names.empty() ? "" : ", ", record.name, record.sha256.substr(0, 12));
    }
    throw Error(fmt::format("\"{}\" means several records: {}; give a name or more digits", which, names));
  }
  return found.front();
}

Record find_record(const Lab& lab, std::string_view which) {
  return read_record(lab, find_summary(lab, which));
}

}  // namespace assay::record
