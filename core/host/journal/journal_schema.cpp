#include "core/host/journal/journal_schema.hpp"

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/host/files/file_descriptor.hpp"

namespace assay::host {
namespace {

constexpr std::array kJournalSteps = {R"sql(
  CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    hypothesis_sha256 TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    plan_json TEXT NOT NULL,
    plan_sha256 TEXT NOT NULL,
    created_ns INTEGER NOT NULL,
    status TEXT NOT NULL,
    record TEXT NOT NULL,
    exploratory INTEGER NOT NULL,
    fingerprints_json TEXT NOT NULL DEFAULT ''
  );
  CREATE INDEX attempt_of_hypothesis ON attempt (hypothesis_sha256);
  CREATE TABLE block (
    id INTEGER PRIMARY KEY,
    attempt_id INTEGER NOT NULL REFERENCES attempt (id),
    block_json TEXT NOT NULL
  );
  CREATE INDEX block_of_attempt ON block (attempt_id);
  CREATE TABLE interruption (
    id INTEGER PRIMARY KEY,
    attempt_id INTEGER NOT NULL REFERENCES attempt (id),
    at_ns INTEGER NOT NULL,
    note TEXT NOT NULL
  );
  CREATE INDEX interruption_of_attempt ON interruption (attempt_id);
)sql",
                                      R"sql(
  CREATE TABLE kept_value (
    attempt_id INTEGER NOT NULL REFERENCES attempt (id),
    name TEXT NOT NULL,
    value BLOB NOT NULL
  );
  CREATE INDEX kept_value_of_attempt ON kept_value (attempt_id);
  ALTER TABLE attempt ADD COLUMN told INTEGER NOT NULL DEFAULT 1;
)sql",
                                      R"sql(
  CREATE TABLE running_block (
    attempt_id INTEGER PRIMARY KEY REFERENCES attempt (id),
    block_json TEXT NOT NULL
  );
)sql",
                                      R"sql(
  CREATE TABLE runner (
    id INTEGER PRIMARY KEY,
    attempt_id INTEGER NOT NULL REFERENCES attempt (id),
    runner_json TEXT NOT NULL
  );
  CREATE INDEX runner_of_attempt ON runner (attempt_id);
)sql",
                                      R"sql(
  ALTER TABLE block ADD COLUMN seal TEXT NOT NULL DEFAULT '';
)sql"};

}  // namespace

const DatabaseKind kJournal = {.what = "journal",
                               .application_id = 0x61736179,  // "asay"
                               .steps = kJournalSteps,
                               .patience = std::chrono::seconds(5)};

void make_private(const std::string& path) {
  constexpr mode_t kOwnerOnly = 0600;
  constexpr mode_t kAllOthers = 0077;
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    const FileDescriptor made(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, kOwnerOnly));
    return;
  }
  const bool is_own = S_ISREG(status.st_mode) && status.st_uid == ::geteuid();
  if (is_own && (status.st_mode & kAllOthers) != 0) ::chmod(path.c_str(), status.st_mode & 0700);
}

}  // namespace assay::host
