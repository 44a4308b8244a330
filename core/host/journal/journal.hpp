#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"

namespace assay::host {

using AttemptId = std::int64_t;

enum class AttemptStatus { open, finished, closed };

/// The data of one attempt without its blocks.
struct AttemptRow {
  AttemptId id = 0;
  std::string hypothesis_sha256;  ///< fingerprint of variable, workloads and primary metric
  int attempt = 1;                ///< number among the attempts of this hypothesis
  std::string plan_json;
  std::string plan_sha256;
  std::int64_t created_ns = 0;
  AttemptStatus status = AttemptStatus::open;
  std::string record;  ///< name of its record; empty while there is none
  bool exploratory = false;
  /// Values of the frozen environment that the plan does not hold, for resuming. They are written, and read separately.
  std::map<std::string, std::string> kept_values = {};
};

/// The journal of a lab: every attempt with its plan, and every block as it ends, in one transaction each.
///
/// It is SQLite in WAL mode with synchronous=NORMAL: a killed process loses at most the running block, and `sync` makes
/// everything written so far survive a power cut. On network file systems it uses a rollback journal under an exclusive
/// lock. Payloads are opaque text here. docs/formats/journal.md gives the tables.
///
/// Every call throws Error if the disk is full or the file was removed. What was acknowledged before is safe, and the
/// journal can be used again once the cause is removed.
class Journal {
 public:
  /// Opens or creates the file, which only its owner may read, since it keeps values of the environment. \throws Error
  /// if it is not a journal, was written by a newer version (the message says which), is read-only, or the disk is
  /// full.
  explicit Journal(const std::string& path);
  /// A journal that exists only in this process, for comparisons outside a lab.
  [[nodiscard]] static Journal in_memory();
  ~Journal();
  Journal(Journal&&) noexcept;
  Journal& operator=(Journal&&) noexcept;

  /// Writes the plan durably before its first trial. Returns the id of the new attempt; `row.id` is ignored.
  AttemptId open_attempt(const AttemptRow& row);
  /// The values that were kept with the attempt's row.
  [[nodiscard]] std::map<std::string, std::string> kept_values(AttemptId attempt) const;
  /// Keeps the fingerprints of the arms before the first trial; once for each attempt.
  void keep_fingerprints(AttemptId attempt, std::string_view fingerprints_json);
  /// The kept fingerprints; empty if there are none yet.
  [[nodiscard]] std::string fingerprints(AttemptId attempt) const;
  /// Appends one block in one transaction. Cost: about 20 us, without waiting for the disk. It ends what was kept as
  /// running.
  void append_block(AttemptId attempt, std::string_view block_json);
  /// Appends blocks that ran side by side: all of them in one transaction, or none.
  void append_blocks(AttemptId attempt, const std::vector<std::string>& block_jsons);
  /// From now on every appended block gets a seal: HMAC-SHA-256 under this key of its attempt, the seal before it and
  /// its text. Whoever alters, exchanges or removes a block afterwards without the key breaks it. To be called at once
  /// after opening; a journal without a key seals nothing.
  void seal_with(std::string key);
  /// The numbers (from 1, in the order of `blocks`) of the ended blocks whose seal does not fit; empty without a key.
  [[nodiscard]] std::vector<int> altered_blocks(AttemptId attempt) const;
  /// Keeps the blocks that are running, as they would be if they were lost now, in place of what was kept before: one,
  /// or several that run side by side, none of which holds a line feed. Costs as much as `append_block`.
  void keep_running_blocks(AttemptId attempt, const std::vector<std::string>& block_jsons);
  /// Appends the blocks that were kept as running, since nobody is going to end them. \returns them; empty if there are
  /// none.
  std::vector<std::string> lose_running_blocks(AttemptId attempt);
  /// Notes that an attempt was resumed, or which block was running when it stopped.
  void append_interruption(AttemptId attempt, std::int64_t at_ns, std::string_view note);
  /// Keeps how a machine that runs blocks of the attempt describes itself.
  void keep_runner(AttemptId attempt, std::string_view runner_json);
  /// The kept descriptions, in the order in which they came.
  [[nodiscard]] std::vector<std::string> runners(AttemptId attempt) const;
  /// Returns once everything written so far would survive a power cut.
  void sync();
  /// Ends the attempt durably.
  void finish_attempt(AttemptId attempt, AttemptStatus status, std::string_view record);

  /// From now on the attempt's result is untold: call it before `finish_attempt`, so that a kill after that leaves a
  /// result that the next session tells.
  void await_telling(AttemptId attempt);
  /// Notes that somebody was told the result that has this record.
  void mark_told(std::string_view record);
  /// The newest finished attempt of a hypothesis that has a record and whose result nobody was told.
  [[nodiscard]] std::optional<AttemptRow> untold_of(std::string_view hypothesis_sha256) const;

  [[nodiscard]] std::vector<AttemptRow> attempts() const;
  [[nodiscard]] std::vector<AttemptRow> attempts_of(std::string_view hypothesis_sha256) const;
  /// The blocks in the order in which they ended. What is kept as running comes last.
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
