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
  output.results = {std::move(text), "results.json", {}};
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
            "metric speed: results.json is not JSON: it stops being JSON at line 1, column 1: \"a\"");
}

TEST(MetricReader, PassesOnWhyThereIsNoText) {
  TrialOutput output = output_with("");
  output.results.missing = "results.json was not written";
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

TEST(MetricReader, SurvivesAVeryLongLine) {
  const std::string line(1 << 20, 'x');
  EXPECT_EQ(failure(read(metric_from(RegexSource{"(x*)y"}), output_with(line))),
            "metric speed: no line of results.json matches");
}

TEST(MetricReader, ReadsAValueWholeWhereverItStandsInALongLine) {
  const std::string line = std::string(8189, ' ') + "rate:5200.5 MB/s" + std::string(8192, ' ');
  EXPECT_EQ(value(read(metric_from(RegexSource{"rate:([0-9.]+)"}), output_with(line))), 5200.5);
}

TEST(MetricReader, TakesEachUpdateOfAProgressBarForALine) {
  const Metric metric = metric_from(RegexSource{"^ *rate:([0-9.]+)$"});
  EXPECT_EQ(value(read(metric, output_with("\r 1 of 2  \r 2 of 2  \r   rate:5.5\r\nrate:6\r\n"))), 5.5);
}

Metric metric_in(const std::string& unit, MetricSource source) {
  Metric metric = metric_from(std::move(source));
  metric.unit = unit;
  return metric;
}

TEST(MetricReader, ConvertsWhatToolsScaleByTheValue) {
  // As criterion.rs prints it.
  const Metric metric = metric_in("ms", RegexSource{R"(time: +\[[^ ]+ [^ ]+ ([0-9.]+ [^ ]+) )"});
  EXPECT_DOUBLE_EQ(value(read(metric, output_with("parse  time:   [1.0180 ms 1.0200 ms 1.0230 ms]"))), 1.02);
  EXPECT_DOUBLE_EQ(value(read(metric, output_with("parse  time:   [988.10 µs 990.00 µs 993.20 µs]"))), 0.99);
}

TEST(MetricReader, RefusesANumberWhoseUnitStandsBehindTheGroupAndIsAnother) {
  const Metric metric = metric_in("ms", RegexSource{"took ([0-9.]+)"});
  EXPECT_EQ(value(read(metric, output_with("took 1.02 ms"))), 1.02);
  EXPECT_EQ(failure(read(metric, output_with("took 990 us"))),
            "metric speed: \"us\" stands behind the number, and the metric is in ms: take the unit into the group ( )");
}

TEST(MetricReader, RefusesANumberWhoseUnitStandsAnywhereBesideIt) {
  const Metric metric = metric_in("s", RegexSource{"([0-9.]+)"});
  for (const char* line :
       {"1.02 (ms)", "1.02  [ms]", "1.02\t(ms)", "time/ms 1.02", "time [ms]: 1.02", "time_ms=1.02"}) {
    EXPECT_NE(failure(read(metric, output_with(line))).find("\"ms\" stands be"), std::string::npos) << line;
  }
  EXPECT_EQ(
      failure(read(metric, output_with("time/ms 1.02"))),
      "metric speed: \"ms\" stands before the number, and the metric is in s: declare the unit that stands there");
  EXPECT_EQ(value(read(metric_in("ms", RegexSource{"([0-9.]+)"}), output_with("time/ms 1.02"))), 1.02);
  EXPECT_EQ(value(read(metric_in("s", RegexSource{"([0-9.]+)"}), output_with("requests/s 1.02"))), 1.02);
}

TEST(MetricReader, RefusesAUnitInTheObjectThatChangesFromTrialToTrial) {
  const char* const kFirst[] = {R"({"t": 1.02, "unit": "s"})", R"({"b": [{"t": 1.02, "time_unit": "s"}]})",
                                R"({"t": {"v": [1.02], "unit": "s"}})", R"({"t": 1.02, "units": "apples"})"};
  const char* const kThen[] = {R"({"t": 990, "unit": "ms"})", R"({"b": [{"t": 990, "time_unit": "ms"}]})",
                               R"({"t": {"v": [990], "unit": "ms"}})", R"({"t": 990, "units": "pears"})"};
  const char* const kPointers[] = {"/t", "/b/0/t", "/t/v/0", "/t"};
  for (std::size_t at = 0; at < std::size(kFirst); ++at) {
    const Plan plan = plan_with(metric_from(JsonSource{kPointers[at]}));
    const MetricReader reader(plan);
    EXPECT_EQ(value(reader.read(plan.workloads[0], output_with(kFirst[at]))), 1.02) << kFirst[at];
    EXPECT_EQ(value(reader.read(plan.workloads[0], output_with(kFirst[at]))), 1.02) << kFirst[at];
    const std::string why = failure(reader.read(plan.workloads[0], output_with(kThen[at])));
    EXPECT_NE(why.find("beside it, and had"), std::string::npos) << why;
  }
}

TEST(MetricReader, IgnoresNumbersThatAreTooLargeAndThatNobodyAsksFor) {
  const TrialOutput output = output_with(R"({"ops": 1001.5, "big": 1e400, "neg": [-1E+999], "small": 1e-400})");
  EXPECT_EQ(value(read(metric_from(JsonSource{"/ops"}), output)), 1001.5);
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/big"}), output)),
            "metric speed: /big is 1e400, which is too large for a number");
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/neg/0"}), output)),
            "metric speed: /neg/0 is -1E+999, which is too large for a number");
}

