#include "core/host/journal/database.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <sqlite3.h>
#include <thread>

#include <fmt/format.h>

#include "core/host/files/served_file_system.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

/// What the header of the file says about its kind.
struct Identity {
  std::int32_t application_id;
  int version;
  bool empty;  ///< has no tables

  [[nodiscard]] bool is_new() const { return application_id == 0 && version == 0 && empty; }
};

int read_int(SQLite::Database& connection, const char* query) {
  return connection.execAndGet(query).getInt();
}

/// Call it inside a transaction. Otherwise a file that another process is just creating looks like a foreign one.
Identity identity_of(SQLite::Database& connection) {
  return {read_int(connection, "PRAGMA application_id"), read_int(connection, "PRAGMA user_version"),
          read_int(connection, "SELECT count(*) FROM sqlite_master") == 0};
}

/// \throws Error unless this program may work on the file.
void check_identity(const Identity& identity, const DatabaseKind& kind, const std::string& path) {
  if (identity.is_new()) return;
  if (identity.application_id != kind.application_id) {
    throw Error(
        fmt::format("{} {} is a database of another program: move it away, and a new one is created", kind.what, path));
  }
  if (identity.version > kind.version()) {
    throw Error(fmt::format("{} was written by a newer assay (schema {}, this program knows {}): use that version",
                            path, identity.version, kind.version()));
  }
}

/// The journal mode that SQLite grants. Changing the mode does not wait for other processes by itself.
std::string ask_for_write_ahead(SQLite::Database& connection, std::chrono::milliseconds patience) {
  constexpr auto kPause = std::chrono::milliseconds(2);
  for (auto waited = std::chrono::milliseconds(0);; waited += kPause) {
    try {
      return connection.execAndGet("PRAGMA journal_mode = WAL").getString();
    } catch (const SQLite::Exception& failure) {
      if (failure.getErrorCode() != SQLITE_BUSY || waited >= patience) throw;
    }
    std::this_thread::sleep_for(kPause);
  }
}

/// Returns the mode that the file system allowed.
Journaling set_journaling(SQLite::Database& connection, Journaling wanted, std::chrono::milliseconds patience) {
  if (wanted == Journaling::none) return wanted;
  if (wanted == Journaling::write_ahead && ask_for_write_ahead(connection, patience) == "wal") return wanted;
  connection.exec("PRAGMA locking_mode = EXCLUSIVE");
  connection.exec("PRAGMA journal_mode = DELETE");
  return Journaling::rollback;
}

/// Returns whether the schema is this program's already. \throws Error unless this program may work on the file.
bool is_up_to_date(SQLite::Database& connection, const DatabaseKind& kind, const std::string& path) {
  const SQLite::Transaction snapshot(connection);
  const Identity identity = identity_of(connection);
  check_identity(identity, kind, path);
  return identity.version == kind.version();
}

void bring_up_to_date(SQLite::Database& connection, const DatabaseKind& kind, const std::string& path) {
  SQLite::Transaction transaction(connection, SQLite::TransactionBehavior::EXCLUSIVE);
  // Read again under the lock: another process may have been here first.
  const Identity identity = identity_of(connection);
  check_identity(identity, kind, path);
  for (const char* step : kind.steps.subspan(static_cast<std::size_t>(identity.version))) connection.exec(step);
  connection.exec(fmt::format("PRAGMA application_id = {}", kind.application_id));
  connection.exec(fmt::format("PRAGMA user_version = {}", kind.version()));
  transaction.commit();
}

}  // namespace

Journaling journaling_for(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path();
  return is_on_served_file_system(folder.empty() ? "." : folder) ? Journaling::rollback : Journaling::write_ahead;
}

Database open_database(const std::string& path, const DatabaseKind& kind, Journaling journaling) try {
  const int patience_ms = static_cast<int>(kind.patience.count());
  SQLite::Database connection(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, patience_ms);
  if (sqlite3_db_readonly(connection.getHandle(), "main") == 1) throw SQLite::Exception("read-only", SQLITE_READONLY);
  // Set before the first access: then even a file that was left in write-ahead mode opens without shared memory.
  if (journaling == Journaling::rollback) connection.exec("PRAGMA locking_mode = EXCLUSIVE");
  const bool up_to_date = is_up_to_date(connection, kind, path);
  connection.exec("PRAGMA synchronous = FULL");
  const Journaling allowed = set_journaling(connection, journaling, kind.patience);
  if (!up_to_date) bring_up_to_date(connection, kind, path);
  connection.exec("PRAGMA foreign_keys = ON");
  if (allowed == Journaling::write_ahead) connection.exec("PRAGMA synchronous = NORMAL");
  return {std::move(connection), allowed};
} catch (const SQLite::Exception& failure) {
  throw database_error("open", kind, path, failure);
}

}  // namespace assay::host
