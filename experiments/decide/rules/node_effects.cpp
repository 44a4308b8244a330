#include "experiments/decide/rules/node_effects.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/result/effect.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "stats/diagnosis/group_differences.hpp"
#include "stats/hodges_lehmann.hpp"

namespace assay::decide {
namespace {

constexpr std::size_t kFewestOnANode = 2;
constexpr double kNodeLevel = 0.05;
/// With fewer blocks no interval at this confidence is bounded.
constexpr std::size_t kFewestForANodeInterval = 6;

struct NodeEffect {
  std::string node;
  std::size_t blocks = 0;
  stats::HodgesLehmann effect;
};

std::string effect_in_words(const Metric& metric, double effect) {
  if (!std::isfinite(effect)) return effect > 0 ? "above any bound" : "below any bound";
  if (metric.kind == MetricKind::positive) return fmt::format("{:+.1f} %", percent_of_log_ratio(effect));
  return fmt::format("{:+.3g}{}{}", effect, metric.unit.empty() ? "" : " ", metric.unit);
}

/// Above 0: better.
double better_by(const Metric& metric, double effect) {
  return -worse_sign(metric) * effect;
}

/// "improved on n1, n2; not shown on n4 (2 blocks)"
std::string verdicts_in_words(const Metric& metric, const std::vector<NodeEffect>& effects) {
  std::map<std::string, std::vector<std::string>> nodes;
  for (const NodeEffect& one : effects) {
    const double first = better_by(metric, one.effect.interval.low);
    const double second = better_by(metric, one.effect.interval.high);
    const bool is_bounded = one.blocks >= kFewestForANodeInterval;
    const char* verdict = "not shown to differ on";
    if (is_bounded && std::min(first, second) > 0) verdict = "improved on";
    if (is_bounded && std::max(first, second) < 0) verdict = "regressed on";
    nodes[is_bounded ? verdict : "too few blocks to say on"].push_back(one.node);
  }
  std::vector<std::string> parts;
  for (const auto& [verdict, names] : nodes) parts.push_back(fmt::format("{} {}", verdict, fmt::join(names, ", ")));
  return fmt::format("{}", fmt::join(parts, "; "));
}

std::string table_in_words(const Metric& metric, const std::vector<NodeEffect>& effects) {
  std::vector<std::string> parts;
  for (const NodeEffect& one : effects) {
    parts.push_back(
        fmt::format("{} {} in {} blocks", one.node, effect_in_words(metric, one.effect.estimate), one.blocks));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::optional<Diagnostic> node_effects(const Metric& metric, const PairedSeries& series, std::span<const Block> blocks,
                                       Seed seed) {
  std::map<std::string, std::vector<double>> by_node;
  const std::size_t count = std::min(series.effects.size(), blocks.size());
  for (std::size_t block = 0; block < count; ++block) by_node[blocks[block].node].push_back(series.effects[block]);
  by_node.erase("");
  std::erase_if(by_node, [](const auto& node) { return node.second.size() < kFewestOnANode; });
  if (by_node.size() < 2) return std::nullopt;
  std::vector<double> values;
  std::vector<std::size_t> groups;
  std::vector<NodeEffect> effects;
  for (const auto& [node, of_node] : by_node) {
    values.insert(values.end(), of_node.begin(), of_node.end());
    groups.insert(groups.end(), of_node.size(), effects.size());
    effects.push_back({node, of_node.size(), stats::hodges_lehmann(of_node, 1 - kNodeLevel)});
  }
  const stats::GroupDifferences differences = stats::group_differences(values, groups, seed);
  Diagnostic diagnostic{.kind = DiagnosticKind::node_effects, .statistic = differences.statistic, .p = differences.p};
  diagnostic.flag = differences.p < kNodeLevel;
  if (diagnostic.flag) {
    diagnostic.note = fmt::format("the effect is not the same on all nodes (p {:.2g}): {}: {}", differences.p,
                                  verdicts_in_words(metric, effects), table_in_words(metric, effects));
  }
  return diagnostic;
}

}  // namespace assay::decide
