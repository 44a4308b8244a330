#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/interop/imports/sample_comparison.hpp"
#include "tests/support/message_of.hpp"

/// What is left out of files of other tools is said, and what cannot be read is told in the words of its format.
namespace assay::interop {
namespace left_out_tests {

using Texts = std::vector<std::string>;

ImportedFile read(const std::string& text, std::string_view format) {
  return *import_file(text, "file", format);
}

Texts notes(const std::string& text, std::string_view format) {
  return read(text, format).file.notes;
}

std::string jmh(std::string_view mode, std::string_view forks) {
  return fmt::format(R"([{{"benchmark":"a","mode":"{}","primaryMetric":{{"scoreUnit":"s/op","rawData":{}}}}}])", mode,
                     forks);
}

TEST(LeftOut, ForksOfJmhWithoutValues) {
  EXPECT_EQ(notes(jmh("avgt", "[[],[1],[2]]"), "jmh"), (Texts{"a: 1 of 3 forks has no values and is left out"}));
  EXPECT_EQ(notes(jmh("avgt", "[[],[],[2]]"), "jmh"), (Texts{"a: 2 of 3 forks have no values and are left out"}));
}

TEST(LeftOut, UnknownModesOfJmhAreRefused) {
  EXPECT_EQ(test::message_of([] { (void)read(jmh("bogus", "[[1]]"), "jmh"); }),
            "file: /0/mode: expected one of thrpt, avgt, sample, ss, not \"bogus\"");
  EXPECT_EQ(read(jmh("thrpt", "[[1]]"), "jmh").file.samples[0].direction, Direction::higher);
  for (const char* mode : {"avgt", "sample", "ss"}) {
    EXPECT_EQ(read(jmh(mode, "[[1]]"), "jmh").file.samples[0].direction, Direction::lower) << mode;
  }
}

TEST(LeftOut, ResultsOfGoThatAreCut) {
  EXPECT_EQ(notes("BenchmarkA-8 100 1 ns/op\nBenchmarkA-8 100\nBenchmarkA-8 100 2 ns/op 3\nok\n", "go"),
            (Texts{"file: line 2, 3: 2 results without pairs of a value and its unit, left out"}));
}

TEST(LeftOut, FailuresOfGo) {
  constexpr const char* kResult = "BenchmarkA-8 100 1 ns/op\n";
  for (const char* failure : {"--- FAIL: BenchmarkB\nFAIL\n", "FAIL\n", "FAIL\texample.org/words\t0.1s\n",
                              "BenchmarkB-8 \t--- FAIL: BenchmarkB-8\n"}) {
    EXPECT_EQ(notes(std::string(kResult) + failure, "go"),
              (Texts{"file: line 2: Go reports a failure, so values may be missing"}))
        << failure;
  }
  EXPECT_EQ(notes(std::string(kResult) + "PASS\nok  \texample.org/words\t0.1s\n", "go"), Texts{});
}

std::string google(std::string_view benchmarks) {
  return fmt::format(R"({{"context":{{}},"benchmarks":[{}]}})", benchmarks);
}

constexpr const char* kFailed = R"({"name":"A","error_occurred":true,"real_time":1})";
constexpr const char* kCounted = R"({"name":"A","real_time":1})";
constexpr const char* kOther = R"({"name":"B","real_time":1})";

TEST(LeftOut, FailedRepetitionsOfGoogleBenchmarkOnceWithTheirCount) {
  EXPECT_EQ(notes(google(fmt::format("{},{},{},{}", kFailed, kCounted, kFailed, kOther)), "google-benchmark"),
            (Texts{"A: 2 of 3 repetitions failed or were skipped, and are left out"}));
}

TEST(LeftOut, FailedRepetitionsAreSaidWhereNothingCanBeCompared) {
  EXPECT_EQ(test::message_of([] { (void)read(google(kFailed), "google-benchmark"); }),
            "file: no repetition is left: A: 1 of 1 repetition failed or was skipped, and is left out");
  const ImportedFile file = read(google(fmt::format("{},{}", kFailed, kOther)), "google-benchmark");
  EXPECT_EQ(test::message_of([&] { (void)match_names(file, std::nullopt, std::nullopt, std::nullopt); }),
            "one benchmark, \"B\": give a second file to compare it with (A: 1 of 1 repetition failed or was skipped, "
            "and is left out)");
}

TEST(LeftOut, MetricsThatOneFileLacks) {
  const ImportedFile control = read("BenchmarkA 1 1 ns/op 2 B/op\n", "go");
  const ImportedFile treatment = read("BenchmarkA 1 1 us/op 2 B/op\n", "go");
  EXPECT_EQ(match_files(control, treatment, std::nullopt).notes,
            (Texts{"A: only control has ns/op, which is left out", "A: only treatment has us/op, which is left out"}));
  EXPECT_EQ(match_files(control, treatment, "B/op").notes, Texts{});
  const ImportedFile both = read("BenchmarkA 1 1 ns/op 2 B/op\nBenchmarkB 1 1 ns/op\n", "go");
  EXPECT_EQ(match_names(both, std::nullopt, std::nullopt, std::nullopt).notes,
            (Texts{"A: only control has B/op, which is left out"}));
}

TEST(ImportMessages, SayThatUnitsDifferWhereNamesAreEqual) {
  const ImportedFile control = read("BenchmarkA 1 1 ns/op\n", "go");
  const ImportedFile treatment = read("BenchmarkA 1 1 us/op\n", "go");
  const ImportedFile other = read("BenchmarkB 1 1 ns/op\nBenchmarkC 1 1 ns/op\n", "go");
  EXPECT_EQ(test::message_of([&] { (void)match_files(control, treatment, std::nullopt); }),
            "the benchmarks of the two files have no metric in common: control has ns/op, treatment us/op; only values "
            "in the same unit are compared");
  EXPECT_EQ(test::message_of([&] { (void)match_files(control, other, std::nullopt); }),
            "the two files have no benchmark in common: control has A, treatment B, C");
}

TEST(ImportMessages, TellWhatIsWrongWithAFileOfHyperfine) {
  const auto message = [](const std::string& text) {
    return test::message_of([&] { (void)import_file(text, "file", std::nullopt); });
  };
  EXPECT_EQ(message(R"({"results":[]})"), "file: /results: expected a result for each command, and it is empty");
  EXPECT_EQ(message(R"({"results":[{"command":"a","times":[1]}]})"), "") << "a mean is not needed";
  EXPECT_EQ(message(R"({"results":[{"command":"a"}]})"),
            "file: /results/0: only summaries and no \"times\": nothing can be compared");
  EXPECT_NE(message(R"({"results":[{"times":[1]}]})").find("command"), std::string::npos);
}

TEST(ImportMessages, SayThatJsonIsOfNoToolThatIsRead) {
  EXPECT_EQ(test::message_of([] { (void)import_file(R"({"a":1})", "file", std::nullopt); }),
            "file: this JSON is of no tool that is read; there are: hyperfine, google-benchmark, pytest-benchmark, "
            "pyperf, criterion, jmh, go, perf-stat, numbers");
}

}  // namespace left_out_tests
}  // namespace assay::interop
