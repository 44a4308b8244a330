#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/error.hpp"

namespace assay::host {

/// One kind of database file that assay writes.
struct DatabaseKind {
  std::string_view what;               ///< for messages: "journal"
  std::int32_t application_id;         ///< in the file's header, so that another program's database is never touched
  std::span<const char* const> steps;  ///< step n leads from schema version n to n + 1; version 0 is an empty file
  std::chrono::milliseconds patience;  ///< how long another process may hold it before that is an error

  /// The schema version this program knows.
  [[nodiscard]] int version() const { return static_cast<int>(steps.size()); }
};

/// How changes reach the disk.
enum class Journaling {
  write_ahead,  ///< readers and one writer at once; a commit is a write, without waiting for the disk
  rollback,     ///< one process at a time, every commit synced; for file systems that cannot share memory
  none,         ///< in memory
};

/// What suits the file system that holds `path`: shared memory does not work across hosts (NFS, SMB, 9p, ...) nor
/// reliably through FUSE (https://www.sqlite.org/wal.html, section 1).
[[nodiscard]] Journaling journaling_for(const std::string& path);

/// An open database and how it is journalled.
struct Database {
  SQLite::Database connection;
  Journaling journaling;
};

/// Opens or creates the file and brings its schema up to date, all steps in one transaction. Falls back to
/// `Journaling::rollback` where write-ahead is refused.
/// \throws Error when it is not a database of this kind, was written by a newer version, is read-only, is held by
/// another process, or the disk is full.
[[nodiscard]] Database open_database(const std::string& path, const DatabaseKind& kind, Journaling journaling);

/// What SQLite refused, in one line: "cannot write journal /lab/.assay/lab.db: the disk is full; free some space".
/// \param doing  "write", "open"; stands after "cannot".
[[nodiscard]] Error database_error(std::string_view doing, const DatabaseKind& kind, const std::string& path,
                                   const SQLite::Exception& failure);

}  // namespace assay::host
