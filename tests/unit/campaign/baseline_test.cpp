#include "experiments/campaign/baseline.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "core/host/machine/lock.hpp"
#include "experiments/campaign/stored_baseline.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/record/verification/verification.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::campaign {
namespace baseline_tests {

/// A lab with one experiment whose arms write different files, so that a test sees which ones ran.
class BaselineTest : public testing::Test {
 protected:
  BaselineTest() : lab_(record::Lab::create(folder_.path())) {
    ::setenv("ASSAY_LOCK_DIR", locks_.path().c_str(), 1);
    options_.running.actor = "ada";
    options_.runs = 3;
  }
  ~BaselineTest() override { ::unsetenv("ASSAY_LOCK_DIR"); }

  void write(const std::string& control, const std::string& more = "") {
    std::ofstream(folder_ / "a.toml") << R"(
[experiment]
id = "a"
hypothesis = "It is faster"
[variable]
kind = "command"
control = )" << control << R"(
treatment = ["touch", "treatment-ran"]
[[workload]]
name = "work"
)" << more << R"(
[[metric]]
name = "wall"
role = "primary"
margin = "3%"
)";
  }

  BaselineEnding measure() {
    attempt::Observer silent;
    return measure_baseline(attempt::read_experiment(folder_ / "a.toml", {}, silent), options_, silent);
  }

  const test::ScratchFolder folder_;
  const test::ScratchFolder locks_;
  const record::Lab lab_;
  BaselineOptions options_;
};

const Baseline& content(const BaselineEnding& ending) {
  return std::get<Baseline>(std::get<FiledBaseline>(ending).entry.content);
}

TEST_F(BaselineTest, RunsOnlyControlInEveryCell) {
  write(R"(["true"])", "states = [\"warm\", \"idle\"]\n[state.idle]\nwarmup = 0\n");
  const BaselineEnding ending = measure();
  ASSERT_TRUE(std::holds_alternative<FiledBaseline>(ending));
  EXPECT_EQ(content(ending).trials.size(), 6U);
  EXPECT_EQ(std::get<FiledBaseline>(ending).figures.cells.size(), 2U);
  EXPECT_FALSE(std::ifstream(folder_ / "treatment-ran").is_open());
}

TEST_F(BaselineTest, IsRecordedAndVerifies) {
  write(R"(["true"])");
  (void)measure();
  const BaselineEnding second = measure();
  const std::vector<record::RecordSummary> records = record::list_records(lab_);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_EQ(content(second).replaces, records[0].sha256);
  EXPECT_EQ(formats::entry_json(stored_baseline(lab_, records[1]).entry),
            formats::entry_json(std::get<FiledBaseline>(second).entry));
  const record::Verification verification = record::verify_lab(lab_, {});
  EXPECT_FALSE(verification.difference) << verification.difference->what;
}

TEST_F(BaselineTest, OfAnotherEnvironmentReplacesNone) {
  write(R"(["true"])");
  (void)measure();
  options_.running.environment_name = "ci";
  EXPECT_EQ(content(measure()).replaces, "");
  const std::vector<record::RecordSummary> records = record::list_records(lab_);
  EXPECT_EQ(test::message_of([&] {
              (void)change_between(stored_baseline(lab_, records[0]), stored_baseline(lab_, records[1]));
            }).find("0001-baseline was measured in local and 0002-baseline in ci: "),
            0U);
}

TEST_F(BaselineTest, KeepsTrialsThatFail) {
  write(R"(["false"])");
  const BaselineEnding ending = measure();
  const BaselineCell& cell = std::get<FiledBaseline>(ending).figures.cells.at(0);
  EXPECT_EQ(cell.measured, 0);
  EXPECT_EQ(cell.failures, (std::vector<BaselineFailure>{{"exited 1", 3}}));
  EXPECT_TRUE(std::get<FiledBaseline>(ending).figures.timeouts.empty());
}

// The hook fails from its third time on: after the warm-up and one trial.
TEST_F(BaselineTest, GivesUpACellWhoseTrialsAreVoid) {
  write(R"(["true"])", R"(prepare = { shell = "echo x >> hooks; test $(wc -l < hooks) -lt 3" }
)");
  const BaselineEnding ending = measure();
  EXPECT_EQ(content(ending).trials.size(), 5U);
  EXPECT_EQ(std::get<FiledBaseline>(ending).figures.cells.at(0).measured, 1);
  EXPECT_NE(content(ending).notes.back().find("gets no more trials: 4 in a row were void"), std::string::npos);
}

TEST_F(BaselineTest, RecordsNothingWhenStopped) {
  write(R"(["true"])");
  options_.running.stop = [] { return StopRequest::after_block; };
  EXPECT_TRUE(std::holds_alternative<BaselineInterrupted>(measure()));
  EXPECT_TRUE(record::list_records(lab_).empty());
}

TEST_F(BaselineTest, RefusesWhileTheHostMeasuresSomethingElse) {
  write(R"(["true"])");
  const host::MeasuringLock lock("another", nanoseconds{}, [](const host::LockHolder&) {});
  options_.running.host_patience = nanoseconds{};
  const BaselineEnding ending = measure();
  ASSERT_TRUE(std::holds_alternative<Refusal>(ending));
  EXPECT_TRUE(std::holds_alternative<HostBusy>(std::get<Refusal>(ending).reason));
}

TEST_F(BaselineTest, HasThePhasesThatTrialsReport) {
  write(R"(["assay-span", "pull", "--", "sleep", "0.01"])");
  const BaselineEnding ending = measure();
  for (const BaselineTrial& trial : content(ending).trials) {
    ASSERT_EQ(trial.phases.phases.size(), 1U);
    EXPECT_EQ(trial.phases.phases[0].name, "pull");
    EXPECT_EQ(trial.phases.phases[0].self + trial.phases.rest, trial.trial.usage.wall);
  }
}

}  // namespace baseline_tests
}  // namespace assay::campaign
