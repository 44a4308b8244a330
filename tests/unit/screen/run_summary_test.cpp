#include "experiments/screen/running/run_summary.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace assay::screen {
namespace run_summary_tests {

using std::chrono::minutes;

FileSummary kept() {
  return {.file = "one.toml",
          .end = FileEnd::finished,
          .decision = Decision::keep,
          .verdict = Verdict::improved,
          .record = "0001-one",
          .blocks = 24,
          .node_time = minutes(30)};
}

TEST(RunSummary, HasALineForEachFileAndTheNodeHoursOfAll) {
  const FileSummary open{.file = "a-longer-name.toml",
                         .end = FileEnd::node_hours,
                         .blocks = 1,
                         .node_time = minutes(60),
                         .why = "the node-hours are spent; the attempt stays open"};
  EXPECT_EQ(summary_text({kept(), open}),
            "2 files, 1.5 node-hours\n"
            "  one.toml            keep        24 blocks  0.5 node-hours  0001-one\n"
            "  a-longer-name.toml  node-hours  1 block    1 node-hours    the node-hours are spent; the attempt stays "
            "open\n");
}

TEST(RunSummary, SaysWhyAFileWasNotMeasured) {
  const FileSummary refused{.file = "two.toml", .end = FileEnd::refused, .why = "two: a dead end"};
  EXPECT_EQ(summary_text({kept(), refused}),
            "2 files, 0.5 node-hours\n"
            "  one.toml  keep     24 blocks  0.5 node-hours  0001-one\n"
            "  two.toml  refused                             two: a dead end\n");
}

TEST(RunSummary, LeavesNodeHoursOutOnOneMachine) {
  FileSummary local = kept();
  local.node_time.reset();
  local.decision = Decision::discard;
  local.verdict = Verdict::regressed;
  EXPECT_EQ(summary_text({local}), "1 files\n  one.toml  discard (regressed)  24 blocks  0001-one\n");
}

TEST(RunSummary, SendsNoControlCharactersToTheTerminal) {
  EXPECT_EQ(summary_text({{.file = "a\x1b[2J", .end = FileEnd::failed, .why = "b\x1b[2J"}}).find('\x1b'),
            std::string::npos);
}

TEST(RunSummary, GivesProgramsTheSame) {
  EXPECT_EQ(summary_object(kept()), nlohmann::json::parse(R"({"file": "one.toml", "end": "finished",
    "decision": "keep", "verdict": "improved", "record": "0001-one", "blocks": 24, "node_hours": 0.5})"));
}

}  // namespace run_summary_tests
}  // namespace assay::screen
