#include "experiments/campaign/stored_parity.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/decide/parity/parity.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::campaign {
namespace {

/// Two questions with one name are not compared; somebody should know.
std::vector<std::string> other_questions(const std::vector<record::RecordSummary>& records,
                                         const record::RecordSummary& asked) {
  std::set<std::string> notes;
  for (const record::RecordSummary& one : records) {
    const bool is_other = is_attempt(one) && !one.simulated && one.experiment == asked.experiment &&
                          one.hypothesis_sha256 != asked.hypothesis_sha256;
    if (is_other) {
      notes.insert(fmt::format("{} in {} is another question of the same name, so it is not compared", one.name,
                               one.environment_name));
    }
  }
  return {notes.begin(), notes.end()};
}

}  // namespace

Parity stored_parity(const record::Lab& lab, std::string_view which) {
  const record::RecordSummary asked = record::find_summary(lab, which);
  if (!is_attempt(asked) || asked.simulated) {
    throw Error(fmt::format(
        "{} is no record of an attempt on a machine: name an experiment that was run, see assay log", asked.name));
  }
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  std::map<std::string, const record::RecordSummary*> newest;  // by environment; the records are oldest first
  for (const record::RecordSummary& one : records) {
    if (is_attempt(one) && !one.simulated && one.hypothesis_sha256 == asked.hypothesis_sha256) {
      newest[one.environment_name] = &one;
    }
  }
  std::deque<Record> read;
  std::vector<decide::ParityRecord> sides;
  for (const auto& [environment, summary] : newest) {
    read.push_back(record::read_record(lab, *summary));
    sides.push_back({summary->name, read.back()});
  }
  Parity parity = decide::parity_of(sides);
  const std::vector<std::string> notes = other_questions(records, asked);
  parity.notes.insert(parity.notes.end(), notes.begin(), notes.end());
  return parity;
}

}  // namespace assay::campaign
