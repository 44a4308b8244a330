#include "core/host/journal/journal.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/host/files/digest.hpp"
#include "core/host/journal/database.hpp"
#include "core/host/journal/journal_schema.hpp"
#include "core/host/journal/running_text.hpp"
#include "core/host/journal/statement_use.hpp"

namespace assay::host {
namespace {

constexpr const char* kSelectAttempt =
    "SELECT id, hypothesis_sha256, attempt, plan_json, plan_sha256, created_ns, status, record, exploratory "
    "FROM attempt";

AttemptRow attempt_row(const Use& statement, const std::string& path) {
  const std::string status = statement->getColumn(6).getString();
  const std::optional<AttemptStatus> known = parse_enum<AttemptStatus>(status);
  if (!known) {
    throw Error(fmt::format("journal {}: attempt {} has the unknown status \"{}\"", path,
                            statement->getColumn(0).getInt64(), status));
  }
  return {.id = statement->getColumn(0).getInt64(),
          .hypothesis_sha256 = statement->getColumn(1).getString(),
          .attempt = statement->getColumn(2).getInt(),
          .plan_json = statement->getColumn(3).getString(),
          .plan_sha256 = statement->getColumn(4).getString(),
          .created_ns = statement->getColumn(5).getInt64(),
          .status = *known,
          .record = statement->getColumn(7).getString(),
          .exploratory = statement->getColumn(8).getInt() != 0};
}

}  // namespace

struct Journal::State {
  State(std::string file, Journaling journaling)
      : path(std::move(file)), database(open_database(path, kJournal, journaling)) {}

  std::string path;
  Database database;
  SQLite::Statement insert_attempt{database.connection,
                                   "INSERT INTO attempt (hypothesis_sha256, attempt, plan_json, plan_sha256, "
                                   "created_ns, status, record, exploratory) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"};
  SQLite::Statement insert_value{database.connection,
                                 "INSERT INTO kept_value (attempt_id, name, value) VALUES (?, ?, ?)"};
  SQLite::Statement select_values{database.connection, "SELECT name, value FROM kept_value WHERE attempt_id = ?"};
  SQLite::Statement insert_block{database.connection,
                                 "INSERT INTO block (attempt_id, block_json, seal) VALUES (?, ?, ?)"};
  SQLite::Statement select_last_seal{database.connection,
                                     "SELECT seal FROM block WHERE attempt_id = ? ORDER BY id DESC LIMIT 1"};
  SQLite::Statement select_sealed{database.connection,
                                  "SELECT block_json, seal FROM block WHERE attempt_id = ? ORDER BY id"};
  SQLite::Statement replace_running{database.connection,
                                    "INSERT OR REPLACE INTO running_block (attempt_id, block_json) VALUES (?, ?)"};
  SQLite::Statement select_running{database.connection, "SELECT block_json FROM running_block WHERE attempt_id = ?"};
  SQLite::Statement delete_running{database.connection, "DELETE FROM running_block WHERE attempt_id = ?"};
  SQLite::Statement insert_interruption{database.connection,
                                        "INSERT INTO interruption (attempt_id, at_ns, note) VALUES (?, ?, ?)"};
  SQLite::Statement update_attempt{database.connection, "UPDATE attempt SET status = ?, record = ? WHERE id = ?"};
  SQLite::Statement await_told{database.connection, "UPDATE attempt SET told = 0 WHERE id = ?"};
  SQLite::Statement update_told{database.connection, "UPDATE attempt SET told = 1 WHERE record = ?"};
  SQLite::Statement select_untold{
      database.connection,
      fmt::format("{} WHERE hypothesis_sha256 = ? AND told = 0 AND status = 'finished' AND record <> '' "
                  "ORDER BY id DESC LIMIT 1",
                  kSelectAttempt)};
  SQLite::Statement update_fingerprints{database.connection, "UPDATE attempt SET fingerprints_json = ? WHERE id = ?"};
  SQLite::Statement select_fingerprints{database.connection, "SELECT fingerprints_json FROM attempt WHERE id = ?"};
  SQLite::Statement select_attempts{database.connection, fmt::format("{} ORDER BY id", kSelectAttempt)};
  SQLite::Statement select_attempts_of{database.connection,
                                       fmt::format("{} WHERE hypothesis_sha256 = ? ORDER BY id", kSelectAttempt)};
  SQLite::Statement select_blocks{database.connection, "SELECT block_json FROM block WHERE attempt_id = ? ORDER BY id"};
  SQLite::Statement select_interruptions{database.connection,
                                         "SELECT at_ns FROM interruption WHERE attempt_id = ? ORDER BY id"};
  SQLite::Statement insert_runner{database.connection, "INSERT INTO runner (attempt_id, runner_json) VALUES (?, ?)"};
  SQLite::Statement select_runners{database.connection,
                                   "SELECT runner_json FROM runner WHERE attempt_id = ? ORDER BY id"};
  /// Attempts of this process whose running block is kept: only for them there is something to delete.
  std::set<AttemptId> running = {};
  std::string key = {};  ///< of seals; empty: nothing is sealed
  bool synced = true;    ///< true if nothing was written since the last full sync

