#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/error.hpp"
#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/interop/imports/sample_comparison.hpp"
#include "tests/support/message_of.hpp"

namespace assay::interop {
namespace imports_tests {

std::string file_text(const std::string& name) {
  std::ifstream file(ASSAY_SOURCE_FOLDER "/tests/unit/interop/files/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

ImportedFile import(const std::string& name, std::optional<std::string_view> format = {}) {
  std::optional<ImportedFile> file = import_file(file_text(name), name, format);
  if (!file) throw Error(name + " looks like no format");
  return *std::move(file);
}

ImportedFile import_text(const std::string& text, std::string_view format) {
  return *import_file(text, "file", format);
}

std::string message_of_text(const std::string& text, std::string_view format) {
  return test::message_of([&] { (void)import_text(text, format); });
}

/// "name/metric unit count", for each sample.
std::vector<std::string> contents(const ImportedFile& file) {
  std::vector<std::string> all;
  for (const Sample& sample : file.file.samples) {
    all.push_back(fmt::format("{}/{} {} {} {}", sample.name, sample.metric, sample.unit, to_string(sample.direction),
                              sample.values.size()));
  }
  return all;
}

using Contents = std::vector<std::string>;

TEST(Imports, ReadEveryRunOfHyperfine) {
  const ImportedFile file = import("hyperfine.json");
  EXPECT_EQ(file.format->name, "hyperfine");
  EXPECT_EQ(contents(file), (Contents{"gzip -1 -c data.txt/wall s lower 12", "gzip -6 -c data.txt/wall s lower 12"}));
  EXPECT_DOUBLE_EQ(file.file.samples[0].values[0], 0.053313686000000006);
}

TEST(Imports, LeaveOutRunsThatFailedAndSaySo) {
  const ImportedFile file = import("hyperfine-failures.json");
  EXPECT_EQ(contents(file), (Contents{"exit $((RANDOM % 2))/wall s lower 3"}));
  EXPECT_EQ(file.file.notes, (Contents{"exit $((RANDOM % 2)): 3 of 6 runs did not exit with 0 and are left out"}));
}

TEST(Imports, ReadTheSizesThatNewerHyperfinesMeasure) {
  const ImportedFile file = import("hyperfine-1.20.json");
  EXPECT_EQ(contents(file),
            (Contents{"gzip -1 -c data.txt/wall s lower 12", "gzip -1 -c data.txt/max_rss B lower 12",
                      "gzip -6 -c data.txt/wall s lower 12", "gzip -6 -c data.txt/max_rss B lower 12"}));
  EXPECT_EQ(file.file.samples[1].values[0], 2965504);
}

TEST(Imports, ReadTheSecondVersionOfHyperfine) {
  const ImportedFile file = import("hyperfine-2.json");
  EXPECT_EQ(contents(file), (Contents{"short/wall s lower 2", "short/max_rss B lower 2", "short/cpu s lower 2",
                                      "short/system s lower 2", "short/user s lower 2"}));
  EXPECT_DOUBLE_EQ(file.file.samples[0].values[1], 0.1035);
}

TEST(Imports, ReadCountsOfTheSecondVersionOfHyperfineWhichHaveNoUnit) {
  const ImportedFile file = import_text(
      R"({"schema_version":2,"results":[{"command":"a","measurements":[{"instructions":{"value":5},"exit_code":0}]}]})",
      "hyperfine");
  EXPECT_EQ(contents(file), (Contents{"a/instructions  lower 1"}));
}

TEST(Imports, SayThatSummariesCannotBeCompared) {
  EXPECT_EQ(test::message_of([] { (void)import("hyperfine.csv"); }),
            "hyperfine.csv: a CSV of hyperfine holds only summaries: its JSON (--export-json) has every run");
  EXPECT_EQ(
      test::message_of([] { (void)import("pytest-benchmark-summaries.json"); }),
      "pytest-benchmark-summaries.json: /benchmarks/0/stats: only summaries and no \"data\": save the values with "
      "pytest --benchmark-save-data");
}

TEST(Imports, TellTwoResultsOfOneCommandApart) {
  const ImportedFile file =
      import_text(R"({"results":[{"command":"true","mean":1,"times":[1]},{"command":"true","mean":1,"times":[2,3]}]})",
                  "hyperfine");
  EXPECT_EQ(contents(file), (Contents{"true/wall s lower 1", "true (2)/wall s lower 2"}));
}

TEST(Imports, TakeRepetitionsOfGoogleBenchmarkAndNoAggregates) {
  const ImportedFile file = import("google-benchmark.json");
  EXPECT_EQ(file.format->name, "google-benchmark");
  EXPECT_EQ(contents(file), (Contents{"Join/8/wall s lower 6", "Join/64/wall s lower 6", "Join/8/cpu s lower 6",
                                      "Join/8/items_per_second 1/s higher 6", "Join/64/cpu s lower 6",
                                      "Join/64/items_per_second 1/s higher 6"}));
  EXPECT_LT(file.file.samples[0].values[0], 1e-5);
}

TEST(Imports, ReadLinesOfGoBenchmarks) {
  const ImportedFile file = import("go-before.txt");
  EXPECT_EQ(file.format->name, "go");
  EXPECT_EQ(contents(file),
            (Contents{"example.org/words.Join-2/ns/op s lower 6", "example.org/words.Join-2/B/op B/op lower 6",
                      "example.org/words.Join-2/allocs/op allocs/op lower 6",
                      "example.org/words.Repeat-2/ns/op s lower 6", "example.org/words.Repeat-2/MB/s B/s higher 6"}));
}

TEST(Imports, FollowWhatGoSaysOfAUnit) {
  const ImportedFile file = import_text("Unit req better=higher\nBenchmarkServe 10 5 req\n", "go");
  EXPECT_EQ(contents(file), (Contents{"Serve/req req higher 1"}));
}

TEST(Imports, ReadRoundsOfPytestBenchmark) {
  const ImportedFile file = import("pytest-benchmark.json");
  EXPECT_EQ(file.format->name, "pytest-benchmark");
  EXPECT_EQ(contents(file),
            (Contents{"test_join.py::test_join/wall s lower 12", "test_join.py::test_split/wall s lower 8"}));
  EXPECT_EQ(file.file.notes.size(), 1U);
}

TEST(Imports, ReadEachReportOfPerfStatForPeople) {
  const ImportedFile file = import("perf-stat.txt");
  EXPECT_EQ(file.format->name, "perf-stat");
  EXPECT_EQ(contents(file), (Contents{"run/task-clock s lower 6", "run/page-faults  lower 6",
                                      "run/time elapsed s lower 6", "run/user s lower 6", "run/sys s lower 6"}));
  EXPECT_EQ(file.file.notes, (Contents{"cycles: not counted or not supported in 6 runs, which are left out"}));
}

TEST(Imports, SayHowToKeepEachRunIfPerfStatWroteAMean) {
  const ImportedFile file = import("perf-stat-mean.txt");
  EXPECT_EQ(contents(file).back(), "run/time elapsed s lower 1");
  ASSERT_EQ(file.file.notes.size(), 1U);
  EXPECT_NE(file.file.notes[0].find("--append"), std::string::npos) << file.file.notes[0];
  EXPECT_EQ(import_text("1,,cycles,1,100.00,,\n", "perf-stat").file.notes, file.file.notes);
}

TEST(Imports, TakeNoLinesOfTheProgramForCountsOfPerfStat) {
  const std::string report =
      "7 dwarfs\n Performance counter stats for './mine':\n\n  1,234,567 cycles # 1.0 GHz (83.3%)\n  2.5 MiB "
      "my/event/\n\n"
      "  0.5 seconds time elapsed\n\n  0.2 seconds user\n  3 seconds late\n";
  const ImportedFile file = import_text(report + report, "perf-stat");
  EXPECT_EQ(contents(file), (Contents{"run/cycles  lower 2", "run/my/event/ B lower 2", "run/time elapsed s lower 2",
                                      "run/user s lower 2"}));
  EXPECT_EQ(file.file.samples[0].values[0], 1234567);
  EXPECT_NE(message_of_text(report.substr(0, report.find("  0.5")), "perf-stat").find("line 2: the report that begins"),
            std::string::npos);
}

TEST(Imports, ReadEachRunOfPerfStat) {
  for (const char* name : {"perf-stat.csv", "perf-stat.json"}) {
    const ImportedFile file = import(name);
    EXPECT_EQ(file.format->name, "perf-stat");
    EXPECT_EQ(contents(file), (Contents{"run/task-clock s lower 6", "run/page-faults  lower 6"})) << name;
    EXPECT_NEAR(file.file.samples[0].values[0], 0.005, 0.002);
  }
  EXPECT_EQ(import("perf-stat.json").file.notes,
            (Contents{"cycles: not counted or not supported in 6 runs, which are left out"}));
}

TEST(Imports, TakeAForkOfJmhAsTheUnit) {
  const ImportedFile file = import("jmh.json");
  EXPECT_EQ(contents(file),
            (Contents{"words.Words.join (size=100)/score ops/us higher 3",
                      "words.Words.join (size=400)/score ops/us higher 3",
                      "words.Words.sort (size=100)/score s lower 3", "words.Words.sort (size=400)/score s lower 3"}));
  EXPECT_DOUBLE_EQ(file.file.samples[0].values[0], 0.21328058367010244);  // the mean of its four iterations
  EXPECT_EQ(file.file.notes, Contents{});
}

/// A result of JMH with one fork.
std::string jmh_result(std::string_view mode, std::string_view unit) {
  return fmt::format(
      R"({{"benchmark":"Words.join","mode":"{}","primaryMetric":{{"score":3,"scoreError":"NaN","scoreUnit":"{}","rawData":[[3,4]]}}}})",
      mode, unit);
}

TEST(Imports, SayThatOneForkOfJmhIsOneValue) {
  EXPECT_EQ(import_text("[" + jmh_result("avgt", "us/op") + "]", "jmh").file.notes,
            (Contents{"Words.join: one fork, whose iterations are no trials of their own: run JMH with -f 6 or more"}));
}

TEST(Imports, TellTheModesOfOneBenchmarkOfJmhApart) {
  const ImportedFile file =
      import_text("[" + jmh_result("avgt", "us/op") + "," + jmh_result("thrpt", "ops/us") + "]", "jmh");
  EXPECT_EQ(contents(file),
            (Contents{"Words.join (mode=avgt)/score s lower 1", "Words.join (mode=thrpt)/score ops/us higher 1"}));
}

TEST(Imports, TakeAProcessOfPyperfAsTheUnit) {
  const ImportedFile file = import("pyperf.json");
  EXPECT_EQ(contents(file), (Contents{"sort words/wall s lower 6", "join words/wall s lower 6"}));
  EXPECT_DOUBLE_EQ(file.file.samples[0].values[0], 0.00010276868880243484);  // the mean of its three values
}

TEST(Imports, NameABenchmarkOfPyperfThatHasItsNameFromTheFileAndTakesBytesForMemory) {
  const ImportedFile file = import_text(
      R"({"version":"1.0","metadata":{"name":"join","unit":"byte"},"benchmarks":[{"runs":[{"values":[4096]}]}]})",
      "pyperf");
  EXPECT_EQ(contents(file), (Contents{"join/memory B lower 1"}));
}

TEST(Imports, DivideSamplesOfCriterionByTheirIterations) {
  const ImportedFile file = import("criterion.json");
  EXPECT_EQ(contents(file), (Contents{"benchmark/wall s lower 20"}));
  EXPECT_DOUBLE_EQ(file.file.samples[0].values[1], 8362470e-9 / 490);
}

TEST(Imports, ReadPlainNumbers) {
  const ImportedFile file = *import_file("# seconds\n1.5\r\n1,234.5\n\n2e-3\n", "file", std::nullopt);
  EXPECT_EQ(file.format->name, "numbers");
  EXPECT_EQ(file.file.samples[0].values, (std::vector<double>{1.5, 1234.5, 0.002}));
}

TEST(Imports, LeaveTablesToOthers) {
  EXPECT_FALSE(import_file("control,treatment\n1,2\n", "file", std::nullopt));
  EXPECT_FALSE(import_file("a,b,c,d,e,f\n1,2,3,4,5,6\n", "file", std::nullopt));
  EXPECT_FALSE(import_file("", "file", std::nullopt));
}

TEST(Imports, NameThePlaceOfWhatIsBroken) {
  EXPECT_EQ(message_of_text(R"({"results":[{"command":"a","mean":1,"times":[1,"x"]}]})", "hyperfine"),
            "file: /results/0/times/1: expected a number, not string");
  EXPECT_EQ(message_of_text(R"({"results":[{"command":"a","mean":1,"times":[1],"exit_codes":[0,0]}]})", "hyperfine"),
            "file: /results/0/exit_codes: 2 exit codes of 1 runs");
  EXPECT_EQ(message_of_text("1\nx\n", "numbers"), "file: line 2: \"x\" is not a finite number");
  EXPECT_EQ(message_of_text("1\n1e400\n", "numbers"), "file: line 2: \"1e400\" is not a finite number");
  EXPECT_EQ(message_of_text("BenchmarkA-8 100 NaN ns/op\n", "go"), "file: line 1: \"NaN\" is not a finite number");
  EXPECT_EQ(message_of_text("nan,,cycles,100,100.00,,\n", "perf-stat"), "file: line 1: \"nan\" is not a finite number");
  EXPECT_EQ(message_of_text(R"({"iters":[1,0],"times":[1,1]})", "criterion"),
            "file: /iters/1: expected more than 0 iterations");
}

TEST(Imports, RefuseValuesWhoseSquaresAreBeyondADouble) {
  EXPECT_EQ(message_of_text("1\n-1e151\n", "numbers"),
            "file: value, value: -1e+151 is no value that can be compared: a number from -1e+150 to 1e+150 is");
  EXPECT_EQ(import_text("1e150\n", "numbers").file.samples.at(0).values, std::vector<double>{1e150});
}

/// Long lists are read packed, and yet a mistake in one has its place.
std::string long_list(const std::string& last) {
  std::string list;
  for (int value = 0; value < 1500; ++value) list += fmt::format("{},", value + 1);
  return "[" + list + last + "]";
}

std::string long_hyperfine(const std::string& times, const std::string& codes) {
  return fmt::format(R"({{"results":[{{"command":"a","mean":1,"times":{},"exit_codes":{}}}]}})", times, codes);
}

TEST(Imports, NameThePlaceOfWhatIsBrokenInALongList) {
  const auto message = [](const std::string& times, const std::string& codes) {
    return message_of_text(long_hyperfine(times, codes), "hyperfine");
  };
  EXPECT_EQ(message(long_list("\"x\""), "[]"), "file: /results/0/times/1500: expected a number, not string");
  EXPECT_EQ(message(long_list("null"), "[]"), "file: /results/0/times/1500: expected a number, not null");
  EXPECT_NE(message(long_list("1"), long_list("0.5")).find("/results/0/exit_codes/1500"), std::string::npos);
  EXPECT_EQ(message(long_list("1"), "[0]"), "file: /results/0/exit_codes: 1 exit codes of 1501 runs");
  EXPECT_EQ(message_of_text(R"({"iters":)" + long_list("0") + R"(,"times":)" + long_list("1") + "}", "criterion"),
            "file: /iters/1500: expected more than 0 iterations");
  EXPECT_EQ(message_of_text(R"([{"benchmark":"b","mode":"avgt","primaryMetric":{"scoreUnit":"us/op","rawData":)" +
                                long_list("1") + "}}]",
                            "jmh"),
            message_of_text(R"([{"benchmark":"b","mode":"avgt","primaryMetric":{"scoreUnit":"us/op","rawData":[1]}}])",
                            "jmh"));
}

TEST(Imports, ReadLongListsAsShortOnes) {
  const ImportedFile file = import_text(long_hyperfine(long_list("0.5"), long_list("null")), "hyperfine");
  EXPECT_EQ(contents(file), (Contents{"a/wall s lower 1"}));
  EXPECT_EQ(file.file.samples[0].values, std::vector{0.5});
  EXPECT_EQ(file.file.notes, (Contents{"a: 1500 of 1501 runs did not exit with 0 and are left out"}));
}

TEST(Imports, RefuseWhatIsNoJsonWithItsPlace) {
  const std::string truncated = file_text("hyperfine.json").substr(0, 300);
  EXPECT_NE(message_of_text(truncated, "hyperfine").find("file:"), std::string::npos);
  EXPECT_NE(message_of_text(truncated, "hyperfine").find("not JSON"), std::string::npos);
  EXPECT_NE(message_of_text(R"({"results":[{"command":"a","mean":1,"times":[NaN]}]})", "hyperfine").find("file:1:"),
            std::string::npos);
  EXPECT_NE(message_of_text(std::string(100000, '['), "jmh").find("nested"), std::string::npos);
}

TEST(Imports, RefuseAFileOfAnotherTool) {
  EXPECT_EQ(message_of_text("1\n2\n", "go"), "file: this is no file of go (the text of go test -bench)");
  EXPECT_NE(message_of_text("1\n", "hyperfin").find("did you mean"), std::string::npos);
}

TEST(SampleComparison, MatchesBenchmarksByName) {
  const ImportedFile before = import("go-before.txt");
  const ImportedFile after = import("go-after.txt");
  const MatchedSamples matched = match_files(before, after, std::nullopt);
  EXPECT_EQ(matched.pairs.size(), 5U);
  EXPECT_EQ(match_files(before, after, "ns/op").pairs.size(), 2U);
  EXPECT_NE(test::message_of([&] { (void)match_files(before, after, "ns/up"); }).find("ns/op"), std::string::npos);
}

TEST(SampleComparison, ListsWhatIsInOneFileOnly) {
  const auto goes = [](const char* text) { return import_text(text, "go"); };
  const ImportedFile before = goes("BenchmarkA 1 1 ns/op\nBenchmarkB 1 1 ns/op\n");
  const ImportedFile after = goes("BenchmarkB 1 1 ns/op\nBenchmarkC 1 1 ns/op\n");
  const MatchedSamples matched = match_files(before, after, std::nullopt);
  EXPECT_EQ(matched.only_in_control, (Contents{"A"}));
  EXPECT_EQ(matched.only_in_treatment, (Contents{"C"}));
}

TEST(SampleComparison, TakesTheTwoBenchmarksOfOneFileAsArms) {
  const ImportedFile file = import("hyperfine.json");
  const MatchedSamples matched = match_names(file, std::nullopt, std::nullopt, std::nullopt);
  ASSERT_EQ(matched.pairs.size(), 1U);
  EXPECT_EQ(matched.pairs[0].treatment->name, "gzip -6 -c data.txt");
  const auto swapped = match_names(file, "gzip -6 -c data.txt", std::nullopt, std::nullopt);
  EXPECT_EQ(swapped.pairs[0].treatment->name, "gzip -1 -c data.txt");
}

TEST(SampleComparison, SharesAlphaAmongAllPairs) {
  std::string before;
  std::string after;
  for (const char* name : {"A", "B"}) {
    for (int value = 0; value < 8; ++value) {
      before += fmt::format("Benchmark{} 1 {} ns/op\n", name, 100 + value);
      after += fmt::format("Benchmark{} 1 {} ns/op\n", name, (*name == 'A' ? 200 : 100) + value);
    }
  }
  const ImportedFile control = import_text(before, "go");
  const ImportedFile treatment = import_text(after, "go");
  const MatchedSamples matched = match_files(control, treatment, std::nullopt);
  const std::vector<SampleComparison> compared = compare_samples(matched, 0.05, Seed{0});
  ASSERT_EQ(compared.size(), 2U);
  EXPECT_DOUBLE_EQ(compared[0].question.alpha, 0.025);
  const auto& slower = std::get<UnpairedResult>(compared[0].outcome);
  const auto& same = std::get<UnpairedResult>(compared[1].outcome);
  EXPECT_EQ(slower.finding, Finding::difference);
  EXPECT_GT(slower.interval.low, 0);
  EXPECT_EQ(same.finding, Finding::no_difference);
  EXPECT_EQ(same.p, 1);
}

TEST(SampleComparison, SaysWhyAPairCannotBeCompared) {
  const ImportedFile file = import_text("BenchmarkA 1 1 ns/op\nBenchmarkB 1 1 ns/op\n", "go");
  const auto compared = compare_samples(match_names(file, std::nullopt, std::nullopt, std::nullopt), 0.05, Seed{0});
  EXPECT_EQ(std::get<std::string>(compared[0].outcome), "control has 1 value; expected 4 or more");
}

TEST(ComparedFiles, OutliveTheFilesAndSayWhatHasNoPartner) {
  ComparedFiles compared;
  {
    const std::vector<ImportedFile> files = {import("go-before.txt"), import("go-after.txt")};
    compared = compare_files(files, {.metric = "ns/op"});
  }
  EXPECT_EQ(compared.format, "go");
  EXPECT_EQ(compared.comparisons.size(), 2U);
  EXPECT_TRUE(has_figures(compared));
}

TEST(ComparedFiles, HaveNoFiguresIfNoPairCouldBeCompared) {
  const ImportedFile file = import_text("BenchmarkA 1 1 ns/op\nBenchmarkB 1 1 ns/op\n", "go");
  EXPECT_FALSE(has_figures(compare_files({file}, {})));
}

TEST(ComparedFiles, TakeTheNamedBenchmarkOfOneFileAsControl) {
  const ComparedFiles compared = compare_files({import("hyperfine.json")}, {.control = "gzip -6 -c data.txt"});
  ASSERT_EQ(compared.comparisons.size(), 1U);
  EXPECT_EQ(compared.comparisons[0].treatment, "gzip -1 -c data.txt");
}

}  // namespace imports_tests
}  // namespace assay::interop
