#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"

namespace assay::host {

using AttemptId = std::int64_t;

enum class AttemptStatus { open, finished, closed };

/// What is known of one attempt without reading its blocks.
struct AttemptRow {
  AttemptId id = 0;
  std::string hypothesis_sha256;  ///< fingerprint of variable, workloads and primary metric
  int attempt = 1;                ///< its number among the attempts of this hypothesis
  std::string plan_json;
  std::string plan_sha256;
  std::int64_t created_ns = 0;
  AttemptStatus status = AttemptStatus::open;
  std::string record;  ///< its record's name; empty while there is none
  bool exploratory = false;
};

/// The lab's journal: every attempt with its plan, every block as it ends; one transaction a block.
///
/// SQLite in WAL mode with synchronous=NORMAL: a killed process loses at most the running block; `sync` makes what was
/// written outlive a power cut. On network file systems a rollback journal under an exclusive lock. Payloads are
/// opaque text here: experiments/trial writes and reads them. docs/formats/journal.md gives the tables.
///
/// Every call throws Error when the disk is full or the file was taken away; what was acknowledged before is safe, and
/// the journal can be used again once the cause is mended.
class Journal {
 public:
  /// Opens or creates the file. \throws Error when it is not a journal, was written by a newer version (says which),
  /// is read-only, or the disk is full.
  explicit Journal(const std::string& path);
  /// A journal that lives and dies with the process: for comparisons outside a lab.
  [[nodiscard]] static Journal in_memory();
  ~Journal();
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;

  /// Writes the plan before its first trial, durably. Returns the new attempt's id; `row.id` is ignored.
  AttemptId open_attempt(const AttemptRow& row);
  /// Keeps what the arms were made of before the first trial; once for each attempt.
  void keep_fingerprints(AttemptId attempt, std::string_view fingerprints_json);
  /// Empty where none were kept yet.
  [[nodiscard]] std::string fingerprints(AttemptId attempt) const;
  /// Appends one block, in one transaction. Cost: about 20 us; the disk is not waited for.
  void append_block(AttemptId attempt, std::string_view block_json);
  /// Notes that an attempt was taken up again, or the block that was running when it stopped.
  void append_interruption(AttemptId attempt, std::int64_t at_ns, std::string_view note);
  /// Returns when everything written so far would outlive a power cut.
  void sync();
  /// Ends the attempt, durably.
  void finish_attempt(AttemptId attempt, AttemptStatus status, std::string_view record);

  [[nodiscard]] std::vector<AttemptRow> attempts() const;
  [[nodiscard]] std::vector<AttemptRow> attempts_of(std::string_view hypothesis_sha256) const;
  /// In the order in which they ended.
  [[nodiscard]] std::vector<std::string> blocks(AttemptId attempt) const;
  [[nodiscard]] std::vector<std::int64_t> interruptions(AttemptId attempt) const;

 private:
  struct State;
  explicit Journal(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace assay::host

template <>
struct assay::EnumNames<assay::host::AttemptStatus> {
  static constexpr std::array<std::string_view, 3> values = {"open", "finished", "closed"};
};