  /// Runs an action and words the failures of SQLite.
  template <class Action>
  auto attempt_to(std::string_view doing, const Action& action) {
    try {
      return action();
    } catch (const SQLite::Exception& failure) {
      throw database_error(doing, kJournal, path, failure);
    }
  }

  [[nodiscard]] std::vector<std::string> running_blocks(AttemptId attempt) {
    const Use select(select_running);
    select->bind(1, attempt);
    return select->executeStep() ? running_blocks_in(select->getColumn(0).getString()) : std::vector<std::string>{};
  }

  [[nodiscard]] std::string seal_of(AttemptId attempt, const std::string& before, const std::string& block) const {
    return key.empty() ? "" : hmac_sha256(key, fmt::format("assay block {}\n{}\n{}", attempt, before, block));
  }

  [[nodiscard]] std::string last_seal(AttemptId attempt) {
    const Use select(select_last_seal);
    select->bind(1, attempt);
    return select->executeStep() ? select->getColumn(0).getString() : "";
  }

  void insert_one(AttemptId attempt, const std::string& block) {
    const std::string seal = key.empty() ? "" : seal_of(attempt, last_seal(attempt), block);
    const Use insert(insert_block);
    insert->bind(1, attempt);
    insert->bind(2, block);
    insert->bind(3, seal);
    insert->exec();
  }

  void forget_running(AttemptId attempt) {
    const Use remove(delete_running);
    remove->bind(1, attempt);
    remove->exec();
  }

  /// Runs one transaction that is on the disk, with everything before it, when this returns.
  ///
  /// In write-ahead mode a commit under synchronous = FULL syncs the log file, and with it every earlier commit in that
  /// file, for one fsync. A checkpoint was rejected: it needs two fsyncs, writes every page again, and is held back by
  /// a reader in another process (`assay log`).
  template <class Action>
  void durably(const Action& action) {
    if (database.journaling == Journaling::write_ahead) database.connection.exec("PRAGMA synchronous = FULL");
    try {
      action();
    } catch (...) {
      relax();
      throw;
    }
    relax();
    synced = true;
  }

 private:
  void relax() {
    if (database.journaling == Journaling::write_ahead) database.connection.exec("PRAGMA synchronous = NORMAL");
  }
};

Journal::Journal(const std::string& path)
    : Journal((make_private(path), std::make_unique<State>(path, journaling_for(path)))) {}
Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}
Journal Journal::in_memory() {
  return Journal(std::make_unique<State>(":memory:", Journaling::none));
}
Journal::~Journal() = default;
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;

