#include "experiments/screen/progress.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/report/layout.hpp"
#include "tests/support/side_by_side_plan.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::screen {
namespace progress_tests {

using namespace std::chrono_literals;
using decide::AttemptAnalysis;

constexpr const char* kErase = "\r\x1b[K";

/// A display whose clock the test turns and whose text the test reads; a session of 10 blocks at most, in which
/// treatment takes four fifths of control's time.
class ProgressTest : public testing::Test {
 protected:
  ProgressTest() : plan_(report::example_plan()) {
    plan_.protocol.max_blocks = 10;
    output_.write = [this](std::string_view text) { shown_ += text; };
    output_.now = [this] { return now_; };
  }

  void begin(ProgressMode mode) {
    output_.mode = mode;
    analysis_.emplace(plan_);
    display_.emplace(output_);
    display_->measuring_began(plan_);
  }

  /// Finishes the next block this much later; returns what that wrote.
  std::string finish_block(nanoseconds later) {
    now_ += later;
    Block block;
    block.number = ++blocks_;
    const double scatter = 0.001 * blocks_;
    block.trials = {trial(kControl, 1 + scatter), trial(1, 0.8)};
    analysis_->add(block);
    shown_.clear();
    const decide::Progress progress = analysis_->progress(0);
    display_->block_finished(block, {{.blocks = progress.blocks,
                                      .cap = progress.cap,
                                      .estimate = progress.estimate,
                                      .interval = progress.interval,
                                      .open = analysis_->blocks_to_next_look(0) > 0}});
    return shown_;
  }

  static Trial trial(ArmIndex arm, double seconds) {
    Trial measured;
    measured.arm = arm;
    measured.values = {seconds};
    return measured;
  }

  Plan plan_;
  ProgressOutput output_;
  std::string shown_;
  nanoseconds now_ = 100s;
  int blocks_ = 0;
  std::optional<AttemptAnalysis> analysis_;
  std::optional<ProgressDisplay> display_;
};

TEST_F(ProgressTest, ShowsBlocksAndTimeLeftFromTheFirstBlockOn) {
  begin(ProgressMode::line);
  EXPECT_EQ(finish_block(2s), std::string(kErase) + "1 of at most 10 blocks, at most 18 s left");
}

TEST_F(ProgressTest, ShowsTheEstimateOnceThereWasALook) {
  begin(ProgressMode::line);
  std::string last;
  for (int block = 0; block < 6; ++block) last = finish_block(2s);
  EXPECT_EQ(last, std::string(kErase) + "6 of at most 10 blocks, wall -20.3 % (no bound yet), at most 8 s left");
}

TEST_F(ProgressTest, DrawsAtMostTenTimesASecond) {
  begin(ProgressMode::line);
  EXPECT_NE(finish_block(1ms), "");
  EXPECT_EQ(finish_block(50ms), "");
  EXPECT_NE(finish_block(50ms), "");
}

TEST_F(ProgressTest, NeverFillsTheTerminalsLastColumn) {
  output_.style.width = 30;
  begin(ProgressMode::line);
  const std::string line = finish_block(2s).substr(std::string(kErase).size());
  EXPECT_EQ(line, "1 of at most 10 blocks, at...");
  EXPECT_EQ(report::display_width(line), 29);
}

TEST_F(ProgressTest, SurvivesATerminalThatIsMadeNarrower) {
  int columns = 60;
  output_.width = [&columns] { return columns; };
  begin(ProgressMode::line);
  finish_block(2s);  // 43 columns
  columns = 20;      // they now fill three rows
  const std::string up = "\r\x1b[K\x1b[A";
  EXPECT_EQ(finish_block(2s), up + up + std::string(kErase) + "2 of at most 10 ...");
}

TEST_F(ProgressTest, ANoteTakesTheLinesPlaceAndStays) {
  begin(ProgressMode::line);
  finish_block(2s);
  shown_.clear();
  display_->note("standard output differs between the arms");
  EXPECT_EQ(shown_, std::string(kErase) + "note: standard output differs between the arms\n");
}

TEST_F(ProgressTest, LeavesNothingBehind) {
  begin(ProgressMode::line);
  display_->step_began("warm-up");
  EXPECT_EQ(shown_, std::string(kErase) + "warm-up");
  shown_.clear();
  display_.reset();
  EXPECT_EQ(shown_, kErase);
}

TEST_F(ProgressTest, WithoutATerminalWritesALineAtEachLook) {
  begin(ProgressMode::plain);
  display_->step_began("warm-up");
  std::string written;
  for (int block = 0; block < 9; ++block) written += finish_block(2s);
  // Looks of a cap of 10 fall at 6, 8 and 10 blocks.
  EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 2) << written;
  EXPECT_EQ(written.find('\x1b'), std::string::npos);
  EXPECT_EQ(written.substr(0, written.find('\n')),
            "6 of at most 10 blocks, wall -20.3 % (no bound yet), at most 8 s left");
}

