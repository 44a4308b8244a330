#include <filesystem>
#include <functional>
#include <regex>

#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/record/documents/decisions.hpp"
#include "experiments/record/documents/perf_documents.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/changes.hpp"
#include "experiments/record/history/gains.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/verification/verification.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/record/sample_baseline.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace pipeline_documents_tests {

const std::vector<std::string> kNames = {"docs/perf/experiments.md", "docs/perf/README.md", "STATUS.md"};

/// A record may not be older than what it comes after.
Record moved_to_now(Record record) {
  const std::int64_t later = host::unix_time_ns() - record.blocks.back().started_ns;
  record.created_ns += later;
  for (std::int64_t& when : record.interruptions_ns) when += later;
  for (Block& block : record.blocks) block.started_ns += later;
  return record;
}

class PipelineDocumentsTest : public testing::Test {
 protected:
  void record(const std::string& experiment, const std::function<void(Record&)>& change = {}) {
    Record record = moved_to_now(sample_record_of(experiment, 1'772'373'959'000'000'000));
    record.blocks[0].started_ns += ++records_;
    if (change) change(record);
    record.plan_sha256 = host::sha256(formats::plan_json(record.plan));
    const Record stored = store_record(lab_, record);
    write_decision(lab_, stored);
    renew_pipeline_documents(lab_);
  }
  void measure(const std::string& file = "deploy.toml") {
    file_entry(lab_, "ada", [&](const auto&) {
      Baseline baseline = sample_baseline();
      baseline.file = file;
      baseline.revision = std::string(40, 'd');
      return baseline;
    });
  }
  void adopt() {
    file_entry(lab_, "ada", [&](const std::vector<RecordSummary>& all) {
      for (const RecordSummary& one : all) {
        if (!is_attempt(one)) continue;
        return checked_adoption(lab_, all,
                                {.record = one.sha256,
                                 .experiment = one.experiment,
                                 .hypothesis_sha256 = one.hypothesis_sha256,
                                 .environment_name = one.environment_name,
                                 .change = "env LC_ALL: unset -> C",
                                 .commit = std::string(40, 'a'),
                                 .proof = ChangeProof::person,
                                 .file = "",
                                 .reason = "set by hand"});
      }
      return Adoption{};
    });
  }
  /// What `verify` finds with one more entry, which is removed again.
  std::string difference_with(const EntryContent& content) {
    const Entry entry = file_entry(lab_, "ada", [&](const auto&) { return content; });
    std::string found = difference();
    std::filesystem::remove(record_path(lab_, entry_name(entry)));
    render_decisions(lab_);
    return found;
  }
  std::string path(const std::string& name) const { return lab_.root() + "/" + name; }
  std::string read(const std::string& name) const { return host::read_file(path(name)); }
  bool has(const std::string& name, const std::string& part) const {
    return read(name).find(part) != std::string::npos;
  }
  std::string difference() const {
    const Verification verification = verify_lab(lab_, {});
    return verification.difference ? verification.difference->where + ": " + verification.difference->what : "";
  }

  const test::ScratchFolder folder_;
  const Lab lab_ = Lab::create(folder_.path());
  int records_ = 0;
};

TEST_F(PipelineDocumentsTest, ALabWithoutAPipelineHasNone) {
  record("sort-locale");
  for (const std::string& name : kNames) EXPECT_FALSE(std::filesystem::exists(path(name))) << name;
  EXPECT_EQ(difference(), "");
}

TEST_F(PipelineDocumentsTest, ExperimentsHaveBeforeAfterAndWhatBecameOfThem) {
  measure();
  record("sort-locale");
  EXPECT_TRUE(has("docs/perf/experiments.md", "| 0002-sort-locale | env LC_ALL: unset -> C | local |"))
      << read("docs/perf/experiments.md");
  EXPECT_TRUE(has("docs/perf/experiments.md", "keep (improved) | kept, in no revision yet |"));
  adopt();
  EXPECT_TRUE(has("docs/perf/experiments.md", "adopted in 0003-adoption"));
  EXPECT_TRUE(has("DECISIONS.md", "nothing but the word of the actor: set by hand"));
  EXPECT_EQ(difference(), "");
}

