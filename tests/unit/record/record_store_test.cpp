#include "experiments/record/record_store.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "experiments/formats/record/record_json.hpp"
#include "experiments/record/record_search.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_disk.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace record_store_tests {

namespace fs = std::filesystem;
using test::ForkedChild;
using test::message_of;

class RecordStoreTest : public testing::Test {
 protected:
  /// Stores a record of that experiment; each is made later than the one before.
  Record store(const std::string& experiment) { return store_record(lab_, sample_record_of(experiment, ++clock_ns_)); }

  std::string path_of(const std::string& name) const { return lab_.records_folder() + "/" + name + ".json"; }

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const RecordSummary& record : list_records(lab_)) all.push_back(record.name);
    return all;
  }

  /// As a git merge would: a record of another branch is laid beside ours.
  Record lay(const std::string& experiment, int number, const std::vector<std::string>& parents) {
    Record record = sample_record_of(experiment, ++clock_ns_);
    record.number = number;
    record.parents = parents;
    host::write_file_atomically(path_of(record_name(record)), formats::record_json(record));
    return record;
  }

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());

 private:
  std::int64_t clock_ns_ = 1'772'373'959'000'000'000;
};

TEST_F(RecordStoreTest, CountsRecordsFromOne) {
  EXPECT_EQ(record_name(store("a")), "0001-a");
  EXPECT_EQ(record_name(store("b")), "0002-b");
  EXPECT_EQ(names(), (std::vector<std::string>{"0001-a", "0002-b"}));
}

TEST_F(RecordStoreTest, WritesExactlyTheCanonicalText) {
  const Record record = store("a");
  EXPECT_EQ(host::read_file(path_of("0001-a")), formats::record_json(record));
  EXPECT_EQ(record_sha256(lab_, record), host::sha256(formats::record_json(record)));
}

TEST_F(RecordStoreTest, ChainsEachRecordToTheOneBefore) {
  const Record first = store("a");
  EXPECT_TRUE(first.parents.empty());
  const Record second = store("b");
  EXPECT_EQ(second.parents, std::vector<std::string>{record_sha256(lab_, first)});
  EXPECT_EQ(store("c").parents, std::vector<std::string>{record_sha256(lab_, second)});
}

TEST_F(RecordStoreTest, JoinsTwoBranchesWithBothAsParents) {
  const std::string root = record_sha256(lab_, store("a"));
  const Record ours = lay("ours", 2, {root});
  const Record theirs = lay("theirs", 2, {root});
  std::vector<std::string> heads = {record_sha256(lab_, ours), record_sha256(lab_, theirs)};
  std::sort(heads.begin(), heads.end());
  const Record joined = store("b");
  EXPECT_EQ(joined.number, 3);
  EXPECT_EQ(joined.parents, heads);
}

TEST_F(RecordStoreTest, StoresAnAttemptOnce) {
  const Record first = store("a");
  const Record again = store("a");  // same plan, same blocks, another moment: a kill came between
  EXPECT_EQ(again.number, 1);
  EXPECT_EQ(again.created_ns, first.created_ns);
  EXPECT_EQ(names(), std::vector<std::string>{"0001-a"});
}

TEST_F(RecordStoreTest, StoresASecondAttemptOfTheSamePlan) {
  (void)store("a");
  Record second = sample_record_of("a", 1);
  second.blocks[0].started_ns += 1;
  EXPECT_EQ(store_record(lab_, second).number, 2);
}

TEST_F(RecordStoreTest, GivesTwoProcessesTwoNumbers) {
  constexpr int kEach = 10;
  const auto store_some = [&](const std::string& experiment) {
    return [&, experiment](const ForkedChild::Tell& tell) {
      for (int count = 0; count < kEach; ++count)
        tell(std::to_string(store(experiment + std::to_string(count)).number));
    };
  };
  ForkedChild one(store_some("one"));
  ForkedChild two(store_some("two"));
  std::set<std::string> numbers;
  while (const auto number = one.next_line()) numbers.insert(*number);
  while (const auto number = two.next_line()) numbers.insert(*number);
  EXPECT_EQ(numbers.size(), 2U * kEach);
  const std::vector<RecordSummary> records = list_records(lab_);
  ASSERT_EQ(records.size(), 2U * kEach);
  EXPECT_EQ(records.back().number, 2 * kEach);
  // One chain: each names exactly the one before.
  for (std::size_t index = 1; index < records.size(); ++index) {
    EXPECT_EQ(records[index].parents, std::vector<std::string>{records[index - 1].sha256});
  }
}