AttemptId Journal::open_attempt(const AttemptRow& row) {
  return state_->attempt_to("write", [&] {
    const Use insert(state_->insert_attempt);
    insert->bind(1, row.hypothesis_sha256);
    insert->bind(2, row.attempt);
    insert->bind(3, row.plan_json);
    insert->bind(4, row.plan_sha256);
    insert->bind(5, row.created_ns);
    insert->bind(6, std::string(to_string(row.status)));
    insert->bind(7, row.record);
    insert->bind(8, row.exploratory ? 1 : 0);
    AttemptId id = 0;
    state_->durably([&] {
      SQLite::Transaction transaction(state_->database.connection);
      insert->exec();
      id = state_->database.connection.getLastInsertRowid();
      for (const auto& [name, value] : row.kept_values) {
        const Use insert_value(state_->insert_value);
        insert_value->bind(1, id);
        insert_value->bind(2, name);
        insert_value->bind(3, value.data(), static_cast<int>(value.size()));
        insert_value->exec();
      }
      transaction.commit();
    });
    return id;
  });
}

std::map<std::string, std::string> Journal::kept_values(AttemptId attempt) const {
  return state_->attempt_to("read", [&] {
    std::map<std::string, std::string> values;
    const Use select(state_->select_values);
    select->bind(1, attempt);
    while (select->executeStep()) values.emplace(select->getColumn(0).getString(), select->getColumn(1).getString());
    return values;
  });
}

void Journal::keep_fingerprints(AttemptId attempt, std::string_view fingerprints_json) {
  state_->attempt_to("write", [&] {
    const Use update(state_->update_fingerprints);
    update->bind(1, std::string(fingerprints_json));
    update->bind(2, attempt);
    update->exec();
    state_->synced = false;
  });
}

std::string Journal::fingerprints(AttemptId attempt) const {
  return state_->attempt_to("read", [&] {
    const Use select(state_->select_fingerprints);
    select->bind(1, attempt);
    return select->executeStep() ? select->getColumn(0).getString() : std::string();
  });
}

void Journal::seal_with(std::string key) {
  state_->key = std::move(key);
}

std::vector<int> Journal::altered_blocks(AttemptId attempt) const {
  return state_->attempt_to("read", [&] {
    std::vector<int> altered;
    if (state_->key.empty()) return altered;
    const Use select(state_->select_sealed);
    select->bind(1, attempt);
    std::string before;
    for (int number = 1; select->executeStep(); ++number) {
      const std::string seal = select->getColumn(1).getString();
      if (seal != state_->seal_of(attempt, before, select->getColumn(0).getString())) altered.push_back(number);
      before = seal;
    }
    return altered;
  });
}

void Journal::append_block(AttemptId attempt, std::string_view block_json) {
  append_blocks(attempt, {std::string(block_json)});
}

void Journal::append_blocks(AttemptId attempt, const std::vector<std::string>& block_jsons) {
  state_->attempt_to("write", [&] {
    const bool was_running = state_->running.contains(attempt);
    if (was_running || block_jsons.size() > 1) {
      SQLite::Transaction transaction(state_->database.connection);
      for (const std::string& block : block_jsons) state_->insert_one(attempt, block);
      if (was_running) state_->forget_running(attempt);
      transaction.commit();
    } else {
      for (const std::string& block : block_jsons) state_->insert_one(attempt, block);
    }
    state_->running.erase(attempt);
    state_->synced = false;
  });
}

void Journal::keep_running_blocks(AttemptId attempt, const std::vector<std::string>& block_jsons) {
  state_->attempt_to("write", [&] {
    const Use replace(state_->replace_running);
    replace->bind(1, attempt);
    replace->bind(2, running_text(block_jsons));
    replace->exec();
    state_->running.insert(attempt);
    state_->synced = false;
  });
}

std::vector<std::string> Journal::lose_running_blocks(AttemptId attempt) {
  std::vector<std::string> lost = state_->attempt_to("read", [&] { return state_->running_blocks(attempt); });
  if (lost.empty()) return lost;
  state_->running.insert(attempt);
  append_blocks(attempt, lost);
  return lost;
}

