#include "experiments/trial/metrics/number_text.hpp"

#include <gtest/gtest.h>

namespace assay::trial {
namespace number_text_tests {

Metric metric_in(const std::string& unit, std::optional<NumberForm> digits = std::nullopt) {
  Metric metric;
  metric.unit = unit;
  metric.digits = digits;
  return metric;
}

double value(std::string_view text, const Metric& metric = metric_in("")) {
  const NumberReading reading = number_in_words(text, metric);
  EXPECT_TRUE(std::holds_alternative<double>(reading)) << std::get<std::string>(reading);
  return std::get<double>(reading);
}

std::string refusal(std::string_view text, const Metric& metric = metric_in("")) {
  return std::get<std::string>(number_in_words(text, metric));
}

TEST(NumberText, ReadsPlainNumbers) {
  EXPECT_EQ(value("12.5"), 12.5);
  EXPECT_EQ(value("-3"), -3);
  EXPECT_EQ(value("+4.25e-3"), 4.25e-3);
  EXPECT_EQ(value(" .5"), 0.5);
  EXPECT_EQ(value("5."), 5);
  EXPECT_EQ(value("\u2212"
                  "7"),
            -7);
}

TEST(NumberText, ConvertsToTheUnitOfTheMetric) {
  EXPECT_DOUBLE_EQ(value("1.02 ms", metric_in("ms")), 1.02);
  EXPECT_DOUBLE_EQ(value("990.00 µs", metric_in("ms")), 0.99);
  EXPECT_DOUBLE_EQ(value("635.91us", metric_in("s")), 635.91e-6);
  EXPECT_DOUBLE_EQ(value("2 sec", metric_in("ms")), 2000);
  EXPECT_DOUBLE_EQ(value("1.5 GiB", metric_in("B")), 1.5 * 1073741824);
  EXPECT_DOUBLE_EQ(value("1.2 GB/s", metric_in("MB/s")), 1200);
  EXPECT_DOUBLE_EQ(value("9.41 Gbits/sec", metric_in("Mbits/sec")), 9410);
  EXPECT_DOUBLE_EQ(value("89.85k", metric_in("req/s")), 89850);
  EXPECT_DOUBLE_EQ(value("89.85 kreq/s", metric_in("req/s")), 89850);
}

TEST(NumberText, AddsUpTheTimeThatStandsInParts) {
  EXPECT_DOUBLE_EQ(value("0m1.234s", metric_in("s")), 1.234);  // as bash's time prints it
  EXPECT_DOUBLE_EQ(value("2h 3m", metric_in("min")), 123);
  EXPECT_DOUBLE_EQ(value("1m2.5s", metric_in("ms")), 62500);  // as Go prints it
  EXPECT_DOUBLE_EQ(value("1:02.5", metric_in("s")), 62.5);    // as GNU time prints it
  EXPECT_EQ(refusal("0m1.234s"), "\"0m1.234s\" has a unit: say in which the metric is, for example unit = \"s\"");
}

TEST(NumberText, ReadsUnitsInBrackets) {
  EXPECT_DOUBLE_EQ(value("1.02 (ms)", metric_in("ms")), 1.02);
  EXPECT_DOUBLE_EQ(value("1.02  [ms]", metric_in("s")), 1.02e-3);
  EXPECT_DOUBLE_EQ(value("990(us)", metric_in("ms")), 0.99);
  EXPECT_EQ(refusal("1.02 (ms)"), "\"1.02 (ms)\" has a unit: say in which the metric is, for example unit = \"ms\"");
}

TEST(NumberText, RefusesAUnitThatTheMetricDoesNotHave) {
  EXPECT_EQ(refusal("1.02 ms"), "\"1.02 ms\" has a unit: say in which the metric is, for example unit = \"ms\"");
  EXPECT_EQ(refusal("1.02 ms", metric_in("MB")), "\"1.02 ms\" cannot be converted to MB, the unit of the metric");
  EXPECT_EQ(refusal("3 apples", metric_in("s")), "\"3 apples\" is not a number");
}

TEST(NumberText, ReadsGroupedDigitsThatCanBeReadInOnlyOneWay) {
  EXPECT_EQ(value("18,794.12"), 18794.12);
  EXPECT_EQ(value("1,234,567"), 1234567);
  EXPECT_EQ(value("1.234.567,5"), 1234567.5);
  EXPECT_EQ(value("18.794,12"), 18794.12);
  EXPECT_EQ(value("1'234.5"), 1234.5);
  EXPECT_EQ(value("1_000_000"), 1000000);
  EXPECT_EQ(value("12,5"), 12.5);
  EXPECT_EQ(value("0,345"), 0.345);
  EXPECT_EQ(value("1,234.5 ns", metric_in("ns")), 1234.5);
}

TEST(NumberText, AsksWhereDigitsCanBeReadInTwoWays) {
  EXPECT_EQ(refusal("7,845"),
            R"("7,845" can be read in two ways: say how with digits = "1,234.5" or digits = "1.234,5")");
}

TEST(NumberText, ReadsDigitsAsDeclared) {
  EXPECT_EQ(value("7,845", metric_in("", NumberForm::comma_point)), 7845);
  EXPECT_EQ(value("7,845", metric_in("", NumberForm::point_comma)), 7.845);
  EXPECT_EQ(value("7.845", metric_in("", NumberForm::point_comma)), 7845);
  EXPECT_EQ(value("1 234 567,5", metric_in("", NumberForm::blank_comma)), 1234567.5);
  EXPECT_EQ(value("1\u202F"
                  "234 ms",
                  metric_in("ms", NumberForm::blank_point)),
            1234);
  EXPECT_EQ(value("1'234", metric_in("", NumberForm::apostrophe_point)), 1234);
}

TEST(NumberText, RefusesGroupsThatAreNotOfThreeDigits) {
  const Metric grouped = metric_in("", NumberForm::comma_point);
  EXPECT_EQ(refusal("1,5", grouped),
            R"("1,5" is not a number as in digits = "1,234.5", where groups have three digits)");
  for (const char* text : {"1234,567", "12,34,567", "1,2345", "1.234,567", ",123"}) {
    EXPECT_NE(refusal(text, grouped).find("three digits"), std::string::npos) << text;
  }
  EXPECT_NE(refusal("1.5", metric_in("", NumberForm::point_comma)).find("three digits"), std::string::npos);
  EXPECT_NE(refusal("12 15", metric_in("", NumberForm::blank_point)).find("three digits"), std::string::npos);
  EXPECT_NE(refusal("1'23", metric_in("", NumberForm::apostrophe_point)).find("three digits"), std::string::npos);
  EXPECT_EQ(value("1234567.25", grouped), 1234567.25);
  EXPECT_EQ(value("1,234.5e3", grouped), 1234500);
}

TEST(NumberText, RefusesWhatIsNoNumber) {
  EXPECT_EQ(refusal("long"), "\"long\" is not a number");
  EXPECT_EQ(refusal(""), "\"\" is not a number");
  EXPECT_EQ(refusal("1.2.3"), "\"1.2.3\" is not a number");
  EXPECT_EQ(refusal("1,23,4"), "\"1,23,4\" is not a number");
}

TEST(NumberText, KeepsWholeNumbersExactWhereTheyAreComparedExactly) {
  Metric metric = metric_in("");
  EXPECT_EQ(value("9007199254740993", metric), 9007199254740992);
  metric.kind = MetricKind::deterministic;
  EXPECT_EQ(value("9007199254740992", metric), 9007199254740992);
  EXPECT_EQ(value("18014398509481984", metric), 18014398509481984);
  EXPECT_TRUE(refusal("9007199254740993", metric).starts_with("9007199254740993 is above 2^53"));
  EXPECT_TRUE(refusal("123456789012345678901234567890", metric).starts_with("123456789012345678901234567890 is above"));
}

TEST(NumberText, SeesTheUnitBeforeANumber) {
  for (const char* before : {"time/ms ", "time/ms: ", "time_ms=", "time [ms]: ", "Mean (ms) = ", "ms: ", "x, wall_ms ",
                             "real_time/ms\t", "\"time_ms\": "}) {
    EXPECT_EQ(unit_before(before), "ms") << before;
  }
  EXPECT_EQ(unit_before("elapsed time/s "), "s");
  EXPECT_EQ(unit_before("size [MiB] "), "MiB");
  for (const char* before : {"", "requests/s ", "req/s: ", "MB/s of x ", "took ", "100 ms, then ", "items_s ", "/ms",
                             "errors (total) ", "a/b ", "path/to/file "}) {
    EXPECT_EQ(unit_before(before), "") << before;
  }
}

TEST(NumberText, SeesTheUnitBehindANumber) {
  EXPECT_EQ(unit_behind(" ms 1.0230 ms]"), "ms");
  EXPECT_EQ(unit_behind("µs]"), "µs");
  EXPECT_EQ(unit_behind(" MB/s"), "MB/s");
  EXPECT_EQ(unit_behind(" ns/iter (+/- 440)"), "");
  EXPECT_EQ(unit_behind(" seconds"), "seconds");
  for (const char* behind : {" (ms)", "  [ms]", "\t[ms] x", "  ms", "(ms)", "    ms ", "   (ms)", " [ms, 3 runs]"}) {
    EXPECT_EQ(unit_behind(behind), "ms") << behind;
  }
  EXPECT_EQ(unit_behind("   d  5"), "") << "a column of a table";
  EXPECT_EQ(unit_behind(" (mean)"), "");
  EXPECT_EQ(unit_behind(""), "");
}

}  // namespace number_text_tests
}  // namespace assay::trial