TEST_F(RecordStoreTest, LeavesNothingWhenTheDiskIsFull) {
  const test::SmallDisk disk("72k");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  const Lab lab = Lab::create(disk / "");
  host::write_file_atomically(disk / "ballast", std::string(38'000, 'x'));
  EXPECT_NE(message_of([&] { (void)store_record(lab, sample_record()); }).find("No space left on device"),
            std::string::npos);
  EXPECT_TRUE(fs::is_empty(lab.records_folder()));
  fs::remove(disk / "ballast");
  EXPECT_EQ(store_record(lab, sample_record()).number, 1);
}

TEST_F(RecordStoreTest, CanBeReadInAReadOnlyLab) {
  const test::SmallDisk disk("1m");
  if (!disk.mounted()) GTEST_SKIP() << "mounting is not permitted here";
  const Lab lab = Lab::create(disk / "");
  (void)store_record(lab, sample_record());
  disk.make_read_only();
  EXPECT_EQ(list_records(lab).size(), 1U);
  EXPECT_EQ(find_record(lab, "1").number, 1);
  EXPECT_NE(message_of([&] { (void)store_record(lab, sample_record_of("b", 1)); }).find("Read-only file system"),
            std::string::npos);
}

TEST_F(RecordStoreTest, ListsWhatTheLogShows) {
  const Record record = store("a");
  const RecordSummary summary = list_records(lab_).at(0);
  EXPECT_EQ(summary.name, "0001-a");
  EXPECT_EQ(summary.sha256, record_sha256(lab_, record));
  EXPECT_EQ(summary.number, 1);
  EXPECT_EQ(summary.experiment, "a");
  EXPECT_EQ(summary.hypothesis, "LC_ALL=C makes sort faster");
  EXPECT_EQ(summary.verdict, Verdict::improved);
  EXPECT_EQ(summary.decision, Decision::keep);
  EXPECT_EQ(summary.reason, DecisionReason::improved);
  EXPECT_EQ(summary.created_ns, record.created_ns);
  EXPECT_EQ(summary.actor, "ada@example.org");
  EXPECT_EQ(summary.environment_name, "local");
}

TEST_F(RecordStoreTest, ListsTheSameWithAndWithoutTheIndex) {
  (void)store("a");
  (void)store("b");
  const std::vector<RecordSummary> indexed = list_records(lab_);
  fs::remove(lab_.index_path());
  EXPECT_EQ(list_records(lab_), indexed);
}

TEST_F(RecordStoreTest, SeesThatAFileChangedOrWent) {
  (void)store("a");
  (void)store("b");
  const std::string before = list_records(lab_)[0].sha256;
  host::write_file_atomically(path_of("0001-a"), host::read_file(path_of("0001-a")) + "\n");
  fs::remove(path_of("0002-b"));
  const std::vector<RecordSummary> after = list_records(lab_);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_NE(after[0].sha256, before);
}

TEST_F(RecordStoreTest, IsEmptyWhereGitKeptNoFolder) {
  fs::remove(lab_.records_folder());
  EXPECT_TRUE(list_records(lab_).empty());
  EXPECT_EQ(store("a").number, 1);
}

TEST_F(RecordStoreTest, PassesOverOtherFiles) {
  host::write_file_atomically(lab_.records_folder() + "/README.md", "ours");
  host::write_file_atomically(lab_.records_folder() + "/.0001-a.json.42-0.tmp", "left by a kill");
  EXPECT_TRUE(list_records(lab_).empty());
}

TEST_F(RecordStoreTest, NamesAFileThatIsNoRecord) {
  host::write_file_atomically(path_of("0001-a"), "{");
  EXPECT_EQ(message_of([&] { (void)list_records(lab_); }).substr(0, 27), "0001-a.json:1:1: not JSON: ");
  host::write_file_atomically(path_of("0001-a"), R"({"blocks":[]})");
  EXPECT_EQ(message_of([&] { (void)list_records(lab_); }),
            R"(0001-a.json is not a record: not a record of assay: "format" is not "assay record")");
}

TEST_F(RecordStoreTest, NamesARecordUnderAnotherName) {
  (void)store("a");
  fs::rename(path_of("0001-a"), path_of("0005-b"));
  EXPECT_EQ(message_of([&] { (void)list_records(lab_); }),
            "0005-b.json is not a record: the file holds the record 0001-a: rename it to that");
}

TEST_F(RecordStoreTest, FindsByNumberNameExperimentAndHash) {
  const Record first = store("a");
  const Record second = store("b");
  EXPECT_EQ(find_record(lab_, "1").number, first.number);
  EXPECT_EQ(find_record(lab_, "0002").number, second.number);
  EXPECT_EQ(find_record(lab_, "0002-b").number, second.number);
  EXPECT_EQ(find_record(lab_, "a").number, first.number);
  EXPECT_EQ(find_record(lab_, record_sha256(lab_, second)).number, second.number);
  EXPECT_EQ(find_record(lab_, record_sha256(lab_, second).substr(0, 12)).number, second.number);
}

TEST_F(RecordStoreTest, FindsTheNewestOfAnExperiment) {
  (void)store("a");
  Record second = sample_record_of("a", 1);
  second.blocks.pop_back();
  (void)store_record(lab_, second);
  EXPECT_EQ(find_record(lab_, "a").number, 2);
}

TEST_F(RecordStoreTest, NamesAllThatANumberMeans) {
  const Record ours = lay("ours", 2, {});
  const Record theirs = lay("theirs", 2, {});
  EXPECT_EQ(message_of([&] { (void)find_record(lab_, "2"); }),
            "\"2\" means several records: 0002-ours (" + record_sha256(lab_, ours).substr(0, 12) + "), 0002-theirs (" +
                record_sha256(lab_, theirs).substr(0, 12) + "); give a name or more digits");
}

TEST_F(RecordStoreTest, SaysWhatItLooksFor) {
  (void)store("sort-locale");
  EXPECT_EQ(message_of([&] { (void)find_record(lab_, "sort-local"); }),
            "no record \"sort-local\": expected a number, a name, an experiment or at least 4 digits of a hash, as "
            "`assay log` lists them; did you mean \"sort-locale\"?");
  EXPECT_NE(message_of([&] { (void)find_record(lab_, "abc"); }), "");
}

}  // namespace record_store_tests
}  // namespace assay::record