void Journal::append_interruption(AttemptId attempt, std::int64_t at_ns, std::string_view note) {
  state_->attempt_to("write", [&] {
    const Use insert(state_->insert_interruption);
    insert->bind(1, attempt);
    insert->bind(2, at_ns);
    insert->bind(3, std::string(note));
    insert->exec();
    state_->synced = false;
  });
}

void Journal::keep_runner(AttemptId attempt, std::string_view runner_json) {
  state_->attempt_to("write", [&] {
    const Use insert(state_->insert_runner);
    insert->bind(1, attempt);
    insert->bind(2, std::string(runner_json));
    insert->exec();
    state_->synced = false;
  });
}

std::vector<std::string> Journal::runners(AttemptId attempt) const {
  return state_->attempt_to("read", [&] {
    std::vector<std::string> runners;
    const Use select(state_->select_runners);
    select->bind(1, attempt);
    while (select->executeStep()) runners.push_back(select->getColumn(0).getString());
    return runners;
  });
}

void Journal::sync() {
  if (state_->synced || state_->database.journaling != Journaling::write_ahead) return;
  state_->attempt_to("write", [&] {
    // The smallest transaction that changes nothing: it writes the same number to the header again.
    const std::string rewrite = fmt::format("PRAGMA application_id = {}", kJournal.application_id);
    state_->durably([&] { state_->database.connection.exec(rewrite); });
  });
}

void Journal::finish_attempt(AttemptId attempt, AttemptStatus status, std::string_view record) {
  state_->attempt_to("write", [&] {
    const Use update(state_->update_attempt);
    update->bind(1, std::string(to_string(status)));
    update->bind(2, std::string(record));
    update->bind(3, attempt);
    state_->durably([&] { update->exec(); });
  });
}

void Journal::await_telling(AttemptId attempt) {
  state_->attempt_to("write", [&] {
    const Use update(state_->await_told);
    update->bind(1, attempt);
    update->exec();
    state_->synced = false;
  });
}

void Journal::mark_told(std::string_view record) {
  state_->attempt_to("write", [&] {
    const Use update(state_->update_told);
    update->bind(1, std::string(record));
    update->exec();
    state_->synced = false;
  });
}

std::optional<AttemptRow> Journal::untold_of(std::string_view hypothesis_sha256) const {
  return state_->attempt_to("read", [&] {
    const Use select(state_->select_untold);
    select->bind(1, std::string(hypothesis_sha256));
    return select->executeStep() ? std::optional(attempt_row(select, state_->path)) : std::nullopt;
  });
}

std::vector<AttemptRow> Journal::attempts() const {
  return state_->attempt_to("read", [&] {
    std::vector<AttemptRow> rows;
    const Use select(state_->select_attempts);
    while (select->executeStep()) rows.push_back(attempt_row(select, state_->path));
    return rows;
  });
}

std::vector<AttemptRow> Journal::attempts_of(std::string_view hypothesis_sha256) const {
  return state_->attempt_to("read", [&] {
    std::vector<AttemptRow> rows;
    const Use select(state_->select_attempts_of);
    select->bind(1, std::string(hypothesis_sha256));
    while (select->executeStep()) rows.push_back(attempt_row(select, state_->path));
    return rows;
  });
}

std::vector<std::string> Journal::blocks(AttemptId attempt) const {
  return state_->attempt_to("read", [&] {
    std::vector<std::string> blocks;
    const Use select(state_->select_blocks);
    select->bind(1, attempt);
    while (select->executeStep()) blocks.push_back(select->getColumn(0).getString());
    for (std::string& running : state_->running_blocks(attempt)) blocks.push_back(std::move(running));
    return blocks;
  });
}

std::vector<std::int64_t> Journal::interruptions(AttemptId attempt) const {
  return state_->attempt_to("read", [&] {
    std::vector<std::int64_t> moments;
    const Use select(state_->select_interruptions);
    select->bind(1, attempt);
    while (select->executeStep()) moments.push_back(select->getColumn(0).getInt64());
    return moments;
  });
}

}  // namespace assay::host
