#include "core/host/files/files.hpp"

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/host/files/file_memo.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_disk.hpp"
#include "tests/support/without_hard_links.hpp"

namespace assay::host {
namespace files_tests {

namespace fs = std::filesystem;
using test::ForkedChild;
using test::message_of;
using test::ScratchFolder;
using test::SmallDisk;

mode_t mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 07777;
}

std::size_t entries_in(const std::string& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(ReadFile, GivesBackEveryByteThatWasWritten) {
  const ScratchFolder folder;
  std::string text(200'000, 'x');
  text[0] = '\0';
  text[70'000] = '\r';
  write_file_atomically(folder / "text", text);
  EXPECT_EQ(read_file(folder / "text"), text);
}

TEST(ReadFile, ReadsFilesWhoseSizeTheKernelDoesNotTell) {
  EXPECT_FALSE(read_file("/proc/self/stat").empty());
}

TEST(ReadFileStart, GivesNoMoreThanAskedForAndNoMoreThanThereIs) {
  const ScratchFolder folder;
  const std::string path = folder / "file";
  write_file_atomically(path, "#!/bin/sh\n");
  EXPECT_EQ(read_file_start(path, 2), "#!");
  EXPECT_EQ(read_file_start(path, 1000), "#!/bin/sh\n");
}

TEST(FileMemo, FindsOutAnewOnlyWhatHasChanged) {
  const ScratchFolder folder;
  const std::string path = folder / "file";
  write_file_atomically(path, "one");
  FileMemo<std::string> texts;
  int reads = 0;
  const auto read = [&reads](const std::string& file) {
    ++reads;
    return read_file(file);
  };
  EXPECT_EQ(texts.of(path, read), "one");
  EXPECT_EQ(texts.of(path, read), "one");
  EXPECT_EQ(reads, 1);
  write_file_atomically(path, "two");  // a new inode
  EXPECT_EQ(texts.of(path, read), "two");
  EXPECT_EQ(reads, 2);
}

TEST(ReadFile, NamesTheFileAndWhyItCannotBeRead) {
  const ScratchFolder folder;
  EXPECT_EQ(message_of([&] { (void)read_file(folder / "missing"); }),
            "cannot read " + folder / "missing" + ": No such file or directory");
  EXPECT_EQ(message_of([&] { (void)read_file(folder.path()); }), "cannot read " + folder.path() + ": Is a directory");
}

TEST(WriteFileAtomically, ReplacesTheTextAndLeavesNothingElse) {
  const ScratchFolder folder;
  write_file_atomically(folder / "text", "one");
  write_file_atomically(folder / "text", "two");
  EXPECT_EQ(read_file(folder / "text"), "two");
  EXPECT_EQ(entries_in(folder.path()), 1U);
}

TEST(WriteFileAtomically, KeepsTheModeOfAnExistingFile) {
  const ScratchFolder folder;
  write_file_atomically(folder / "text", "one");
  ASSERT_EQ(::chmod((folder / "text").c_str(), 0640), 0);
  write_file_atomically(folder / "text", "two");
  EXPECT_EQ(mode_of(folder / "text"), 0640U);
}

TEST(WriteFileAtomically, GivesANewFileTheModeThatTheUmaskLeaves) {
  const ScratchFolder folder;
  const mode_t before = ::umask(027);
  write_file_atomically(folder / "text", "one");
  ::umask(before);
  EXPECT_EQ(mode_of(folder / "text"), 0640U);
}

TEST(WriteFileAtomically, FollowsASymbolicLinkAndKeepsIt) {
  const ScratchFolder folder;
  fs::create_directory(folder / "elsewhere");
  write_file_atomically(folder / "elsewhere/text", "one");
  fs::create_symlink("elsewhere/text", folder / "link");
  write_file_atomically(folder / "link", "two");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(read_file(folder / "elsewhere/text"), "two");
}

TEST(WriteFileAtomically, CreatesWhatADanglingLinkPointsTo) {
  const ScratchFolder folder;
  fs::create_symlink("not-yet", folder / "link");
  write_file_atomically(folder / "link", "one");
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  EXPECT_EQ(read_file(folder / "not-yet"), "one");
}

TEST(CheckWritable, NamesWhatStandsInTheWay) {
  const ScratchFolder folder;
  check_writable(folder / "new");
  check_writable("/dev/null");
  EXPECT_FALSE(fs::exists(folder / "new"));
  EXPECT_NE(message_of([&] { check_writable(folder / "no/new"); }).find("No such file or directory"),
            std::string::npos);
  EXPECT_NE(message_of([&] { check_writable(folder.path()); }).find("Is a directory"), std::string::npos);
}

TEST(WriteFileAtomically, RefusesLinksThatGoRoundInACircle) {
  const ScratchFolder folder;
  fs::create_symlink("two", folder / "one");
  fs::create_symlink("one", folder / "two");
  EXPECT_EQ(message_of([&] { write_file_atomically(folder / "one", "text"); }),
            "cannot write " + folder / "one" + ": Too many levels of symbolic links");
}

TEST(WriteFileAtomically, LeavesTheOldTextWhenTheDiskIsFull) {
  const SmallDisk disk("64k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  write_file_atomically(disk / "text", "old");
  EXPECT_EQ(message_of([&] { write_file_atomically(disk / "text", std::string(100'000, 'x')); }),
            "cannot write " + disk / "text" + ": No space left on device; free some space and try again");
  EXPECT_EQ(read_file(disk / "text"), "old");
  EXPECT_EQ(entries_in(disk / ""), 1U);
}

TEST(WriteFileAtomically, SaysThatTheFolderIsReadOnly) {
  const SmallDisk disk("64k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  disk.make_read_only();
  EXPECT_EQ(message_of([&] { write_file_atomically(disk / "text", "new"); }),
            "cannot write " + disk / "text" +
                ": Read-only file system; use a folder on a file system that is not mounted read-only");
}

TEST(WriteFileAtomically, NamesAFolderThatIsMissing) {
  const ScratchFolder folder;
  EXPECT_EQ(message_of([&] { write_file_atomically(folder / "missing/text", "new"); }),
            "cannot write " + folder / "missing/text" + ": No such file or directory");
}

TEST(WriteFileAtomically, RefusesToReplaceAFolder) {
  const ScratchFolder folder;
  fs::create_directory(folder / "text");
  EXPECT_EQ(message_of([&] { write_file_atomically(folder / "text", "new"); }),
            "cannot write " + folder / "text" + ": Is a directory");
  EXPECT_EQ(entries_in(folder.path()), 1U);
}

TEST(CreateFileAtomically, NeverWritesOverAnotherFile) {
  const ScratchFolder folder;
  EXPECT_EQ(create_file_atomically(folder / "text", "one"), Creation::created);
  EXPECT_EQ(create_file_atomically(folder / "text", "two"), Creation::already_there);
  EXPECT_EQ(read_file(folder / "text"), "one");
  EXPECT_EQ(entries_in(folder.path()), 1U);
}

TEST(CreateFileAtomically, NeedsNoHardLinks) {
  const ScratchFolder folder;
  ForkedChild child([&](const ForkedChild::Tell& tell) {
    if (!test::forbid_hard_links()) return tell("not permitted");
    const bool created = create_file_atomically(folder / "text", "one") == Creation::created;
    const bool kept = create_file_atomically(folder / "text", "two") == Creation::already_there;
    tell(created && kept ? "as with them" : "not as with them");
  });
  const std::optional<std::string> told = child.next_line();
  if (told == "not permitted") GTEST_SKIP() << "system calls cannot be filtered here";
  EXPECT_EQ(told, "as with them");
  EXPECT_EQ(read_file(folder / "text"), "one");
  EXPECT_EQ(entries_in(folder.path()), 1U);
}

TEST(CreateFileAtomically, LeavesNothingWhenTheDiskIsFull) {
  const SmallDisk disk("64k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  EXPECT_THROW((void)create_file_atomically(disk / "text", std::string(100'000, 'x')), Error);
  EXPECT_EQ(entries_in(disk / ""), 0U);
}

TEST(AbsolutePath, ResolvesDotsAndLinks) {
  const ScratchFolder folder;
  fs::create_directory(folder / "real");
  fs::create_symlink("real", folder / "link");
  const std::string real = fs::canonical(folder / "real");
  EXPECT_EQ(absolute_path(folder / "link/./x/../not-yet"), real + "/not-yet");
}

TEST(AbsolutePath, StartsAtTheCurrentFolder) {
  EXPECT_EQ(absolute_path("."), fs::current_path().string());
}

}  // namespace files_tests
}  // namespace assay::host
