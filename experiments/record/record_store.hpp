#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/entry.hpp"
#include "core/record.hpp"
#include "experiments/record/lab.hpp"

namespace assay::record {

/// What `log` shows of a record.
struct RecordSummary {
  std::string name;  ///< "0007-readiness-poll": of its file, less ".json"
  std::string kind;  ///< "attempt", or that of an entry
  std::string sha256;
  std::string plan_sha256;
  std::string hypothesis_sha256;  ///< of `hypothesis_json`: the same for every attempt, whatever it is called
  int attempt = 1;
  int attempts = 0;  ///< how many its plan allows
  double alpha = 0;  ///< of its plan, over all attempts
  bool exploratory = false;
  bool simulated = false;  ///< its trials were drawn, not run: it says nothing of any machine
  int number = 0;
  std::string experiment;
  std::string hypothesis;  ///< of an entry, what it says in one line
  std::string verdict;
  std::string decision;
  std::string reason;
  std::vector<Target> targets;  ///< that the attempt's plan states
  std::string settles;          ///< SHA-256 of the relaxation or question that this entry settles
  std::int64_t created_ns = 0;
  std::string actor;
  std::string environment_name;
  std::vector<std::string> parents;
  friend bool operator==(const RecordSummary&, const RecordSummary&) = default;
};

/// Gives the record its number and parents, writes it atomically, durably and never over another. Returns it as
/// written. Two writers at once get two numbers. An attempt that has its record already (a kill came before the journal
/// knew) gets no second one: that record is returned.
/// \throws Error when the lab cannot be written, the disk is full, or a file among the records is none.
Record store_record(const Lab& lab, Record record);

/// What decides about the lab as it is at the moment of writing: it gets all records, oldest first, and returns the
/// entry's content, or throws Error where a rule forbids it. Nobody else writes meanwhile.
using EntryRule = std::function<EntryContent(const std::vector<RecordSummary>&)>;
/// Likewise for what people decided; `draft` has its program version, time and actor.
Entry store_entry(const Lab& lab, Entry draft, const EntryRule& rule);

/// All records in the lab, oldest first, whatever their kind. \throws Error that names a file which is not a record.
[[nodiscard]] std::vector<RecordSummary> list_records(const Lab& lab);

/// The one record that a number, name, slug (its newest attempt) or hash prefix of at least 4 digits means.
/// \throws Error where none or several are meant; names them.
[[nodiscard]] RecordSummary find_summary(const Lab& lab, std::string_view which);
/// Likewise, of an attempt. \throws Error where the record is of another kind.
[[nodiscard]] Record find_record(const Lab& lab, std::string_view which);
[[nodiscard]] bool is_attempt(const RecordSummary& summary);
[[nodiscard]] Record read_record(const Lab& lab, const RecordSummary& summary);
/// Without its blocks: many times faster.
[[nodiscard]] Record read_record_head(const Lab& lab, const RecordSummary& summary);
[[nodiscard]] Entry read_entry(const Lab& lab, const RecordSummary& summary);
/// SHA-256 of the record's file.
[[nodiscard]] std::string record_sha256(const Lab& lab, const Record& record);

}  // namespace assay::record
