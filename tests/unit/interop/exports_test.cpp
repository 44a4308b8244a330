#include <pugixml.hpp>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/interop/exports/arm_trials.hpp"
#include "experiments/interop/exports/escapes.hpp"
#include "experiments/interop/exports/export_formats.hpp"
#include "experiments/interop/imports/import_formats.hpp"
#include "tests/support/message_of.hpp"
#include "tests/unit/decide/attempts.hpp"

namespace assay::interop {
namespace exports_tests {

using nlohmann::json;

/// An attempt with the wall times of its trials beside their values.
struct Attempt {
  Plan plan = decide::simple_plan();
  std::vector<Block> blocks;
  AttemptResult result;

  explicit Attempt(double log_ratio) {
    plan.workloads.front().command = {"./work"};
    for (int number = 1; number <= 12; ++number) {
      blocks.push_back(decide::drawn_block(plan, number, {.log_ratio = log_ratio}));
      for (Trial& trial : blocks.back().trials) {
        trial.usage.wall = nanoseconds(static_cast<std::int64_t>(1e9 * trial.values.at(0).value()));
        trial.usage.user = trial.usage.wall / 2;
      }
    }
    result = decide::result_of(plan, {.log_ratio = log_ratio});
  }
  [[nodiscard]] std::string in(std::string_view format) const {
    return export_format(format).text_of({plan, blocks, result});
  }
};

TEST(Exports, AreReadBackByTheImportOfTheirTool) {
  const Attempt attempt(-0.1);
  for (const char* format : {"hyperfine", "google-benchmark", "go"}) {
    const auto read = import_file(attempt.in(format), "file", std::nullopt);
    ASSERT_TRUE(read) << format;
    EXPECT_EQ(read->format->name, format);
    ASSERT_GE(read->file.samples.size(), 2U);
    EXPECT_EQ(read->file.samples[0].values.size(), 12U) << format;
    EXPECT_NEAR(read->file.samples[0].values[3],
                attempt.blocks[3].trials[0].arm == kControl ? attempt.blocks[3].trials[0].values[0].value()
                                                            : attempt.blocks[3].trials[1].values[0].value(),
                1e-8)
        << format;
  }
}

TEST(Exports, NameArmsForCompareDotPyAndBenchstat) {
  const Attempt attempt(-0.1);
  EXPECT_EQ(json::parse(attempt.in("google-benchmark"))["benchmarks"][0]["name"], "control/work");
  EXPECT_NE(attempt.in("go").find("\nBenchmarkwork/arm=treatment\t1\t"), std::string::npos);
}

TEST(Exports, ShowTrialsAsSpansOfTheirBlocks) {
  Attempt attempt(-0.1);
  Trial& second = attempt.blocks[0].trials[1];
  attempt.blocks[0].started_ns = 1'000'000'000;
  attempt.blocks[0].trials[0].outside.conclude = nanoseconds(5);
  second.outside.prepare = nanoseconds(7);
  second.outcome = Exited{3};
  const json file = json::parse(attempt.in("opentelemetry"));
  const json& spans = file["resourceSpans"][0]["scopeSpans"][0]["spans"];
  ASSERT_EQ(spans.size(), 1 + 12 + 24);
  EXPECT_FALSE(spans[0].contains("parentSpanId"));
  EXPECT_EQ(spans[1]["parentSpanId"], spans[0]["spanId"]);
  EXPECT_EQ(spans[3]["parentSpanId"], spans[1]["spanId"]);
  EXPECT_EQ(spans[3]["traceId"], spans[0]["traceId"]);
  const std::int64_t first_wall = attempt.blocks[0].trials[0].usage.wall.count();
  EXPECT_EQ(spans[2]["startTimeUnixNano"], "1000000000");
  EXPECT_EQ(spans[3]["startTimeUnixNano"], std::to_string(1'000'000'000 + first_wall + 5 + 7));
  EXPECT_EQ(spans[2]["status"]["code"], 1);
  EXPECT_EQ(spans[3]["status"]["message"], "exited 3");
  EXPECT_EQ(spans[1]["endTimeUnixNano"], spans[3]["endTimeUnixNano"]);
}

TEST(Exports, GiveEverySpanAnIdOfItsOwn) {
  std::set<std::string> ids;
  const json file = json::parse(Attempt(0).in("opentelemetry"));
  for (const json& span : file["resourceSpans"][0]["scopeSpans"][0]["spans"]) ids.insert(span["spanId"]);
  EXPECT_EQ(ids.size(), 37U);
  EXPECT_EQ(ids.begin()->size(), 16U);
}

TEST(Exports, HaveALineForEachArmInHyperfinesTables) {
  const std::string csv = Attempt(-0.1).in("hyperfine-csv");
  EXPECT_TRUE(csv.starts_with("command,mean,stddev,median,user,system,min,max\n"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 3);
  const std::string markdown = Attempt(-0.1).in("hyperfine-markdown");
  EXPECT_NE(markdown.find("| 1.00 |\n"), std::string::npos);
  EXPECT_NE(markdown.find("| 1.1"), std::string::npos);
}

TEST(Exports, TellAJUnitReaderWhatFailed) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(Attempt(0.2).in("junit").c_str()));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  EXPECT_EQ(suite.attribute("tests").as_int(), 1);
  EXPECT_EQ(suite.attribute("failures").as_int(), 1);
  EXPECT_TRUE(suite.child("testcase").child("failure"));
  ASSERT_TRUE(document.load_string(Attempt(-0.2).in("junit").c_str()));
  EXPECT_FALSE(document.child("testsuites").child("testsuite").child("testcase").child("failure"));
}

TEST(Exports, GiveMediansToGithubActionBenchmark) {
  const Attempt attempt(-0.1);
  const json entries = json::parse(attempt.in("github-benchmark"));
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0]["unit"], "s");
  EXPECT_EQ(entries[1]["value"], attempt.result.comparisons[0].metrics[0].treatment.median);
}

TEST(Exports, HoldEveryTrialAsALine) {
  Attempt attempt(-0.1);
  attempt.blocks[0].trials[0].outcome = Exited{3};
  attempt.blocks[0].trials[0].values.clear();
  const std::string text = attempt.in("trials");
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 25);
  EXPECT_NE(text.find(",exited,"), std::string::npos);
  EXPECT_NE(text.find("wall [s]"), std::string::npos);
}

