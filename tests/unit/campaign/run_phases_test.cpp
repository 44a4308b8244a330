#include "experiments/campaign/run_phases.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::campaign {
namespace run_phases_tests {

RunSpan span(const char* name, std::int64_t start, std::int64_t end) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  return {name, {.start_ns = start * kSecond, .end_ns = end * kSecond}};
}

class RunPhasesTest : public testing::Test {
 protected:
  std::string write(const std::string& text) {
    std::ofstream(file_) << text;
    return file_;
  }

  const test::ScratchFolder folder_;
  const std::string file_ = folder_ / "results.json";
};

TEST_F(RunPhasesTest, DivideTheTimeFromTheFirstSpanToTheLast) {
  add_to_results(file_, span("pull", 10, 16));
  add_to_results(file_, span("start", 18, 20));
  const BaselineFigures figures = run_phases(file_, "");
  ASSERT_EQ(figures.cells.size(), 1U);
  EXPECT_DOUBLE_EQ(figures.cells[0].mean_wall_seconds, 10);
  ASSERT_EQ(figures.cells[0].phases.size(), 3U);
  EXPECT_EQ(figures.cells[0].phases[0].name, "pull");
  EXPECT_DOUBLE_EQ(figures.cells[0].phases[0].share, 0.6);
  EXPECT_DOUBLE_EQ(figures.cells[0].phases[2].share, 0.2);
}

TEST_F(RunPhasesTest, AddASpanToWhatARunWrote) {
  write(R"({"ok":true,"phases":{"pull":1.5}})");
  add_to_results(file_, span("pull", 2, 4));
  EXPECT_EQ(host::read_file(file_),
            R"({"ok":true,"phases":{"pull":3.5}, "spans": [{"name":"pull","start_ns":2000000000,)"
            R"("end_ns":4000000000,"cpu_ns":0}]})");
}

TEST_F(RunPhasesTest, LeaveWhatElseIsInTheFileAsItIsWritten) {
  const std::string head =
      "{ \"id\" : 12345678901234567890123, \"big\":1e400,\n  \"small\": -1.50E-400, \"a\": \"}\\\"]\",\n";
  write(head + "  \"phases\": {\n    \"build\": 1.0\n  }\n}\n");
  add_to_results(file_, span("pull", 2, 4));
  add_to_results(file_, span("pull", 5, 6));
  EXPECT_EQ(host::read_file(file_), head +
                                        "  \"phases\": {\n    \"build\": 1.0,\n    \"pull\": 3.0\n  },\n"
                                        R"(  "spans": [{"name":"pull","start_ns":2000000000,"end_ns":4000000000,)"
                                        R"("cpu_ns":0}, {"name":"pull","start_ns":5000000000,)"
                                        R"("end_ns":6000000000,"cpu_ns":0}])"
                                        "\n}\n");
}

TEST_F(RunPhasesTest, AddASpanToAnEmptyObject) {
  write("{}");
  add_to_results(file_, span("a \"b\"", 2, 4));
  EXPECT_DOUBLE_EQ(run_phases(file_, "").cells.at(0).mean_wall_seconds, 2);
}

TEST_F(RunPhasesTest, AddNothingToWhatIsNoObject) {
  for (const std::string text :
       {"[1]", "{\"spans\":3}", "{\"phases\":[]}", "{\"phases\":{\"pull\":\"long\"}}", "{\"phases\":{\"pull\":1e400}}",
        "{\"a\":01}", "{\"a\":1e}", "{\"a\":-}", "{\"a\":1", "", "no"}) {
    write(text);
    EXPECT_EQ(test::message_of([&] { add_to_results(file_, span("pull", 2, 4)); }).find(file_ + ": "), 0U) << text;
    EXPECT_EQ(host::read_file(file_), text);
  }
}

TEST_F(RunPhasesTest, NameTheFileThatCannotBeRead) {
  EXPECT_EQ(test::message_of([&] { (void)run_phases(file_, ""); }).find(file_ + ": "), 0U);
}

}  // namespace run_phases_tests
}  // namespace assay::campaign