TEST_F(ProgressTest, SilentMeansSilent) {
  begin(ProgressMode::silent);
  display_->step_began("warm-up");
  display_->note("something");
  display_->say("something");
  EXPECT_EQ(finish_block(2s), "");
  display_.reset();
  EXPECT_EQ(shown_, "");
}

TEST_F(ProgressTest, MaxTimeLimitsTheTimeLeft) {
  plan_.protocol.max_time = 10s;
  begin(ProgressMode::line);
  EXPECT_EQ(finish_block(4s), std::string(kErase) + "1 of at most 10 blocks, at most 6 s left");
}

TEST_F(ProgressTest, ForeignTextCannotDriveTheTerminal) {
  begin(ProgressMode::line);
  display_->step_began("setup of \x1b[2J");
  EXPECT_EQ(shown_, std::string(kErase) + "setup of \\x1b[2J");
}

/// Workloads a and c run side by side, b alone: at most 10 blocks each.
class GroupProgressTest : public testing::Test {
 protected:
  GroupProgressTest() : plan_(test::plan_of_groups()) {
    for (attempt::CellProgress& cell : cells_) cell.cap = 10;
    plan_.protocol.max_blocks = 10;
    ProgressOutput output;
    output.mode = ProgressMode::line;
    output.write = [this](std::string_view text) { shown_ += text; };
    output.now = [this] { return now_; };
    display_.emplace(std::move(output));
    display_->measuring_began(plan_);
  }

  /// Ends a turn this much later; returns what that wrote.
  std::string finish_turn(const std::vector<std::size_t>& group, int number, nanoseconds later) {
    now_ += later;
    shown_.clear();
    for (const std::size_t cell : group) {
      cells_[cell].blocks = number;
      Block block{.cell = cell, .number = number, .trials = {}, .beside = {}};
      if (group.size() > 1) block.beside = {cell == 0 ? 2U : 0U};
      display_->block_finished(block, cells_);
    }
    return shown_;
  }

  Plan plan_;
  std::string shown_;
  nanoseconds now_ = 100s;
  std::vector<attempt::CellProgress> cells_ = std::vector<attempt::CellProgress>(3);  ///< all open
  std::optional<ProgressDisplay> display_;
};

TEST_F(GroupProgressTest, CountsATurnOnceAndShowsOneWorkloadOfItAfterTheOther) {
  EXPECT_EQ(finish_turn({0, 2}, 1, 2s), std::string(kErase) + "c: 1 of at most 10 blocks, at most 38 s left");
  finish_turn({1}, 1, 2s);
  EXPECT_EQ(finish_turn({0, 2}, 2, 2s), std::string(kErase) + "a: 2 of at most 10 blocks, at most 36 s left");
}

TEST_F(GroupProgressTest, DoesNotShowAWorkloadThatOnlyRunsBesideOthers) {
  finish_turn({0, 2}, 1, 2s);
  cells_[2].open = false;
  EXPECT_EQ(finish_turn({0, 2}, 3, 2s), "");
  EXPECT_NE(finish_turn({0, 2}, 4, 2s), "");
}

}  // namespace progress_tests
}  // namespace assay::screen
