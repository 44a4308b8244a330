#include "experiments/trial/metrics/metric_reader.hpp"

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace metric_reader_tests {

using test::message_of;

Metric metric_from(MetricSource source, MetricKind kind = MetricKind::positive) {
  Metric metric;
  metric.name = "speed";
  metric.kind = kind;
  metric.source = std::move(source);
  metric.role = MetricRole::guard;
  return metric;
}

Plan plan_with(Metric metric) {
  Plan plan = test::small_plan(test::environment_variable("FAST"));
  plan.metrics = {std::move(metric)};
  return plan;
}

TrialOutput output_with(std::string text) {
  TrialOutput output;
  output.text = std::move(text);
  output.text_name = "results.json";
  return output;
}

MetricReading read(const Metric& metric, const TrialOutput& output) {
  const Plan plan = plan_with(metric);
  return MetricReader(plan).read(plan.workloads[0], output);
}

double value(const MetricReading& reading) {
  return std::get<MetricValues>(reading).values.at(0).value();
}
std::string failure(const MetricReading& reading) {
  const CheckFailed& failed = std::get<CheckFailed>(reading);
  return failed.check + ": " + failed.detail;
}

TEST(MetricReader, ReadsANumberAtAJsonPointer) {
  EXPECT_EQ(value(read(metric_from(JsonSource{"/a/1"}), output_with(R"({"a": [1, 2.5]})"))), 2.5);
}

TEST(MetricReader, TakesATruthValueAsAProportion) {
  const Metric metric = metric_from(JsonSource{"/ok"}, MetricKind::proportion);
  EXPECT_EQ(value(read(metric, output_with(R"({"ok": false})"))), 0);
  EXPECT_EQ(value(read(metric, output_with(R"({"ok": true})"))), 1);
}

TEST(MetricReader, FailsTheTrialWhereAValueIsMissing) {
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/b"}), output_with(R"({"a": 1})"))),
            "metric speed: results.json has nothing at /b");
}

TEST(MetricReader, FailsTheTrialWhereAValueIsNoNumber) {
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/a"}), output_with(R"({"a": "1"})"))),
            "metric speed: /a is string, not a number");
}

TEST(MetricReader, FailsTheTrialWhereTheTextIsNoJson) {
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/a"}), output_with("a = 1"))),
            "metric speed: results.json is not JSON");
}

TEST(MetricReader, PassesOnWhyThereIsNoText) {
  TrialOutput output = output_with("");
  output.text_missing = "results.json was not written";
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/a"}), output)), "metric speed: results.json was not written");
}

TEST(MetricReader, RefusesZeroWhereValuesMustBePositive) {
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/a"}), output_with(R"({"a": 0})"))),
            "metric speed: 0 is not above 0, as a metric of kind \"positive\" must be; kind = \"difference\" takes it");
}

TEST(MetricReader, TakesZeroAsADifference) {
  EXPECT_EQ(value(read(metric_from(JsonSource{"/a"}, MetricKind::difference), output_with(R"({"a": 0})"))), 0);
}

TEST(MetricReader, RefusesAProportionAboveOne) {
  const Metric metric = metric_from(JsonSource{"/a"}, MetricKind::proportion);
  EXPECT_EQ(failure(read(metric, output_with(R"({"a": 1.5})"))),
            "metric speed: 1.5 is not within 0 to 1, as a proportion must be");
}

TEST(MetricReader, ReadsTheFirstGroupOfTheFirstLineThatMatches) {
  const Metric metric = metric_from(RegexSource{R"(took (\d+\.?\d*) ms)"});
  EXPECT_EQ(value(read(metric, output_with("start\nit took 12.5 ms\nit took 99 ms\n"))), 12.5);
}

TEST(MetricReader, FailsTheTrialWhereNoLineMatches) {
  EXPECT_EQ(failure(read(metric_from(RegexSource{R"(took (\d+))"}), output_with("nothing\n"))),
            "metric speed: no line of results.json matches");
}