TEST(MetricReader, RefusesAnUndeclaredUnitThatChangesFromTrialToTrial) {
  const Plan plan = plan_with(metric_from(RegexSource{"took ([0-9.]+)"}));
  const MetricReader reader(plan);
  EXPECT_EQ(value(reader.read(plan.workloads[0], output_with("took 1.02 ms"))), 1.02);
  EXPECT_EQ(
      failure(reader.read(plan.workloads[0], output_with("took 990 us"))),
      "metric speed: \"us\" stands behind the number, and \"ms\" stood there before: declare a unit, and take that "
      "of the text into the group ( )");
}

TEST(MetricReader, ReadsGroupedDigits) {
  // As Rust's libtest prints it.
  const Metric metric = metric_from(RegexSource{"bench: +([0-9,.]+) ns/iter"});
  EXPECT_EQ(value(read(metric, output_with("test fib ... bench:      18,794.12 ns/iter (+/- 440.25)"))), 18794.12);
}

TEST(MetricReader, ReadsStandardErrorIfItIsToldTo) {
  Metric metric = metric_from(RegexSource{"([0-9.]+) MB/s"});
  metric.stream = MetricStream::standard_error;
  TrialOutput output = output_with("1 MB/s");
  output.standard_error = {"524288000 bytes copied, 450 MB/s\n", "standard error", {}};
  EXPECT_EQ(value(read(metric, output)), 450);
  output.standard_error.text = "";
  EXPECT_EQ(failure(read(metric, output)), "metric speed: no line of standard error matches");
}

TEST(MetricReader, ChoosesAnElementOfAListByItsMembers) {
  const TrialOutput output = output_with(
      R"({"benchmarks": [{"name": "BM_Alloc/8", "real_time": 80}, {"name": "BM_Parse/8", "real_time": 125},)"
      R"( {"name": "BM_Parse/8", "real_time": 127}]})");
  EXPECT_EQ(value(read(metric_from(JsonSource{"/benchmarks/name=BM_Alloc~18/real_time"}), output)), 80);
  EXPECT_EQ(
      failure(read(metric_from(JsonSource{"/benchmarks/name=BM_Parse~18/real_time"}), output)),
      "metric speed: results.json has 2 values at /benchmarks/name=BM_Parse~18/real_time: choose one with an index "
      "or a member, as in /0 or /name=parse, or say which statistic of them");
}