TEST(Exports, LeaveOutWhatRanOnBesideOthersAfterItWasDecided) {
  Attempt attempt(-0.1);
  attempt.plan.groups = {{0}};
  attempt.result.comparisons.front().blocks = 8;
  const auto lines = [](const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
  };
  EXPECT_EQ(lines(attempt.in("go"), "ns/op\n"), 16U);
  EXPECT_EQ(json::parse(attempt.in("hyperfine"))["results"][0]["times"].size(), 8U);
  const std::string trials = attempt.in("trials");
  EXPECT_EQ(lines(trials, ",no,yes,work,"), 16U);
  EXPECT_EQ(lines(trials, ",no,no,work,"), 8U);
}

TEST(Exports, HaveWholeNanosecondsOfTrialsThatWereMeasuredInThem) {
  ASSERT_NE(0.03158604 * 1e9, 31586040) << "0.03158604 s is no example of what rounding does";
  EXPECT_EQ(in_nanoseconds(0.03158604), 31586040);
  EXPECT_EQ(in_nanoseconds(0.1e-9), 0.1e-9 * 1e9) << "a metric of its own may be finer";
  EXPECT_EQ(in_nanoseconds(1.5e-9), 1.5);
  Attempt attempt(-0.1);
  for (Block& block : attempt.blocks) {
    for (Trial& trial : block.trials) trial.values[0] = 0.03158604;
  }
  EXPECT_NE(attempt.in("go").find("\t31586040 ns/op"), std::string::npos) << attempt.in("go").substr(0, 200);
}

TEST(Exports, AreNoFormulasForASpreadsheet) {
  EXPECT_EQ(csv_field("=cmd()"), "'=cmd()");
  EXPECT_EQ(csv_field("@x"), "'@x");
  EXPECT_EQ(csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(csv_field("a\nb\x1b[31m"), "a b [31m");
}

TEST(Exports, ShowMarksOfDirectionAndNeverObeyThem) {
  const std::string name = "a\u202eb\u2066c\u200ed";
  const std::string shown = "a\\xe2\\x80\\xaeb\\xe2\\x81\\xa6c\\xe2\\x80\\x8ed";
  EXPECT_EQ(csv_field(name), shown);
  EXPECT_EQ(one_word(name), shown);
  EXPECT_EQ(xml_text(name), shown);
}

TEST(Exports, HoldNoCharacterThatXmlHasNot) {
  EXPECT_EQ(xml_text("a\tb\u0001c\uFFFEd\uFFFFe\xff"), "a b c\uFFFDd\uFFFDe\uFFFD");
}

TEST(Exports, EndWordsAtNoBlank) {
  EXPECT_EQ(one_word("custom html\t(warm)"), "custom_html_(warm)");
  EXPECT_EQ(one_word(""), "_");
}

TEST(Exports, ListTheFormatsThatThereAre) {
  EXPECT_NE(test::message_of([] { (void)export_format("junt"); }).find("did you mean \"junit\""), std::string::npos);
}

}  // namespace exports_tests
}  // namespace assay::interop
