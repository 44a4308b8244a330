#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/interop/paired_csv.hpp"
#include "tests/support/message_of.hpp"

/// How files of other tools write their numbers, and which numbers no measurement gives.
namespace assay::interop {
namespace import_numbers_tests {

using Texts = std::vector<std::string>;

SampleFile read(const std::string& text, std::string_view format, std::optional<NumberForm> digits = {}) {
  return import_file(text, "file", format, digits)->file;
}

std::vector<double> values(const SampleFile& file) {
  return file.samples.at(0).values;
}

std::string refusal(const std::string& text, std::string_view format, std::optional<NumberForm> digits = {}) {
  return test::message_of([&] { (void)read(text, format, digits); });
}

constexpr const char* kAmbiguous = "can be read in two ways: say which digits are meant, 1,234.5 or 1.234,5";

TEST(ImportNumbers, ReadADecimalCommaAndSaySo) {
  const SampleFile file = read("1,5\n2,25\n3,125\n0\n", "numbers");
  EXPECT_EQ(values(file), (std::vector{1.5, 2.25, 3.125, 0.0}));
  EXPECT_EQ(file.notes, (Texts{"file: the numbers are read as in 1.234,5"}));
  EXPECT_EQ(read("1.5\n2\n", "numbers").notes, Texts{});
}

TEST(ImportNumbers, ReadThousandsInWholeGroupsAndSaySo) {
  const SampleFile file = read("1,005\n1,234.5\n1,234,567\n", "numbers");
  EXPECT_EQ(values(file), (std::vector{1005.0, 1234.5, 1234567.0}));
  EXPECT_EQ(file.notes, (Texts{"file: the numbers are read as in 1,234.5"}));
  EXPECT_EQ(values(read("1.234,5\n", "numbers")), std::vector{1234.5});
}

TEST(ImportNumbers, RefuseWhatCanBeReadInTwoWays) {
  EXPECT_EQ(refusal("1,005\n2,005\n", "numbers"), fmt::format("file: line 1: \"1,005\" {}", kAmbiguous));
  EXPECT_EQ(refusal("BenchmarkA 1 1,005 ns/op\n", "go"), fmt::format("file: line 1: \"1,005\" {}", kAmbiguous));
  EXPECT_EQ(refusal("1,005;;cycles;1;100,00;;\n", "perf-stat"), fmt::format("file: line 1: \"1,005\" {}", kAmbiguous));
}

TEST(ImportNumbers, RefuseGroupsThatHaveNotThreeDigits) {
  EXPECT_EQ(refusal("1,234.5\n1,5\n", "numbers"),
            "file: line 2: \"1,5\" is not a number as in 1,234.5, where groups have three digits");
  EXPECT_EQ(refusal("1,5\n1,5,5\n", "numbers"),
            "file: line 2: \"1,5,5\" is not a finite number: a comma stands before "
            "each group of three digits, as in 1,234.5, or once before the "
            "decimals, as in 1.234,5");
  EXPECT_EQ(refusal("2,5\n1.5\n", "numbers"),
            "file: line 2: \"1.5\" is not a number as in 1.234,5, where groups have three digits");
  EXPECT_EQ(refusal("1,5\n", "numbers", NumberForm::comma_point),
            "file: line 1: \"1,5\" is not a number as in 1,234.5, where groups have three digits");
  EXPECT_FALSE(import_file("1,5,5\n2,5,5\n", "file", std::nullopt)) << "a table without a header";
}

TEST(ImportNumbers, FollowTheDigitsThatAreDeclared) {
  const SampleFile file = read("1,005\n1.234,5\n", "numbers", NumberForm::point_comma);
  EXPECT_EQ(values(file), (std::vector{1.005, 1234.5}));
  EXPECT_EQ(file.notes, Texts{});
  EXPECT_EQ(values(read("1,005\n", "numbers", NumberForm::comma_point)), std::vector{1005.0});
  EXPECT_EQ(values(read("1,005;;cycles;1;100,00;;\n", "perf-stat", NumberForm::comma_point)), std::vector{1005.0});
  EXPECT_EQ(values(read("BenchmarkA 1 1,005 req\n", "go", NumberForm::point_comma)), std::vector{1.005});
  EXPECT_EQ(refusal(R"({"iters":[1],"times":[1]})", "criterion", NumberForm::point_comma),
            "file: JSON writes numbers in one form: leave the form of digits out");
}

TEST(ImportNumbers, ReadDecimalCommasOfGoAndPerfStat) {
  const SampleFile go = read("BenchmarkA 1 1,10 ns/op\n", "go");
  EXPECT_EQ(values(go), std::vector{1.10 * 1e-9});
  EXPECT_EQ(go.notes, (Texts{"file: the numbers are read as in 1.234,5"}));
  const SampleFile lines =
      read("{\"counter-value\":\"5,5\",\"event\":\"cycles\"}\n{\"counter-value\":\"7\",\"event\":\"cycles\"}\n",
           "perf-stat");
  EXPECT_EQ(values(lines), (std::vector{5.5, 7.0}));
  EXPECT_EQ(lines.notes, (Texts{"file: the numbers are read as in 1.234,5"}));
  EXPECT_EQ(values(read("1,5;msec;task-clock;1;100,00;;\n", "perf-stat")), std::vector{0.0015});
}

TEST(ImportNumbers, RefuseADecimalCommaThatDividesAColumnOfPerfStat) {
  constexpr const char* kMessage =
      "file: line 1: the comma in 1,5 is decimal and stands between columns, too: run perf stat with LC_ALL=C, or with "
      "-x;";
  EXPECT_EQ(refusal("1,5,msec,task-clock,1,100,00,,\n", "perf-stat"), kMessage);
  EXPECT_EQ(refusal("1,5,,cycles,1,100,00,,\n", "perf-stat"), kMessage);
}

TEST(ImportNumbers, RefuseGroupsInATableToo) {
  const std::string table = "control,treatment\n\"1,234.5\",\"1,5\"\n";
  CsvForm form;
  form.digits = NumberForm::comma_point;
  EXPECT_EQ(test::message_of([&] { (void)read_paired_csv(table, "file", {}, form); }),
            "file:2: column 2 (treatment): \"1,5\" is not a number as in 1,234.5, where groups have three digits");
}

TEST(ImportNumbers, RefuseTimesAndCountsBelowZero) {
  const auto expect = [](const std::string& text, std::string_view format, const std::string& message) {
    EXPECT_EQ(refusal(text, format), "file: " + message) << format;
  };
  expect(R"({"results":[{"command":"a","times":[1,-0.1]}]})", "hyperfine",
         "/results/0/times/1: expected 0 or more, not -0.1");
  expect(R"({"results":[{"command":"a","measurements":[{"time_cpu":{"value":-1,"unit":"second"}}]}]})", "hyperfine",
         "/results/0/measurements/0/time_cpu/value: expected 0 or more, not -1");
  expect(R"({"context":{},"benchmarks":[{"name":"a","real_time":-1}]})", "google-benchmark",
         "/benchmarks/0/real_time: expected 0 or more, not -1");
  expect(R"({"machine_info":{},"benchmarks":[{"name":"a","stats":{"data":[-1]}}]})", "pytest-benchmark",
         "/benchmarks/0/stats/data/0: expected 0 or more, not -1");
  expect(R"({"version":"1.0","benchmarks":[{"runs":[{"values":[-1]}]}]})", "pyperf",
         "/benchmarks/0/runs/0/values/0: expected 0 or more, not -1");
  expect(R"({"iters":[1],"times":[-1]})", "criterion", "/times/0: expected 0 or more, not -1");
  expect(R"([{"benchmark":"a","mode":"ss","primaryMetric":{"scoreUnit":"s/op","rawData":[[-1]]}}])", "jmh",
         "/0/primaryMetric/rawData/0/0: expected 0 or more, not -1");
  expect("BenchmarkA 1 -10 ns/op\n", "go", "line 1: expected 0 or more, not \"-10\"");
  expect("-5,,cycles,1,100.00,,\n", "perf-stat", "line 1: expected 0 or more, not \"-5\"");
}

TEST(ImportNumbers, NameThePlaceOfANegativeTimeInALongList) {
  std::string times;
  for (int value = 0; value < 1500; ++value) times += "1,";
  EXPECT_EQ(refusal(R"({"results":[{"command":"a","times":[)" + times + "-1]}]}", "hyperfine"),
            "file: /results/0/times/1500: expected 0 or more, not -1");
}

TEST(ImportNumbers, TakeNegativeNumbersWhereTheyMayBe) {
  EXPECT_EQ(values(read("-1\n-2\n", "numbers")), (std::vector{-1.0, -2.0}));
  EXPECT_EQ(values(read("BenchmarkA 1 -3 gain\n", "go")), std::vector{-3.0});
}

}  // namespace import_numbers_tests
}  // namespace assay::interop
