#include "core/host/journal/journal.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_disk.hpp"

namespace assay::host {
namespace journal_tests {

using test::ForkedChild;
using test::message_of;
using test::ScratchFolder;
using test::SmallDisk;

AttemptRow attempt_of(const std::string& hypothesis) {
  AttemptRow row;
  row.hypothesis_sha256 = hypothesis;
  row.attempt = 2;
  row.plan_json = R"({"id":"poll"})";
  row.plan_sha256 = "abc";
  row.created_ns = 1'772'373'959'123'456'789;
  row.exploratory = true;
  return row;
}

TEST(Journal, GivesBackAnAttemptAsItWasOpened) {
  Journal journal = Journal::in_memory();
  const AttemptId id = journal.open_attempt(attempt_of("first"));
  const std::vector<AttemptRow> rows = journal.attempts();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].id, id);
  EXPECT_EQ(rows[0].hypothesis_sha256, "first");
  EXPECT_EQ(rows[0].attempt, 2);
  EXPECT_EQ(rows[0].plan_json, R"({"id":"poll"})");
  EXPECT_EQ(rows[0].plan_sha256, "abc");
  EXPECT_EQ(rows[0].created_ns, 1'772'373'959'123'456'789);
  EXPECT_EQ(rows[0].status, AttemptStatus::open);
  EXPECT_EQ(rows[0].record, "");
  EXPECT_TRUE(rows[0].exploratory);
}

TEST(Journal, ListsTheAttemptsOfOneHypothesisAlone) {
  Journal journal = Journal::in_memory();
  const AttemptId first = journal.open_attempt(attempt_of("this"));
  journal.open_attempt(attempt_of("that"));
  const AttemptId third = journal.open_attempt(attempt_of("this"));
  const std::vector<AttemptRow> rows = journal.attempts_of("this");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].id, first);
  EXPECT_EQ(rows[1].id, third);
}

TEST(Journal, KeepsBlocksOfAnAttemptInTheOrderInWhichTheyEnded) {
  Journal journal = Journal::in_memory();
  const AttemptId first = journal.open_attempt(attempt_of("first"));
  const AttemptId second = journal.open_attempt(attempt_of("second"));
  journal.append_block(first, "late");
  journal.append_block(second, "other");
  journal.append_block(first, "early");
  EXPECT_EQ(journal.blocks(first), (std::vector<std::string>{"late", "early"}));
  EXPECT_EQ(journal.blocks(second), (std::vector<std::string>{"other"}));
}

TEST(Journal, ListsTheRunningBlockLastUntilAnotherEnds) {
  Journal journal = Journal::in_memory();
  const AttemptId id = journal.open_attempt(attempt_of("first"));
  journal.append_block(id, "one");
  journal.keep_running_blocks(id, {"two, control runs"});
  journal.keep_running_blocks(id, {"two, treatment runs"});
  EXPECT_EQ(journal.blocks(id), (std::vector<std::string>{"one", "two, treatment runs"}));
  journal.append_block(id, "two");
  EXPECT_EQ(journal.blocks(id), (std::vector<std::string>{"one", "two"}));
}

TEST(Journal, LosesTheBlockThatRanWhenItsProcessDied) {
  const ScratchFolder folder;
  AttemptId id = 0;
  {
    Journal journal(folder / "lab.db");
    id = journal.open_attempt(attempt_of("first"));
    journal.keep_running_blocks(id, {"half"});
  }
  Journal journal(folder / "lab.db");
  EXPECT_EQ(journal.blocks(id), (std::vector<std::string>{"half"}));
  EXPECT_EQ(journal.lose_running_blocks(id), std::vector<std::string>{"half"});
  EXPECT_TRUE(journal.lose_running_blocks(id).empty());
  journal.append_block(id, "whole");
  EXPECT_EQ(journal.blocks(id), (std::vector<std::string>{"half", "whole"}));
}

TEST(Journal, RefusesABlockOfAnAttemptThatWasNeverOpened) {
  Journal journal = Journal::in_memory();
  EXPECT_NE(message_of([&] { journal.append_block(1, "orphan"); }), "");
  EXPECT_TRUE(journal.blocks(1).empty());
}