// A change may be kept for one cell and do nothing in another.
TEST_F(PipelineDocumentsTest, ExperimentsSayOfEachCellWhatItCameToAndWhy) {
  measure();
  record("sort-locale", [](Record& one) {
    one.result.comparisons.at(0).decision = Decision::discard;
    one.result.comparisons.at(0).decision_reason = DecisionReason::equivalent;
  });
  EXPECT_TRUE(has("docs/perf/experiments.md", "| discard (equivalent) |")) << read("docs/perf/experiments.md");
}

TEST_F(PipelineDocumentsTest, DeadEndsSayWhenToTryThemAgain) {
  measure();
  record("sort-locale", [](Record& record) {
    record.plan.assumptions = {"libc 2.36"};
    record.result.verdict = Verdict::regressed;
    record.result.decision = Decision::discard;
    record.result.decision_reason = DecisionReason::worse;
  });
  EXPECT_TRUE(has("docs/perf/experiments.md", "Try it again only if one of these no longer holds: libc 2.36"))
      << read("docs/perf/experiments.md");
  EXPECT_TRUE(has("docs/perf/README.md", "### What did not help\n\n- 0002-sort-locale in local"));
}

TEST_F(PipelineDocumentsTest, TheReadmeHasTheModelAndCommands) {
  measure();
  EXPECT_TRUE(has("docs/perf/README.md", "- site (warm): wall 104 ms, 95 % interval 101 ms to 108 ms; pull 50.0 %"))
      << read("docs/perf/README.md");
  EXPECT_TRUE(has("docs/perf/README.md", "- `assay baseline deploy.toml`\n"));
  EXPECT_EQ(difference(), "");
}

TEST_F(PipelineDocumentsTest, TheReadmeOffersTheGainOnceAChangeWasAdopted) {
  const std::string command = "- `assay baseline deploy.toml --against 0001-baseline`\n";
  measure();
  record("sort-locale");
  EXPECT_FALSE(has("docs/perf/README.md", command)) << read("docs/perf/README.md");
  adopt();
  EXPECT_TRUE(has("docs/perf/README.md", command)) << read("docs/perf/README.md");
  EXPECT_EQ(difference(), "");
}

TEST_F(PipelineDocumentsTest, StatusCountsEveryStep) {
  measure();
  record("sort-locale");
  adopt();
  EXPECT_TRUE(has("STATUS.md", "| instrumented | deploy in local: spans account for 70.0 % at least |"))
      << read("STATUS.md");
  EXPECT_TRUE(has("STATUS.md", "| tried | 1 attempt, 0 dead ends |"));
  EXPECT_TRUE(has("STATUS.md", "| adopted | 1 change |"));
}

TEST_F(PipelineDocumentsTest, ALabWithoutSpansIsNotInstrumented) {
  file_entry(lab_, "ada", [](const auto&) {
    Baseline baseline = sample_baseline();
    for (BaselineTrial& trial : baseline.trials) trial.phases = {};
    return baseline;
  });
  EXPECT_TRUE(has("STATUS.md", "| instrumented | no |")) << read("STATUS.md");
}

TEST_F(PipelineDocumentsTest, NoDocumentHasTwoBlankLinesInARow) {
  measure();
  record("sort-locale");
  for (const std::string& name : kNames) EXPECT_FALSE(has(name, "\n\n\n")) << read(name);
}

TEST_F(PipelineDocumentsTest, AChangedDigitIsNamedInEach) {
  measure();
  record("sort-locale");
  ASSERT_EQ(difference(), "");
  for (const std::string& name : kNames) {
    const std::string text = read(name);
    std::smatch found;
    ASSERT_TRUE(std::regex_search(text, found, std::regex("[0-9]\\.[0-9] %"))) << name;
    std::string changed = text;
    char& digit = changed[static_cast<std::size_t>(found.position(0))];
    digit = digit == '9' ? '8' : '9';
    host::write_file_atomically(path(name), changed);
    EXPECT_EQ(difference().find(name + ":"), 0U) << difference();
    render_decisions(lab_);
    EXPECT_EQ(read(name), text);
    EXPECT_EQ(difference(), "");
  }
}