TEST(MetricReader, FailsTheTrialWhereTheGroupIsNoNumber) {
  EXPECT_EQ(failure(read(metric_from(RegexSource{"took (.*)"}), output_with("took long\n"))),
            "metric speed: \"long\" is not a number");
}

// The standard library's matcher recurses per character: a line of 1 MB would end the process.
TEST(MetricReader, SurvivesAVeryLongLine) {
  const std::string line(1 << 20, 'x');
  EXPECT_EQ(failure(read(metric_from(RegexSource{"(x*)y"}), output_with(line))),
            "metric speed: no line of results.json matches");
}

TEST(MetricReader, RefusesAnExpressionThatDoesNotCompile) {
  const Plan plan = plan_with(metric_from(RegexSource{"took ("}));
  EXPECT_TRUE(message_of([&] {
                MetricReader reader(plan);
              }).starts_with("metric speed: \"took (\" is not a regular expression"));
}

TEST(MetricReader, RefusesAnExpressionWithoutAGroup) {
  const Plan plan = plan_with(metric_from(RegexSource{"took"}));
  EXPECT_EQ(message_of([&] { MetricReader reader(plan); }),
            "metric speed: the expression \"took\" has no group ( ) around the value");
}

TEST(MetricReader, RefusesAPointerThatIsNone) {
  const Plan plan = plan_with(metric_from(JsonSource{"ok"}));
  EXPECT_EQ(message_of([&] { MetricReader reader(plan); }),
            "metric speed: \"ok\" is not a JSON pointer; one looks like /phases/0/seconds");
}

TEST(MetricReader, TakesTheSizeOfAFile) {
  const test::ScratchFolder folder;
  host::write_file_atomically(folder / "app", "12345");
  TrialOutput output = output_with("");
  output.folder = folder.path();
  EXPECT_EQ(value(read(metric_from(FileSizeSource{"app"}), output)), 5);
}

TEST(MetricReader, FailsTheTrialThatDidNotWriteTheFile) {
  const test::ScratchFolder folder;
  host::write_file_atomically(folder / "app", "12345");
  TrialOutput output = output_with("");
  output.folder = folder.path();
  output.untouched_files = {"app"};
  EXPECT_EQ(failure(read(metric_from(FileSizeSource{"app"}), output)),
            "metric speed: app was not written by this trial");
}

TEST(MetricReader, LeavesAnObservedMetricEmptyWhereTheKernelDoesNotTellIt) {
  Metric metric = *find_built_in_metric("memory_peak");
  EXPECT_EQ(std::get<MetricValues>(read(metric, output_with(""))).values.at(0), std::nullopt);
}

TEST(MetricReader, FailsTheTrialWhereAGuardIsNotTold) {
  Metric metric = *find_built_in_metric("memory_peak");
  metric.role = MetricRole::guard;
  EXPECT_EQ(failure(read(metric, output_with(""))), "metric memory_peak: this machine does not report it");
}

TEST(MetricReader, LeavesMetricsOfOtherWorkloadsEmpty) {
  Metric metric = metric_from(JsonSource{"/a"});
  metric.workloads = {"another"};
  EXPECT_EQ(std::get<MetricValues>(read(metric, output_with("{}"))).values.at(0), std::nullopt);
}

Metric statistic_from(MetricSource source, TrialStatistic statistic) {
  Metric metric = metric_from(std::move(source));
  metric.statistic = statistic;
  return metric;
}

TEST(MetricReader, MakesOneValueOfAListOfNumbers) {
  const TrialOutput output = output_with(R"({"latencies": [4, 1, 3, 2, 5]})");
  const auto at = [&](TrialStatistic statistic) {
    return value(read(statistic_from(JsonSource{"/latencies"}, statistic), output));
  };
  EXPECT_EQ(at(TrialStatistic::min), 1);
  EXPECT_EQ(at(TrialStatistic::mean), 3);
  EXPECT_EQ(at(TrialStatistic::median), 3);
  EXPECT_DOUBLE_EQ(at(TrialStatistic::p95), 4.8);  // numpy.quantile([1, 2, 3, 4, 5], 0.95)
  EXPECT_DOUBLE_EQ(at(TrialStatistic::p99), 4.96);
  EXPECT_DOUBLE_EQ(at(TrialStatistic::p99_9), 4.996);
  EXPECT_EQ(at(TrialStatistic::max), 5);
}

