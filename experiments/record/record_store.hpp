#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.hpp"
#include "experiments/record/lab.hpp"

namespace assay::experiments {

/// What `log` shows of a record.
struct RecordSummary {
  std::string name;  ///< "0007-readiness-poll"
  std::string sha256;
  std::string plan_sha256;
  std::string hypothesis_sha256;  ///< of `hypothesis_json`: the same for every attempt, whatever it is called
  int attempt = 1;
  bool exploratory = false;
  int number = 0;
  std::string experiment;
  std::string hypothesis;
  std::string verdict;
  std::string decision;
  std::string reason;
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

/// All records in the lab, oldest first. \throws Error that names a file which is not a record.
[[nodiscard]] std::vector<RecordSummary> list_records(const Lab& lab);

/// The one record that a number, name, slug (its newest) or hash prefix of at least 4 digits means.
/// \throws Error where none or several are meant; names them.
[[nodiscard]] Record find_record(const Lab& lab, std::string_view which);
/// SHA-256 of the record's file.
[[nodiscard]] std::string record_sha256(const Lab& lab, const Record& record);

/// Appends the record's entry to DECISIONS.md between its own markers; text that people wrote stays as it is, byte for
/// byte. Writing the same entry again replaces it.
void write_decision(const Lab& lab, const Record& record);

}  // namespace assay::experiments
