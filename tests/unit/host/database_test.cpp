#include "core/host/journal/database.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace database_tests {

using test::ForkedChild;
using test::message_of;
using test::ScratchFolder;

constexpr std::array kFirstStep = {"CREATE TABLE note (text TEXT)"};
constexpr std::array kBothSteps = {"CREATE TABLE note (text TEXT)",
                                   "ALTER TABLE note ADD COLUMN author TEXT DEFAULT 'nobody'"};

DatabaseKind notes(std::span<const char* const> steps) {
  return {.what = "notebook", .application_id = 4711, .steps = steps, .patience = std::chrono::milliseconds(50)};
}

std::string journal_mode(Database& database) {
  return database.connection.execAndGet("PRAGMA journal_mode").getString();
}

TEST(OpenDatabase, MigratesAnOlderVersionAndKeepsItsRows) {
  const ScratchFolder folder;
  open_database(folder / "db", notes(kFirstStep), Journaling::write_ahead)
      .connection.exec("INSERT INTO note VALUES ('first')");
  Database database = open_database(folder / "db", notes(kBothSteps), Journaling::write_ahead);
  EXPECT_EQ(database.connection.execAndGet("SELECT text || ' by ' || author FROM note").getString(), "first by nobody");
  EXPECT_EQ(database.connection.execAndGet("PRAGMA user_version").getInt(), 2);
}

TEST(OpenDatabase, LeavesTheOldVersionWhenAMigrationFails) {
  const ScratchFolder folder;
  (void)open_database(folder / "db", notes(kFirstStep), Journaling::write_ahead);
  constexpr std::array steps = {"CREATE TABLE note (text TEXT)",
                                "ALTER TABLE note ADD COLUMN author TEXT; CREATE TABLE note (text TEXT)"};
  EXPECT_NE(message_of([&] { (void)open_database(folder / "db", notes(steps), Journaling::write_ahead); }), "");
  Database database = open_database(folder / "db", notes(kFirstStep), Journaling::write_ahead);
  EXPECT_EQ(database.connection.execAndGet("SELECT count(*) FROM pragma_table_info('note')").getInt(), 1);
}

TEST(OpenDatabase, RefusesANewerVersion) {
  const ScratchFolder folder;
  (void)open_database(folder / "db", notes(kBothSteps), Journaling::write_ahead);
  EXPECT_EQ(message_of([&] { (void)open_database(folder / "db", notes(kFirstStep), Journaling::write_ahead); }),
            folder / "db" + " was written by a newer assay (schema 2, this program knows 1): use that version");
}

TEST(OpenDatabase, LeavesADatabaseOfAnotherProgramAsItIs) {
  const ScratchFolder folder;
  SQLite::Database(folder / "db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE song (title TEXT)");
  const std::string before = read_file(folder / "db");
  EXPECT_EQ(message_of([&] { (void)open_database(folder / "db", notes(kFirstStep), Journaling::write_ahead); }),
            "notebook " + folder / "db" + " is a database of another program: move it away, and a new one is created");
  EXPECT_EQ(read_file(folder / "db"), before);
}

TEST(OpenDatabase, UsesAWriteAheadLogOnALocalFileSystem) {
  const ScratchFolder folder;
  ASSERT_EQ(journaling_for(folder / "db"), Journaling::write_ahead);
  Database database = open_database(folder / "db", notes(kFirstStep), Journaling::write_ahead);
  EXPECT_EQ(database.journaling, Journaling::write_ahead);
  EXPECT_EQ(journal_mode(database), "wal");
}

TEST(OpenDatabase, TakesARollbackJournalWhereWriteAheadIsRefused) {
  // SQLite answers "memory" to a wish for a write-ahead log in memory: a refusal as a file system without shared
  // memory gives it.
  Database database = open_database(":memory:", notes(kFirstStep), Journaling::write_ahead);
  EXPECT_EQ(database.journaling, Journaling::rollback);
}

TEST(OpenDatabase, TurnsAWriteAheadFileIntoARollbackOneWithItsRows) {
  const ScratchFolder folder;
  ForkedChild writer([&](const ForkedChild::Tell& tell) {
    Database database = open_database(folder / "db", notes(kFirstStep), Journaling::write_ahead);
    database.connection.exec("INSERT INTO note VALUES ('kept')");
    tell("written");
    ::pause();
  });
  ASSERT_EQ(writer.next_line(), "written");
  writer.kill();  // leaves the log behind
  Database database = open_database(folder / "db", notes(kFirstStep), Journaling::rollback);
  EXPECT_EQ(database.connection.execAndGet("SELECT text FROM note").getString(), "kept");
  EXPECT_EQ(journal_mode(database), "delete");
  EXPECT_FALSE(std::filesystem::exists(folder / "db-wal"));
}

TEST(OpenDatabase, UnderARollbackJournalBelongsToOneProcess) {
  const ScratchFolder folder;
  ForkedChild holder([&](const ForkedChild::Tell& tell) {
    Database database = open_database(folder / "db", notes(kFirstStep), Journaling::rollback);
    database.connection.exec("INSERT INTO note VALUES ('held')");
    tell("open");
    ::pause();
  });
  ASSERT_EQ(holder.next_line(), "open");
  EXPECT_EQ(message_of([&] { (void)open_database(folder / "db", notes(kFirstStep), Journaling::rollback); }),
            "cannot open notebook " + folder / "db" +
                ": another process has held it for 0.05 s; wait for that process or end it");
}

TEST(OpenDatabase, IsMadeOnceByProcessesThatCreateItTogether) {
  const ScratchFolder folder;
  const auto open_and_write = [&](const ForkedChild::Tell& tell) {
    DatabaseKind kind = notes(kFirstStep);
    kind.patience = std::chrono::seconds(20);
    Database database = open_database(folder / "db", kind, Journaling::write_ahead);
    database.connection.exec("INSERT INTO note VALUES ('here')");
    tell("done");
  };
  ForkedChild first(open_and_write);
  ForkedChild second(open_and_write);
  ForkedChild third(open_and_write);
  EXPECT_EQ(first.next_line(), "done");
  EXPECT_EQ(second.next_line(), "done");
  EXPECT_EQ(third.next_line(), "done");
  Database database = open_database(folder / "db", notes(kFirstStep), Journaling::write_ahead);
  EXPECT_EQ(database.connection.execAndGet("SELECT count(*) FROM note").getInt(), 3);
}

}  // namespace database_tests
}  // namespace assay::host