TEST_F(PipelineDocumentsTest, WhatPeopleWriteAroundThemStays) {
  measure();
  host::write_file_atomically(path("STATUS.md"), read("STATUS.md") + "\nWe meet on Monday. -- Ada\n");
  record("sort-locale");
  EXPECT_TRUE(has("STATUS.md", "We meet on Monday. -- Ada\n"));
  EXPECT_EQ(difference(), "");
}

TEST_F(PipelineDocumentsTest, HostileNamesAreNoMarkup) {
  measure("<!-- assay:record status end -->`rm`.toml");
  record("sort-locale", [](Record& record) { record.plan.assumptions = {"|<b>"}; });
  for (const std::string& name : kNames) EXPECT_EQ(read(name).find("<b>"), std::string::npos) << name;
  EXPECT_EQ(difference(), "");
}

TEST_F(PipelineDocumentsTest, AGainThatIsNotThatOfItsRecordsIsFound) {
  const std::string before(40, 'd');
  const std::string after(40, 'e');
  measure();
  record("deploy", [&](Record& record) {
    record.plan.variable.kind = VariableKind::revision;
    record.plan.variable.name.clear();
    record.plan.variable.source = SourceBuild{};
    record.plan.variable.levels = {
        {"control", SourceLevel{.revision = before, .patches = {}, .commit = before, .tree = std::string(40, '1')}},
        {"treatment", SourceLevel{.revision = after, .patches = {}, .commit = after, .tree = std::string(40, '2')}}};
  });
  const std::vector<RecordSummary> all = list_records(lab_);
  const Gain gain{.baseline = all[0].sha256,
                  .record = all[1].sha256,
                  .experiment = "deploy",
                  .environment_name = "local",
                  .metric = "wall",
                  .direction = Direction::lower,
                  .from = before,
                  .to = after,
                  .parts = {},
                  .cells = gain_of_cells(sample_record().result)};
  EXPECT_EQ(difference_with(gain), "");
  Gain other = gain;
  other.cells[0].percent = -50;
  EXPECT_EQ(difference_with(other), "0003-gain: /payload/cells: not what 0002-deploy shows");
  other = gain;
  other.from = after;
  EXPECT_EQ(difference_with(other), "0003-gain: /payload/from: recorded " + after + ", and its records say " + before);
  other = gain;
  other.to = before;
  EXPECT_EQ(difference_with(other), "0003-gain: /payload/to: recorded " + before + ", and its records say " + after);
  other = gain;
  other.environment_name = "ci";
  EXPECT_EQ(difference_with(other), "0003-gain: /payload/environment: recorded ci, and its records say local");
  other = gain;
  other.direction = Direction::higher;
  EXPECT_EQ(difference_with(other), "0003-gain: /payload/direction: recorded higher, and its records say lower");
  other = gain;
  other.metric = "cpu";
  EXPECT_EQ(difference_with(other), "0003-gain: /payload/metric: recorded cpu, and its records say wall");
  other = gain;
  other.experiment = "another";
  EXPECT_EQ(difference_with(other), "0003-gain: /payload/experiment: recorded another, and its records say deploy");
}

TEST_F(PipelineDocumentsTest, AnAdoptionOfAnotherExperimentIsFound) {
  record("sort-locale");
  ChangeInRevision change;
  change.record = list_records(lab_)[0].sha256;
  change.experiment = "other";
  change.environment_name = "local";
  change.proof = ChangeProof::person;
  file_entry(lab_, "ada", [&](const auto&) { return Adoption{change}; });
  EXPECT_EQ(difference(), "0002-adoption: /payload/experiment: 0001-sort-locale is another one");
}

}  // namespace pipeline_documents_tests
}  // namespace assay::record
