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
  std::string_view what;               ///< name in messages: "journal"
  std::int32_t application_id;         ///< in the file's header; protects the databases of other programs
  std::span<const char* const> steps;  ///< step n leads from schema version n to n + 1; version 0 is an empty file
  std::chrono::milliseconds patience;  ///< how long to wait for another process that holds it

  /// The schema version that this program knows.
  [[nodiscard]] int version() const { return static_cast<int>(steps.size()); }
};

/// How changes reach the disk.
enum class Journaling {
  write_ahead,  ///< readers and one writer at once; a commit does not wait for the disk
  rollback,     ///< one process at a time, and every commit is synced; for file systems without shared memory
  none,         ///< database in memory
};

/// The journaling that suits the file system of `path`. Shared memory does not work across hosts (NFS, SMB, 9p, ...),
/// nor reliably through FUSE (https://www.sqlite.org/wal.html, section 1).
[[nodiscard]] Journaling journaling_for(const std::string& path);

/// An open database and its journaling.
struct Database {
  SQLite::Database connection;
  Journaling journaling;
};

/// Opens or creates the file and brings its schema up to date, with all steps in one transaction. Falls back to
/// `Journaling::rollback` if the file system refuses write-ahead.
/// \throws Error if the file is not a database of this kind, was written by a newer version, is read-only or held by
/// another process, or if the disk is full.
[[nodiscard]] Database open_database(const std::string& path, const DatabaseKind& kind, Journaling journaling);

/// A failure of SQLite in one line: "cannot write journal /lab/.assay/lab.db: the disk is full; free some space".
/// \param doing  the verb after "cannot": "write", "open".
[[nodiscard]] Error database_error(std::string_view doing, const DatabaseKind& kind, const std::string& path,
                                   const SQLite::Exception& failure);

}  // namespace assay::host
