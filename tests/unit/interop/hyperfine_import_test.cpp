#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/interop/imports/packed_numbers.hpp"
#include "experiments/interop/imports/sample_comparison.hpp"
#include "tests/support/message_of.hpp"

namespace assay::interop {
namespace hyperfine_import_tests {

using Contents = std::vector<std::string>;

ImportedFile import_text(const std::string& text, std::string_view format = "hyperfine") {
  return *import_file(text, "file", format);
}

std::string message_of_text(const std::string& text) {
  return test::message_of([&] { (void)import_text(text); });
}

/// Two results of version 2 of which the second takes twice the time and the same memory.
std::string second_version(const std::string& primary, const std::string& unit_of_last = "second") {
  std::string text = "{\"schema_version\":2," + primary + "\"results\":[";
  for (const double seconds : {1.0, 2.0}) {
    text += fmt::format(R"({}{{"command":"a{}","measurements":[)", seconds > 1 ? "," : "", seconds);
    for (int run = 0; run < 8; ++run) {
      text += fmt::format(R"({}{{"branch_misses":{{"value":7}},"memory_peak_resident":{{"value":{},"unit":"byte"}},)",
                          run == 0 ? "" : ",", 4096 + run);
      text += fmt::format(R"("time_wall_clock":{{"value":{},"unit":"{}"}},"exit_code":0}})", seconds + run / 1000.0,
                          run == 7 ? unit_of_last : "second");
    }
    text += "]}";
  }
  return text + "]}";
}

TEST(HyperfineImport, ComparePrimaryMetricOfHyperfineOrElseItsTime) {
  const auto compared = [](const std::string& text) {
    const ImportedFile file = import_text(text);
    return match_names(file, std::nullopt, std::nullopt, std::nullopt).pairs.front().control->metric;
  };
  EXPECT_EQ(compared(second_version("")), "wall");
  EXPECT_EQ(compared(second_version("\"primary_metric\":\"time_wall_clock\",")), "wall");
  EXPECT_EQ(compared(second_version("\"primary_metric\":\"memory_peak_resident\",")), "max_rss");
  EXPECT_EQ(compared(second_version("\"primary_metric\":\"cycles\",")), "wall") << "nothing measured it";
}

TEST(HyperfineImport, RefuseAMetricOfHyperfineWhoseUnitChanges) {
  EXPECT_EQ(message_of_text(second_version("", "byte")),
            "file: /results/0/measurements/7/time_wall_clock/unit: the runs before it are in \"s\", and this is in "
            "\"B\"");
}

/// A result of hyperfine's first version for each pair of a command and its parameters.
std::string with_parameters(const std::vector<std::pair<std::string, std::string>>& results) {
  std::string text;
  for (const auto& [command, parameters] : results) {
    text += fmt::format(R"({}{{"command":"{}","mean":1,"times":[1],"parameters":{{{}}}}})", text.empty() ? "" : ",",
                        command, parameters);
  }
  return "{\"results\":[" + text + "]}";
}

std::vector<std::string> names_in(const std::string& text) {
  std::vector<std::string> names;
  for (const Sample& sample : import_text(text).file.samples) names.push_back(sample.name);
  return names;
}

TEST(HyperfineImport, NameParametersOfHyperfineThatTheNameDoesNotShow) {
  EXPECT_EQ(names_in(with_parameters({{"x", R"("t":"1")"}, {"x", R"("t":"2","u":"a")"}})),
            (Contents{"x (t=1)", "x (t=2, u=a)"}));
  EXPECT_EQ(names_in(with_parameters({{"gzip -6", R"("level":"6")"}, {"gzip -16", R"("level":"6")"}})),
            (Contents{"gzip -6", "gzip -16 (level=6)"}))
      << "the 6 in 16 is not the level";
  EXPECT_EQ(names_in(with_parameters({{"x", R"("t":{"value":"1","is_unused":true})"}})), (Contents{"x (t=1)"}));
  EXPECT_NE(message_of_text(with_parameters({{"x", R"("t":[1])"}})).find("/results/0/parameters/t"), std::string::npos);
}

TEST(HyperfineImport, MatchResultsOfHyperfineByTheirParameters) {
  const ImportedFile before = import_text(with_parameters({{"x", R"("rev":"main")"}, {"x", R"("rev":"perf")"}}));
  const ImportedFile after = import_text(with_parameters({{"x", R"("rev":"perf")"}, {"x", R"("rev":"new")"}}));
  const MatchedSamples matched = match_files(before, after, std::nullopt);
  ASSERT_EQ(matched.pairs.size(), 1U);
  EXPECT_EQ(matched.pairs[0].control->name, "x (rev=perf)");
  EXPECT_EQ(matched.pairs[0].treatment->name, "x (rev=perf)");
  EXPECT_EQ(matched.only_in_control, (Contents{"x (rev=main)"}));
  EXPECT_EQ(matched.only_in_treatment, (Contents{"x (rev=new)"}));
}

TEST(HyperfineImport, SayThatResultsWhichNothingTellsApartAreCounted) {
  const ImportedFile file = import_text(with_parameters({{"x", ""}, {"x", ""}}));
  EXPECT_EQ(file.file.notes, (Contents{"2 results are called \"x\" and nothing tells them apart: they are counted, and "
                                       "matched with another file's by that number"}));
  const ImportedFile pytest = import_text(R"({"machine_info":{},"benchmarks":[{"name":"a","stats":{"data":[1]}},)"
                                          R"({"name":"a","stats":{"data":[2]}}]})",
                                          "pytest-benchmark");
  ASSERT_EQ(pytest.file.samples.size(), 2U);
  EXPECT_EQ(pytest.file.samples[1].name, "a (2)") << "it was left out in silence";
}

/// A file of version 2 with this many runs of one command.
std::string long_second_version(std::size_t runs, const std::string& last = R"({"value":0.5,"unit":"second"})") {
  std::string text = R"({"results":[{"command":"a","measurements":[)";
  for (std::size_t run = 0; run < runs; ++run) {
    const bool is_last = run + 1 == runs;
    const std::string time = is_last ? last : fmt::format(R"({{"value":{}.25,"unit":"second"}})", run);
    text +=
        fmt::format(R"({}{{"time_wall_clock":{},"memory_peak_resident":{{"value":{},"unit":"byte"}},"exit_code":{}}})",
                    run == 0 ? "" : ",", time, run,
                    run % 4 == 0   ? "1"
                    : run % 4 == 1 ? "null"
                                   : "0");
  }
  return text + "]}]}";
}

TEST(HyperfineImport, ReadsManyRunsAsItReadsFew) {
  const std::size_t runs = kFewestPacked + 2;
  const SampleFile packed = import_text(long_second_version(runs)).file;
  // A text in one of the runs, and all are read one by one.
  const SampleFile plain = import_text(long_second_version(runs, R"({"value":0.5,"unit":"s"})")).file;
  EXPECT_EQ(packed, plain);
  ASSERT_EQ(packed.samples.size(), 2U);
  EXPECT_EQ(packed.samples[0].values.size(), runs - (runs + 3) / 4);
  EXPECT_EQ(packed.samples[0].values.front(), 1.25) << "the first run failed";
  EXPECT_EQ(packed.samples[0].values.back(), 0.5);
}

TEST(HyperfineImport, NamesThePlaceOfAMistakeAmongManyRuns) {
  const std::size_t runs = kFewestPacked + 2;
  const std::string place = fmt::format("file: /results/0/measurements/{}/time_wall_clock", runs - 1);
  EXPECT_EQ(message_of_text(long_second_version(runs, R"({"value":-1,"unit":"second"})")),
            place + "/value: expected 0 or more, not -1");
  EXPECT_EQ(message_of_text(long_second_version(runs, R"({"value":null,"unit":"second"})")),
            place + "/value: expected a number, not null");
  EXPECT_EQ(message_of_text(long_second_version(runs, R"({"unit":"second"})")), place + ": \"value\" is missing");
}

/// Files of other tools with two benchmarks, in the given order of their parameters.
struct ToolFile {
  std::string_view format;
  std::string (*text)(int first, int second);
  std::string_view name;  ///< of the benchmark with the parameter 1
};

std::vector<ToolFile> files_with_parameters() {
  return {
      {"google-benchmark",
       [](int first, int second) {
         return fmt::format(R"({{"context":{{}},"benchmarks":[{{"name":"a/{0}","real_time":{0}}},)"
                            R"({{"name":"a/{1}","real_time":{1}}}]}})",
                            first, second);
       },
       "a/1"},
      {"jmh",
       [](int first, int second) {
         constexpr const char* kResult = R"({{"benchmark":"a","mode":"avgt","params":{{"n":"{0}"}},)"
                                         R"("primaryMetric":{{"scoreUnit":"s/op","rawData":[[{0}]]}}}})";
         return fmt::format("[{},{}]", fmt::format(fmt::runtime(kResult), first),
                            fmt::format(fmt::runtime(kResult), second));
       },
       "a (n=1)"},
      {"pytest-benchmark",
       [](int first, int second) {
         return fmt::format(
             R"({{"machine_info":{{}},"benchmarks":[{{"fullname":"t.py::a[{0}]","name":"a","stats":{{"data":[{0}]}}}},)"
             R"({{"fullname":"t.py::a[{1}]","name":"a","stats":{{"data":[{1}]}}}}]}})",
             first, second);
       },
       "t.py::a[1]"},
      {"pyperf",
       [](int first, int second) {
         constexpr const char* kRuns = R"({{"metadata":{{"name":"a{0}"}},"runs":[{{"values":[{0}]}}]}})";
         return fmt::format(R"({{"version":"1.0","benchmarks":[{},{}]}})", fmt::format(fmt::runtime(kRuns), first),
                            fmt::format(fmt::runtime(kRuns), second));
       },
       "a1"},
      {"go",
       [](int first, int second) {
         return fmt::format("BenchmarkA/n={0}-8 1 {0}.0 ns/op\nBenchmarkA/n={1}-8 1 {1}.0 ns/op\n", first, second);
       },
       "A/n=1-8"}};
}

TEST(ImportedParameters, TellBenchmarksOfTwoFilesApartWhateverTheirOrder) {
  for (const ToolFile& tool : files_with_parameters()) {
    const testing::ScopedTrace trace(__FILE__, __LINE__, std::string(tool.format));
    const ImportedFile before = import_text(tool.text(2, 1), tool.format);
    const ImportedFile after = import_text(tool.text(1, 3), tool.format);
    const MatchedSamples matched = match_files(before, after, std::nullopt);
    ASSERT_EQ(matched.pairs.size(), 1U);
    EXPECT_EQ(matched.pairs[0].control->name, tool.name);
    EXPECT_EQ(matched.pairs[0].control->values, matched.pairs[0].treatment->values);
    EXPECT_EQ(matched.only_in_control.size(), 1U);
    EXPECT_EQ(matched.only_in_treatment.size(), 1U);
  }
}

TEST(ImportedMetrics, AreThoseOfEachBenchmarkOfItsOwn) {
  const std::string text = R"({"version":"1.0","benchmarks":[)"
                           R"({"metadata":{"name":"peak","unit":"byte"},"runs":[{"values":[4096]}]},)"
                           R"({"metadata":{"name":"sort"},"runs":[{"values":[1]}]}]})";
  const ImportedFile file = import_text(text, "pyperf");
  EXPECT_EQ(match_files(file, file, std::nullopt).pairs.size(), 2U) << "it passed over the times in silence";
}

TEST(ImportedMetrics, ThatOneFileLacksAreNoted) {
  const auto google = [](const char* members) {
    return import_text(
        fmt::format(R"({{"context":{{}},"benchmarks":[{{"name":"a","real_time":1}},{{"name":"b",{}}}]}})", members),
        "google-benchmark");
  };
  const ImportedFile before = google(R"("real_time":1,"cpu_time":1)");
  const ImportedFile after = google(R"("cpu_time":1)");
  EXPECT_EQ(match_files(before, after, std::nullopt).notes, (Contents{"b: only control has wall, which is left out"}));
}

}  // namespace hyperfine_import_tests
}  // namespace assay::interop