TEST(Journal, KeepsTheFingerprintsOfAnAttempt) {
  Journal journal = Journal::in_memory();
  const AttemptId attempt = journal.open_attempt({});
  EXPECT_EQ(journal.fingerprints(attempt), "");
  journal.keep_fingerprints(attempt, "[1]");
  EXPECT_EQ(journal.fingerprints(attempt), "[1]");
  EXPECT_EQ(journal.fingerprints(journal.open_attempt({})), "");
}

TEST(Journal, KeepsTheValuesThatAnAttemptWasOpenedWith) {
  Journal journal = Journal::in_memory();
  AttemptRow row;
  row.kept_values = {{"FLAVOUR", "plain"}, {"RAW", std::string("a\0\xff", 3)}};
  const AttemptId attempt = journal.open_attempt(row);
  EXPECT_EQ(journal.kept_values(attempt), row.kept_values);
  EXPECT_TRUE(journal.kept_values(journal.open_attempt({})).empty());
}

TEST(Journal, KnowsTheNewestResultThatNobodyWasTold) {
  Journal journal = Journal::in_memory();
  const AttemptId told = journal.open_attempt(attempt_of("this"));
  journal.finish_attempt(told, AttemptStatus::finished, "0001-told");
  EXPECT_FALSE(journal.untold_of("this"));
  const AttemptId untold = journal.open_attempt(attempt_of("this"));
  journal.await_telling(untold);
  EXPECT_FALSE(journal.untold_of("this"));  // it has no result yet
  journal.finish_attempt(untold, AttemptStatus::finished, "0002-untold");
  ASSERT_TRUE(journal.untold_of("this"));
  EXPECT_EQ(journal.untold_of("this")->record, "0002-untold");
  EXPECT_FALSE(journal.untold_of("that"));
  journal.mark_told("0002-untold");
  EXPECT_FALSE(journal.untold_of("this"));
}

TEST(Journal, IsReadableByItsOwnerAlone) {
  const ScratchFolder folder;
  const std::string path = folder / "lab.db";
  const auto mode = [&] {
    struct stat status {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0);
    return status.st_mode & 0777;
  };
  { const Journal journal(path); }
  EXPECT_EQ(mode(), 0600U);
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  { const Journal journal(path); }
  EXPECT_EQ(mode(), 0600U);
}

TEST(Journal, KeepsInterruptions) {
  Journal journal = Journal::in_memory();
  const AttemptId id = journal.open_attempt(attempt_of("first"));
  journal.append_interruption(id, 1000, "block 7 lost");
  journal.append_interruption(id, 500, "clock was set back");
  EXPECT_EQ(journal.interruptions(id), (std::vector<std::int64_t>{1000, 500}));
}

TEST(Journal, OutlivesItsProcessWithAttemptBlocksAndEnd) {
  const ScratchFolder folder;
  AttemptId id = 0;
  {
    Journal journal(folder / "lab.db");
    id = journal.open_attempt(attempt_of("first"));
    journal.append_block(id, "one");
    journal.sync();
    journal.append_block(id, "two");
    journal.finish_attempt(id, AttemptStatus::closed, "0007-poll");
  }
  const Journal journal(folder / "lab.db");
  const std::vector<AttemptRow> rows = journal.attempts();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].status, AttemptStatus::closed);
  EXPECT_EQ(rows[0].record, "0007-poll");
  EXPECT_EQ(journal.blocks(id), (std::vector<std::string>{"one", "two"}));
}

TEST(Journal, HasEveryAcknowledgedBlockAfterAKill) {
  const ScratchFolder folder;
  constexpr int kBlocksBeforeTheKill = 500;
  ForkedChild writer([&](const ForkedChild::Tell& tell) {
    Journal journal(folder / "lab.db");
    const AttemptId id = journal.open_attempt(attempt_of("first"));
    for (int block = 0;; ++block) {
      journal.append_block(id, std::to_string(block));
      tell(std::to_string(block));
    }
  });
  for (int block = 0; block < kBlocksBeforeTheKill; ++block) ASSERT_EQ(writer.next_line(), std::to_string(block));
  writer.kill();
  int acknowledged = kBlocksBeforeTheKill;
  while (writer.next_line()) ++acknowledged;

  const Journal journal(folder / "lab.db");
  const std::vector<std::string> blocks = journal.blocks(1);
  ASSERT_GE(static_cast<int>(blocks.size()), acknowledged);
  for (int block = 0; block < acknowledged; ++block) {
    EXPECT_EQ(blocks[static_cast<std::size_t>(block)], std::to_string(block));
  }
}

