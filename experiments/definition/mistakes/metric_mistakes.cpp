#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/regular_expression.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/mistakes/semantics.hpp"

namespace assay::definition {
namespace {

/// Nobody can read longer ones.
constexpr std::size_t kLongestPattern = 1000;

/// What is wrong with the place that a metric is read from; empty: nothing.
struct SourceMistake {
  std::string operator()(const BuiltInSource& source) const {
    return find_built_in_metric(source.name) ? "" : fmt::format("assay itself measures no {}", in_quotes(source.name));
  }

  std::string operator()(const JsonSource& source) const {
    const std::string& pointer = source.pointer;
    bool fine = pointer.empty() || pointer.front() == '/';
    for (std::size_t at = pointer.find('~'); at != std::string::npos; at = pointer.find('~', at + 1))
      fine = fine && at + 1 < pointer.size() && (pointer[at + 1] == '0' || pointer[at + 1] == '1');
    if (fine) return "";
    return fmt::format(
        "{} is no JSON pointer: expected \"/\" before each key, for example \"json:/results/0/rate\" (in "
        "keys ~0 stands for ~ and ~1 for /)",
        in_quotes(pointer));
  }

  std::string operator()(const RegexSource& source) const {
    if (source.pattern.size() > kLongestPattern)
      return fmt::format("the expression has more than {} characters", kLongestPattern);
    try {
      if (RegularExpression(source.pattern).groups() > 0) return "";
      return fmt::format(
          "the expression {} has no group: put the number in ( ), for example \"regex:took ([0-9.]+) ms\"",
          in_quotes(source.pattern));
    } catch (const Error& refused) {
      return refused.what();
    }
  }

  std::string operator()(const SpanSource&) const { return ""; }

  std::string operator()(const TestSource& source) const {
    return source.pattern.empty() ? "the name is empty: expected for example \"test:saves a page\"" : "";
  }

