#include "core/host/journal/record_index.hpp"

#include <array>
#include <filesystem>
#include <sqlite3.h>
#include <utility>

#include "core/host/journal/database.hpp"

namespace assay::host {
namespace {

constexpr auto kIndexSteps =
    std::to_array<const char*>({R"sql(
  CREATE TABLE file (
    name TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    summary TEXT NOT NULL
  );
)sql",
                                // Summaries of before have other words for what a line for a shell sets.
                                "DELETE FROM file;"});

constexpr DatabaseKind kIndex = {.what = "index of records",
                                 .application_id = 0x61736969,  // "asii"
                                 .steps = kIndexSteps,
                                 .patience = std::chrono::milliseconds(200)};

std::vector<IndexedFile> read_files(SQLite::Database& connection) {
  std::vector<IndexedFile> files;
  SQLite::Statement select(connection, "SELECT name, bytes, modified_ns, summary FROM file ORDER BY name");
  while (select.executeStep()) {
    files.push_back({.name = select.getColumn(0).getString(),
                     .bytes = select.getColumn(1).getInt64(),
                     .modified_ns = select.getColumn(2).getInt64(),
                     .summary = select.getColumn(3).getString()});
  }
  return files;
}

/// Whether the file can be opened but is not a sound database.
bool is_damaged(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) return false;
  try {
    SQLite::Database connection(path, SQLite::OPEN_READWRITE);
    return connection.execAndGet("PRAGMA quick_check(1)").getString() != "ok";
  } catch (const SQLite::Exception& refusal) {
    return refusal.getErrorCode() == SQLITE_NOTADB || refusal.getErrorCode() == SQLITE_CORRUPT;
  }
}

void remove_database(const std::string& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + suffix, ignored);
}

void apply_all(SQLite::Database& connection, const RecordIndex::Changes& changes) {
  SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement store(connection,
                          "INSERT OR REPLACE INTO file (name, bytes, modified_ns, summary) VALUES (?, ?, ?, ?)");
  for (const IndexedFile& file : changes.stored) {
    store.bind(1, file.name);
    store.bind(2, file.bytes);
    store.bind(3, file.modified_ns);
    store.bind(4, file.summary);
    store.exec();
    store.reset();
  }
  SQLite::Statement remove(connection, "DELETE FROM file WHERE name = ?");
  for (const std::string& name : changes.removed) {
    remove.bind(1, name);
    remove.exec();
    remove.reset();
  }
  transaction.commit();
}

}  // namespace

struct RecordIndex::State {
  Database database;
  std::vector<IndexedFile> files;
};

RecordIndex::RecordIndex(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordIndex::~RecordIndex() = default;
RecordIndex::RecordIndex(RecordIndex&&) noexcept = default;
RecordIndex& RecordIndex::operator=(RecordIndex&&) noexcept = default;

std::optional<RecordIndex> RecordIndex::open(const std::string& path) {
  if (is_damaged(path)) remove_database(path);
  try {
    Database database = open_database(path, kIndex, journaling_for(path));
    std::vector<IndexedFile> files = read_files(database.connection);
    return RecordIndex(std::make_unique<State>(State{std::move(database), std::move(files)}));
  } catch (const Error&) {
    return std::nullopt;
  } catch (const SQLite::Exception&) {
    return std::nullopt;
  }
}

const std::vector<IndexedFile>& RecordIndex::files() const {
  return state_->files;
}

void RecordIndex::apply(const Changes& changes) noexcept {
  if (changes.empty()) return;
  try {
    apply_all(state_->database.connection, changes);
  } catch (const SQLite::Exception&) {
    // If this fails, the next listing reads those files again.
  }
}

}  // namespace assay::host