TEST(Journal, CanBeReadWhileAnotherProcessWrites) {
  const ScratchFolder folder;
  ForkedChild writer([&](const ForkedChild::Tell& tell) {
    Journal journal(folder / "lab.db");
    const AttemptId id = journal.open_attempt(attempt_of("first"));
    journal.append_block(id, "one");
    tell("written");
    ::pause();
  });
  ASSERT_EQ(writer.next_line(), "written");
  EXPECT_EQ(Journal(folder / "lab.db").blocks(1), (std::vector<std::string>{"one"}));
}

TEST(Journal, WrittenByANewerVersionIsLeftAlone) {
  const ScratchFolder folder;
  { const Journal journal(folder / "lab.db"); }
  SQLite::Database(folder / "lab.db", SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 6");
  EXPECT_EQ(message_of([&] { const Journal journal(folder / "lab.db"); }),
            folder / "lab.db" + " was written by a newer assay (schema 6, this program knows 5): use that version");
}

TEST(Journal, KeepsTheMachinesOfAnAttemptInTheirOrder) {
  Journal journal = Journal::in_memory();
  const AttemptId first = journal.open_attempt(attempt_of("first"));
  const AttemptId second = journal.open_attempt(attempt_of("second"));
  journal.keep_runner(first, "b");
  journal.keep_runner(second, "c");
  journal.keep_runner(first, "a");
  EXPECT_EQ(journal.runners(first), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(journal.runners(second), std::vector<std::string>{"c"});
}

TEST(Journal, IsNotAnyFile) {
  const ScratchFolder folder;
  write_file_atomically(folder / "lab.db", "Dear diary, today I measured nothing at all. It took 3 s.\n");
  EXPECT_EQ(message_of([&] { const Journal journal(folder / "lab.db"); }),
            "journal " + folder / "lab.db" +
                " is not a database or is damaged (file is not a database): move it away, and a new one is created");
}

TEST(Journal, TakesAnEmptyFileAsANewOne) {
  const ScratchFolder folder;
  write_file_atomically(folder / "lab.db", "");
  EXPECT_TRUE(Journal(folder / "lab.db").attempts().empty());
}

TEST(Journal, NamesAFolderThatIsMissing) {
  const ScratchFolder folder;
  EXPECT_EQ(message_of([&] { const Journal journal(folder / "missing/lab.db"); }),
            "cannot open journal " + folder / "missing/lab.db" + ": No such file or directory");
}

TEST(Journal, SaysThatANewOneCannotBeMadeInAReadOnlyFolder) {
  const SmallDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  disk.make_read_only();
  EXPECT_EQ(message_of([&] { const Journal journal(disk / "lab.db"); }),
            "cannot open journal " + disk / "lab.db" +
                ": Read-only file system; use a folder on a file system that is not mounted read-only");
}

TEST(Journal, SaysThatAnOldOneIsReadOnly) {
  const SmallDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  { const Journal journal(disk / "lab.db"); }
  disk.make_read_only();
  EXPECT_EQ(message_of([&] { const Journal journal(disk / "lab.db"); }),
            "cannot open journal " + disk / "lab.db" +
                ": Read-only file system; use a folder on a file system that is not mounted read-only");
}

TEST(Journal, SaysThatThereIsNoSpaceForANewOne) {
  const SmallDisk disk("8k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  EXPECT_EQ(message_of([&] { const Journal journal(disk / "lab.db"); }),
            "cannot open journal " + disk / "lab.db" + ": No space left on device; free some space and try again");
}

/// Appends blocks until the disk is full; returns how many were acknowledged and leaves the message in `message`.
int fill(Journal& journal, AttemptId id, std::string& message) {
  const std::string block(1000, 'x');
  for (int acknowledged = 0;; ++acknowledged) {
    message = message_of([&] { journal.append_block(id, block); });
    if (!message.empty()) return acknowledged;
  }
}

TEST(Journal, KeepsWhatItAcknowledgedWhenTheDiskIsFull) {
  const SmallDisk disk("512k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  Journal journal(disk / "lab.db");
  const AttemptId id = journal.open_attempt(attempt_of("first"));
  std::string message;
  const int acknowledged = fill(journal, id, message);
  EXPECT_EQ(message,
            "cannot write journal " + disk / "lab.db" + ": No space left on device; free some space and try again");
  EXPECT_GT(acknowledged, 10);
  EXPECT_EQ(static_cast<int>(journal.blocks(id).size()), acknowledged);
}

TEST(Journal, GoesOnOnceThereIsSpaceAgain) {
  const SmallDisk disk("512k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  Journal journal(disk / "lab.db");
  const AttemptId id = journal.open_attempt(attempt_of("first"));
  std::string message;
  const int acknowledged = fill(journal, id, message);
  disk.resize("4m");
  journal.append_block(id, "after");
  journal.finish_attempt(id, AttemptStatus::finished, "0001-poll");
  EXPECT_EQ(static_cast<int>(journal.blocks(id).size()), acknowledged + 1);
  EXPECT_EQ(journal.attempts()[0].status, AttemptStatus::finished);
}

TEST(Journal, KeepsAndLosesBlocksThatRunSideBySideTogether) {
  const ScratchFolder folder;
  const std::string path = folder / "lab.db";
  {
    Journal journal(path);
    const AttemptId id = journal.open_attempt(attempt_of("first"));
    journal.append_blocks(id, {"one of a", "one of b"});
    journal.keep_running_blocks(id, {"two of a", "two of b"});
    EXPECT_EQ(journal.blocks(id), (std::vector<std::string>{"one of a", "one of b", "two of a", "two of b"}));
  }
  Journal journal(path);
  const AttemptId id = journal.attempts().front().id;
  EXPECT_EQ(journal.lose_running_blocks(id), (std::vector<std::string>{"two of a", "two of b"}));
  EXPECT_TRUE(journal.lose_running_blocks(id).empty());
  EXPECT_EQ(journal.blocks(id), (std::vector<std::string>{"one of a", "one of b", "two of a", "two of b"}));
}

/// A sealed journal of three blocks, changed by hand. \returns what a later session finds.
std::vector<int> altered_after(const std::string& change, const std::string& key = "key") {
  const ScratchFolder folder;
  const std::string path = folder / "lab.db";
  {
    Journal journal(path);
    journal.seal_with("key");
    const AttemptId id = journal.open_attempt(attempt_of("first"));
    journal.append_block(id, "one");
    journal.append_blocks(id, {"two", "three"});
  }
  SQLite::Database(path, SQLite::OPEN_READWRITE).exec(change);
  Journal journal(path);
  journal.seal_with(key);
  return journal.altered_blocks(journal.attempts().front().id);
}

TEST(Journal, KnowsBlocksThatSomebodyAltered) {
  using Numbers = std::vector<int>;
  EXPECT_EQ(altered_after("SELECT 1"), Numbers{});
  EXPECT_EQ(altered_after("UPDATE block SET block_json = 'better' WHERE id = 2"), Numbers{2});
  EXPECT_EQ(altered_after("DELETE FROM block WHERE id = 1"), Numbers{1});
  EXPECT_EQ(altered_after("UPDATE block SET seal = ''"), (Numbers{1, 2, 3}));
  EXPECT_EQ(altered_after("SELECT 1", "another key"), (Numbers{1, 2, 3}));
  EXPECT_EQ(altered_after("SELECT 1", ""), Numbers{});  // a journal without a key has no seals
}

TEST(Journal, EndsWhatWasKeptAsRunningWithTheBlocksThatEnded) {
  Journal journal = Journal::in_memory();
  const AttemptId id = journal.open_attempt(attempt_of("first"));
  journal.keep_running_blocks(id, {"half a", "half b"});
  journal.append_blocks(id, {"a", "b"});
  EXPECT_EQ(journal.blocks(id), (std::vector<std::string>{"a", "b"}));
}

}  // namespace journal_tests
}  // namespace assay::host