  std::string operator()(const FileSizeSource& source) const {
    return source.path.empty() ? "the path is empty: expected for example \"file-size:out/app\"" : "";
  }
};

/// One metric and where it stands.
struct MetricPlace {
  const Metric& metric;
  std::string pointer;
};

void check_source(const MetricPlace& place, Mistakes& mistakes) {
  const std::string text = mistake_in(place.metric.source);
  if (!text.empty())
    mistakes.push_back({place.pointer + "/from", fmt::format("metric {}: {}", in_quotes(place.metric.name), text)});
}

/// How often a test passes is in a report, which only a test-inventory check reads.
void check_report(const Definition& definition, const MetricPlace& place, Mistakes& mistakes) {
  if (!std::holds_alternative<TestSource>(place.metric.source)) return;
  for (const Workload& workload : definition.workloads) {
    if (!applies_to(place.metric.workloads, workload.name)) continue;
    const bool has_report =
        std::any_of(definition.checks.begin(), definition.checks.end(), [&workload](const Check& check) {
          return std::holds_alternative<TestInventoryCheck>(check.kind) && applies_to(check.workloads, workload.name);
        });
    if (has_report) continue;
    mistakes.push_back(
        {place.pointer + "/from",
         fmt::format("metric {} is read from a report of tests, and workload {} has none: add a [[check]] "
                     "of kind = \"test-inventory\"",
                     in_quotes(place.metric.name), in_quotes(workload.name))});
    return;
  }
}

std::string_view name_of_role(MetricRole role) {
  switch (role) {
    case MetricRole::primary:
      return "primary";
    case MetricRole::guard:
      return "a guard";
    case MetricRole::control:
      return "a control";
    case MetricRole::observed:
      break;
  }
  return "observed";
}

/// Whether it moved by more than a margin is asked of values that vary.
void check_control(const MetricPlace& place, Mistakes& mistakes) {
  const Metric& metric = place.metric;
  if (metric.role != MetricRole::control) return;
  if (metric.kind == MetricKind::positive || metric.kind == MetricKind::difference) return;
  mistakes.push_back({place.pointer + "/kind",
                      fmt::format("metric {} is a control, which is compared by ratio or by difference: expected "
                                  "kind = \"positive\" or \"difference\", or another role",
                                  in_quotes(metric.name))});
}

void check_margin(const MetricPlace& place, Mistakes& mistakes) {
  const Metric& metric = place.metric;
  const auto refuse = [&](const std::string& pointer, std::string_view text) {
    mistakes.push_back({pointer, fmt::format("metric {} {}", in_quotes(metric.name), text)});
  };
  if (metric.role == MetricRole::observed) {
    if (metric.margin) {
      refuse(place.pointer + "/margin",
             "decides nothing, so it has no margin: make it a guard or leave the margin out");
    }
    return;
  }
  const bool only_vetoes = metric.role == MetricRole::guard && metric.kind == MetricKind::proportion;
  if (!metric.margin) {
    if (only_vetoes) return;
    refuse(place.pointer,
           fmt::format("is {}, so it needs a margin: the smallest change worth acting on, for example margin = \"3%\"",
                       name_of_role(metric.role)));
  } else if (metric.margin->value <= 0) {
    refuse(place.pointer + "/margin",
           "has a margin of 0% or less: expected the smallest change worth acting on, above 0%");
  } else if (metric.kind == MetricKind::proportion && metric.margin->value > 100) {
    refuse(place.pointer + "/margin",
           "has a margin above 100%: that of a proportion is in points, so expected at most 100%");
  }
}

/// A metric that assay measures itself is better one way only, whatever a file says; utilisation may be wanted either
/// way.
void check_direction(const MetricPlace& place, Mistakes& mistakes) {
  const Metric& metric = place.metric;
  const auto* const source = std::get_if<BuiltInSource>(&metric.source);
  const Metric* const built_in = source == nullptr ? nullptr : find_built_in_metric(source->name);
  if (built_in == nullptr || built_in->direction == Direction::higher || metric.role == MetricRole::observed) return;
  if (metric.direction == built_in->direction) return;
  mistakes.push_back(
      {place.pointer + "/direction",
       fmt::format("metric {} is better lower, and direction = \"{}\" would call a loss a gain: leave the "
                   "direction out",
                   in_quotes(metric.name), to_string(metric.direction))});
}

void check_primary(const Definition& definition, Mistakes& mistakes) {
  const Metric* primary = nullptr;
  for (std::size_t index = 0; index < definition.metrics.size(); ++index) {
    const Metric& metric = definition.metrics[index];
    if (metric.role != MetricRole::primary) continue;
    if (primary) {
      mistakes.push_back({fmt::format("/metric/{}/role", index),
                          fmt::format("metrics {} and {} are both primary: one alone decides the verdict, make the "
                                      "other a guard",
                                      in_quotes(primary->name), in_quotes(metric.name))});
      return;
    }
    primary = &metric;
    if (!metric.workloads.empty()) {
      mistakes.push_back({fmt::format("/metric/{}/workloads", index),
                          fmt::format("metric {} is primary and decides in every workload: leave workloads out",
                                      in_quotes(metric.name))});
    }
  }
  if (!primary) {
    mistakes.push_back(
        {"/metric", "no metric is primary: write role = \"primary\" at the one that decides the verdict"});
  }
}

}  // namespace

std::string mistake_in(const MetricSource& source) {
  return std::visit(SourceMistake{}, source);
}

void find_metric_mistakes(const Definition& definition, Mistakes& mistakes) {
  check_primary(definition, mistakes);
  for (std::size_t index = 0; index < definition.metrics.size(); ++index) {
    const MetricPlace place{definition.metrics[index], fmt::format("/metric/{}", index)};
    check_source(place, mistakes);
    check_report(definition, place, mistakes);
    check_margin(place, mistakes);
    check_direction(place, mistakes);
    check_control(place, mistakes);
  }
}

}  // namespace assay::definition