TEST(MetricReader, RefusesAnElementThatHasAnotherNameAtTheSameIndex) {
  const Plan plan = plan_with(metric_from(JsonSource{"/benchmarks/0/real_time"}));
  const MetricReader reader(plan);
  const auto read_first = [&](const std::string& name) {
    return reader.read(plan.workloads[0],
                       output_with(R"({"benchmarks": [{"name": ")" + name + R"(", "real_time": 80}]})"));
  };
  EXPECT_EQ(value(read_first("BM_Parse")), 80);
  EXPECT_EQ(value(read_first("BM_Parse")), 80);
  EXPECT_EQ(
      failure(read_first("BM_Alloc")),
      "metric speed: /benchmarks/0 is \"BM_Alloc\" and was \"BM_Parse\" in an earlier trial: choose it by its name, "
      "as in json:/.../name=BM_Parse/...");
}

TEST(MetricReader, IgnoresNumbersThatNobodyAsksFor) {
  const TrialOutput output = output_with(R"({"ops": 1001.5, "idle": {"mean": -nan}, "big": Infinity})");
  EXPECT_EQ(value(read(metric_from(JsonSource{"/ops"}), output)), 1001.5);
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/idle/mean"}), output)), "metric speed: /idle/mean is -nan");
}

TEST(MetricReader, RefusesAKeyThatStandsTwice) {
  const TrialOutput output = output_with(R"({"rate": 5, "rate": 9, "n": 1, "other": {"x": 1, "x": 1}})");
  EXPECT_EQ(failure(read(metric_from(JsonSource{"/rate"}), output)),
            "metric speed: results.json has the key at /rate twice");
  EXPECT_EQ(value(read(metric_from(JsonSource{"/n"}), output)), 1);
}

TEST(MetricReader, ReadsTextsWithUnitsInJson) {
  EXPECT_EQ(value(read(metric_in("ms", JsonSource{"/a"}), output_with(R"({"a": "2 s"})"))), 2000);
}

TEST(MetricReader, KeepsWholeNumbersExactWhereTheyAreComparedExactly) {
  const Metric metric = metric_from(JsonSource{"/a"}, MetricKind::deterministic);
  EXPECT_EQ(value(read(metric, output_with(R"({"a": 9007199254740992})"))), 9007199254740992);
  EXPECT_TRUE(failure(read(metric, output_with(R"({"a": 9007199254740993})")))
                  .starts_with("metric speed: 9007199254740993 is above 2^53"));
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

TEST(MetricReader, LeavesAGuardEmptyWhereTheKernelDoesNotTellIt) {
  Metric metric = *find_built_in_metric("memory_peak");
  metric.role = MetricRole::guard;
  EXPECT_EQ(std::get<MetricValues>(read(metric, output_with(""))).values.at(0), std::nullopt);
}

TEST(MetricReader, FailsTheTrialWhereThePrimaryMetricIsNotTold) {
  Metric metric = *find_built_in_metric("memory_peak");
  metric.role = MetricRole::primary;
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

TEST(MetricReader, MakesOneValueOfListsInLists) {
  // As JMH writes it: iterations of each fork.
  const TrialOutput output = output_with(R"([{"benchmark": "b", "primaryMetric": {"rawData": [[1, 2], [3, 6]]}}])");
  EXPECT_EQ(value(read(statistic_from(JsonSource{"/0/primaryMetric/rawData"}, TrialStatistic::mean), output)), 3);
  EXPECT_EQ(
      value(read(statistic_from(JsonSource{"/benchmark=b/primaryMetric/rawData/*/0"}, TrialStatistic::max), output)),
      3);
}

TEST(MetricReader, MakesOneValueOfJsonLines) {
  const TrialOutput output = output_with("{\"ms\": 1}\n{\"ms\": 2}\n{\"ms\": 6}\n{\"done\": true}\n");
  EXPECT_EQ(value(read(statistic_from(JsonSource{"/ms"}, TrialStatistic::mean), output)), 3);
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
  usage.disk_growth = Bytes{7};
  usage.instructions = usage.cycles = usage.branch_misses = usage.cache_misses = 9;
  for (const Metric& metric : built_in_metrics()) {
    Plan plan = plan_with(metric);
    plan.metrics[0].kind = MetricKind::difference;
    EXPECT_TRUE(
        std::get<MetricValues>(MetricReader(plan).read(plan.workloads[0], TrialOutput{.usage = usage})).values.at(0))
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