TEST(MetricReader, MakesOneValueOfEveryLineThatMatches) {
  const Metric metric = statistic_from(RegexSource{"took ([0-9.]+) ms"}, TrialStatistic::max);
  EXPECT_EQ(value(read(metric, output_with("took 3 ms\nother\ntook 12.5 ms\ntook 7 ms\n"))), 12.5);
  EXPECT_EQ(failure(read(metric, output_with("nothing\n"))), "metric speed: no line of results.json matches");
}

/// 20 slow iterations and 80 of 1.
std::string warmed_up_lines() {
  std::string lines;
  for (int iteration = 0; iteration < 100; ++iteration) lines += iteration < 20 ? "took 3 ms\n" : "took 1 ms\n";
  return lines;
}

TEST(MetricReader, KeepsWhatIsNeededToCountTheSteadyStateFromALaterStart) {
  const Metric metric = statistic_from(RegexSource{"took ([0-9.]+) ms"}, TrialStatistic::steady_mean);
  const MetricReading reading = read(metric, output_with(warmed_up_lines()));
  EXPECT_EQ(value(reading), 1);
  const MetricValues& measured = std::get<MetricValues>(reading);
  ASSERT_EQ(measured.steady.size(), 1U);
  EXPECT_EQ(measured.steady[0].series_class, SeriesClass::warm_up);
  EXPECT_EQ(measured.steady[0].steady_from, 20);
}

TEST(MetricReader, FailsTheTrialWhereTheIterationsAreTooFewForASteadyState) {
  const Metric metric = statistic_from(JsonSource{"/a"}, TrialStatistic::steady_median);
  EXPECT_EQ(failure(read(metric, output_with(R"({"a": [1, 2, 3]})"))),
            "metric speed: 3 iterations: a steady state is looked for in 40 or more");
}

TEST(MetricReader, SaysWhatIsWrongWithAListOfNumbers) {
  const Metric tail = statistic_from(JsonSource{"/a"}, TrialStatistic::p99);
  EXPECT_EQ(failure(read(tail, output_with(R"({"a": []})"))), "metric speed: the list at /a is empty");
  EXPECT_EQ(failure(read(tail, output_with(R"({"a": 3})"))),
            "metric speed: /a is number, not the list of numbers that p99 is of");
  EXPECT_EQ(failure(read(tail, output_with(R"({"a": [1, "x"]})"))), "metric speed: /a/1 is string, not a number");
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/a"}), output_with(R"({"a": [1]})"))),
            "metric speed: /a is a list, not a number: say which statistic of it, for example statistic = \"p95\"");
}

TEST(BuiltInMetrics, EachHasAValue) {
  Usage usage;
  usage.wall = std::chrono::seconds(2);
  usage.user = std::chrono::seconds(1);
  usage.system = std::chrono::seconds(3);
  usage.memory_peak = Bytes{5};
  for (const Metric& metric : built_in_metrics()) {
    Plan plan = plan_with(metric);
    plan.metrics[0].kind = MetricKind::difference;
    EXPECT_TRUE(
        std::get<MetricValues>(MetricReader(plan).read(plan.workloads[0], {usage, "", "", {}, "", {}})).values.at(0))
        << metric.name;
  }
}

TEST(BuiltInMetrics, CpuUtilisationIsProcessorTimePerWallTime) {
  TrialOutput output = output_with("");
  output.usage.wall = std::chrono::seconds(2);
  output.usage.user = std::chrono::seconds(1);
  output.usage.system = std::chrono::seconds(3);
  EXPECT_EQ(value(read(*find_built_in_metric("cpu_utilisation"), output)), 2);
}

}  // namespace metric_reader_tests
}  // namespace assay::trial
