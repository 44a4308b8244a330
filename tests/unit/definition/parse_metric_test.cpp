#include <gtest/gtest.h>

#include "experiments/definition/definition.hpp"
#include "tests/unit/definition/source_tree.hpp"

namespace assay::definition {
namespace parse_metric_tests {

using test::parse;
using test::small_experiment;

TEST(ParseMetric, ABuiltInMetricBringsItsUnitKindAndDirection) {
  const Definition definition = parse(small_experiment("[[metric]]\nname = \"cpu_utilisation\"\n"));
  Metric expected = *find_built_in_metric("cpu_utilisation");
  expected.role = MetricRole::observed;
  EXPECT_EQ(definition.metrics[1], expected);
  EXPECT_EQ(definition.metrics[0].role, MetricRole::primary);
  EXPECT_EQ(definition.metrics[0].margin, Percent{3});
  EXPECT_FALSE(definition.metrics[0].margin_is_default);
}

TEST(ParseMetric, ADirectionMayDifferFromTheBuiltInOne) {
  const Definition definition = parse(small_experiment("[[metric]]\nname = \"cpu\"\ndirection = \"higher\"\n"));
  EXPECT_EQ(definition.metrics[1].direction, Direction::higher);
}

TEST(ParseMetric, ReadsMetricsFromEverySource) {
  const Definition definition = parse(small_experiment(R"(
[[metric]]
name = "rate"
from = "json:/results/0/rate"
unit = "1/s"
direction = "higher"
role = "guard"
margin = "0.5 %"
workloads = ["deploy"]
[[metric]]
name = "delay"
from = 'regex:took: ([-0-9.]+) ms'
unit = "ms"
kind = "difference"
[[metric]]
name = "size"
from = "file-size:out/a:b"
)"));
  Metric rate;
  rate.name = "rate";
  rate.source = JsonSource{"/results/0/rate"};
  rate.unit = "1/s";
  rate.direction = Direction::higher;
  rate.role = MetricRole::guard;
  rate.margin = Percent{0.5};
  rate.workloads = {"deploy"};
  EXPECT_EQ(definition.metrics[1], rate);
  EXPECT_EQ(definition.metrics[2].source, MetricSource(RegexSource{"took: ([-0-9.]+) ms"}));
  EXPECT_EQ(definition.metrics[2].kind, MetricKind::difference);
  EXPECT_EQ(definition.metrics[3].source, MetricSource(FileSizeSource{"out/a:b"}));
  EXPECT_EQ(definition.metrics[3].unit, "B");
}

TEST(ParseMetric, ReadsFiguresOfSpans) {
  const Definition definition = parse(small_experiment(R"toml(
[[metric]]
name = "tail"
from = "spans:duration(GET (all) of /)"
statistic = "p95"
[[metric]]
name = "at once"
from = "spans:overlap(request)"
)toml"));
  EXPECT_EQ(definition.metrics[1].source, MetricSource(SpanSource{SpanFigure::duration, "GET (all) of /"}));
  EXPECT_EQ(definition.metrics[1].unit, "s");
  EXPECT_EQ(definition.metrics[2].source, MetricSource(SpanSource{SpanFigure::overlap, "request"}));
  EXPECT_EQ(definition.metrics[2].unit, "");
}

TEST(ParseMetric, ReadsWhatMakesOneValueOfMany) {
  const Definition definition =
      parse(small_experiment("[[metric]]\nname = \"tail\"\nfrom = \"json:/latencies\"\nstatistic = \"p99.9\"\n"));
  EXPECT_EQ(definition.metrics[1].statistic, TrialStatistic::p99_9);
}

TEST(ParseMetric, ReadsThatTheSteadyStateAloneCounts) {
  const Definition definition = parse(
      small_experiment("[[metric]]\nname = \"iteration\"\nfrom = \"json:/seconds\"\nstatistic = \"steady-mean\"\n"));
  EXPECT_EQ(definition.metrics[1].statistic, TrialStatistic::steady_mean);
  EXPECT_TRUE(counts_steady_state(definition.metrics[1]));
  EXPECT_FALSE(counts_steady_state(definition.metrics[0]));
}

TEST(ParseMetric, AGuardOnAShareMayDoWithoutMargin) {
  const Definition definition = parse(
      small_experiment("[[metric]]\nname = \"ok\"\nfrom = \"json:/ok\"\nkind = \"proportion\"\nrole = \"guard\"\n"));
  EXPECT_EQ(definition.metrics[1].margin, std::nullopt);
}

TEST(ParseMetric, AFlakyTestIsAGuardOnHowOftenItPasses) {
  const std::string check = "[[check]]\nname = \"tests\"\nkind = \"test-inventory\"\njunit = \"junit.xml\"\n";
  const Definition definition = parse(small_experiment(check + "flaky = [\"saves\"]\nworkloads = [\"deploy\"]\n"));
  ASSERT_EQ(definition.metrics.size(), 2U);
  const Metric& guard = definition.metrics[1];
  EXPECT_EQ(guard.name, "saves passes");
  EXPECT_EQ(guard.role, MetricRole::guard);
  EXPECT_EQ(guard.kind, MetricKind::proportion);
  EXPECT_EQ(guard.direction, Direction::higher);
  EXPECT_EQ(guard.margin, std::nullopt);
  EXPECT_EQ(guard.source, MetricSource(TestSource{"saves"}));
  EXPECT_EQ(guard.workloads, (std::vector<std::string>{"deploy"}));
  EXPECT_EQ(std::get<TestInventoryCheck>(definition.checks.back().kind).flaky, (std::vector<std::string>{"saves"}));
}

TEST(ParseMetric, AMetricOfAFlakyTestTakesThePlaceOfItsGuard) {
  const Definition definition =
      parse(small_experiment("[[metric]]\nname = \"mine\"\nfrom = \"test:saves\"\nrole = \"guard\"\nmargin = \"10%\"\n"
                             "[[check]]\nname = \"tests\"\nkind = \"test-inventory\"\njunit = \"junit.xml\"\n"
                             "flaky = [\"saves\"]\n"));
  ASSERT_EQ(definition.metrics.size(), 2U);
  EXPECT_EQ(definition.metrics[1].name, "mine");
  EXPECT_EQ(definition.metrics[1].kind, MetricKind::proportion);
  EXPECT_EQ(definition.metrics[1].direction, Direction::higher);
}

TEST(ParseMetric, AControlPhaseIsAControlMetricWithThePrimarysMargin) {
  const Definition definition = parse(small_experiment("control_phases = [\"connect\"]\n"));
  ASSERT_EQ(definition.metrics.size(), 2U);
  const Metric& control = definition.metrics[1];
  EXPECT_EQ(control.name, "phase connect");
  EXPECT_EQ(control.unit, "s");
  EXPECT_EQ(control.role, MetricRole::control);
  EXPECT_EQ(control.kind, MetricKind::positive);
  EXPECT_EQ(control.margin, Percent{3});
  EXPECT_EQ(control.source, MetricSource(SpanSource{SpanFigure::duration, "connect"}));
  EXPECT_EQ(control.workloads, (std::vector<std::string>{"deploy"}));
}

TEST(ParseMetric, AControlPhaseOfTwoWorkloadsIsOneMetric) {
  const Definition definition = parse(small_experiment(R"(control_phases = ["connect"]
[[workload]]
name = "other"
command = ["./other.sh"]
control_phases = ["connect", "log in"]
)"));
  ASSERT_EQ(definition.metrics.size(), 3U);
  EXPECT_EQ(definition.metrics[1].workloads, (std::vector<std::string>{"deploy", "other"}));
  EXPECT_EQ(definition.metrics[2].name, "phase log in");
  EXPECT_EQ(definition.metrics[2].workloads, (std::vector<std::string>{"other"}));
}

TEST(ParseMetric, AMetricOfOnesOwnMayBeAControl) {
  const Definition definition = parse(small_experiment(R"([[metric]]
name = "rows"
from = "json:/rows"
kind = "difference"
role = "control"
margin = "1%"
)"));
  EXPECT_EQ(definition.metrics[1].role, MetricRole::control);
}

}  // namespace parse_metric_tests
}  // namespace assay::definition
