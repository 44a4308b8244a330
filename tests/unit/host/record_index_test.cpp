#include "core/host/journal/record_index.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_disk.hpp"

namespace assay::host {
namespace record_index_tests {

const IndexedFile kFirst{.name = "0001-a.json", .bytes = 10, .modified_ns = 1'700'000'000'000'000'001, .summary = "a"};
const IndexedFile kSecond{.name = "0002-b.json", .bytes = 20, .modified_ns = 2, .summary = "b"};

/// What an index at `path` holds; nothing where it cannot be opened.
std::optional<std::vector<IndexedFile>> files_at(const std::string& path) {
  const std::optional<RecordIndex> index = RecordIndex::open(path);
  return index ? std::optional(index->files()) : std::nullopt;
}

TEST(RecordIndex, KeepsWhatWasStoredInTheOrderOfNames) {
  const test::ScratchFolder folder;
  RecordIndex::open(folder / "index.db")->apply({.stored = {kSecond, kFirst}, .removed = {}});
  EXPECT_EQ(files_at(folder / "index.db"), (std::vector<IndexedFile>{kFirst, kSecond}));
}

TEST(RecordIndex, ReplacesAndRemovesByName) {
  const test::ScratchFolder folder;
  RecordIndex::open(folder / "index.db")->apply({.stored = {kFirst, kSecond}, .removed = {}});
  IndexedFile changed = kFirst;
  changed.summary = "changed";
  RecordIndex::open(folder / "index.db")->apply({.stored = {changed}, .removed = {kSecond.name}});
  EXPECT_EQ(files_at(folder / "index.db"), std::vector<IndexedFile>{changed});
}

TEST(RecordIndex, IsMadeAnewWhenItIsDamaged) {
  const test::ScratchFolder folder;
  RecordIndex::open(folder / "index.db")->apply({.stored = {kFirst}, .removed = {}});
  write_file_atomically(folder / "index.db", "no longer a database, whatever it was: some sixty bytes");
  EXPECT_EQ(files_at(folder / "index.db"), std::vector<IndexedFile>{});
  RecordIndex::open(folder / "index.db")->apply({.stored = {kFirst}, .removed = {}});
  EXPECT_EQ(files_at(folder / "index.db"), std::vector<IndexedFile>{kFirst});
}

TEST(RecordIndex, IsNoneInAReadOnlyFolder) {
  const test::SmallDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  disk.make_read_only();
  EXPECT_EQ(files_at(disk / "index.db"), std::nullopt);
}

TEST(RecordIndex, StaysAsItWasWhenTheDiskIsFull) {
  const test::SmallDisk disk("256k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  RecordIndex::open(disk / "index.db")->apply({.stored = {kFirst}, .removed = {}});
  IndexedFile large = kSecond;
  large.summary = std::string(1'000'000, 'x');
  RecordIndex::open(disk / "index.db")->apply({.stored = {large}, .removed = {}});
  EXPECT_EQ(files_at(disk / "index.db"), std::vector<IndexedFile>{kFirst});
}

}  // namespace record_index_tests
}  // namespace assay::host
