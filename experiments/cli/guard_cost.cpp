#include "experiments/cli/guard_cost.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/decide/levels.hpp"
#include "experiments/report/quantity.hpp"
#include "stats/sequential/sequential_share.hpp"
#include "stats/sequential/spending.hpp"

namespace assay::cli {
namespace {

/// The first look that shows a share below the limit where nothing was ever counted.
std::optional<int> first_look_without_failure(const std::vector<int>& looks, double limit, double level) {
  const std::vector<double> spent = stats::log_spending(looks, level);
  std::vector<stats::CountLook> so_far;
  for (std::size_t look = 0; look < looks.size(); ++look) {
    so_far.push_back({.blocks = looks[look], .count = 0, .spent = spent[look]});
    if (stats::shown_below(so_far, limit)) return looks[look];
  }
  return std::nullopt;
}

/// A margin of 100 points is shown by any block in which treatment did not fail.
int blocks_in_one_look(double limit, double level) {
  return limit < 1 ? stats::blocks_without_count(limit, level) : 1;
}

}  // namespace

std::vector<GuardCost> guard_costs(const Plan& plan) {
  const double alpha = decide::guard_levels(plan, decide::test_counts(plan)).equivalence;
  std::vector<GuardCost> costs;
  // Its shares are then compared by other tests, and what those cost follows from how often control fails, too.
  if (plan.protocol.anytime || is_costly(plan.protocol.design) || plan.protocol.design == Design::abba) return costs;
  for (const Metric& metric : plan.metrics) {
    if (metric.role != MetricRole::guard || metric.kind != MetricKind::proportion || !metric.margin) continue;
    const double limit = metric.margin->fraction();
    costs.push_back({.metric = metric.name,
                     .margin_points = metric.margin->value,
                     .alpha = alpha,
                     .blocks_in_one_look = blocks_in_one_look(limit, alpha),
                     .blocks_at_look = first_look_without_failure(decide::looks_of(plan.protocol), limit, alpha)});
  }
  return costs;
}

std::string guard_costs_text(const std::vector<GuardCost>& costs) {
  constexpr double kUsualAlpha = 0.05;
  std::string text;
  for (const GuardCost& cost : costs) {
    text += fmt::format(
        "guard {}: {:.4g} points need {} in which treatment never fails alone, {} (alpha {:.4g})\n",
        printable(cost.metric), cost.margin_points, report::count_text(cost.blocks_in_one_look, "block"),
        cost.blocks_at_look ? fmt::format("seen at the look at {}", *cost.blocks_at_look) : "more than the cap",
        cost.alpha);
  }
  if (costs.empty()) return text;
  return text + fmt::format("  at alpha {}, 0 failures show 10 points after {} blocks, 5 after {}, 1 after {}\n",
                            kUsualAlpha, blocks_in_one_look(0.10, kUsualAlpha), blocks_in_one_look(0.05, kUsualAlpha),
                            blocks_in_one_look(0.01, kUsualAlpha));
}

nlohmann::json guard_costs_json(const std::vector<GuardCost>& costs) {
  nlohmann::json list = nlohmann::json::array();
  for (const GuardCost& cost : costs) {
    list.push_back({{"metric", cost.metric},
                    {"margin_points", cost.margin_points},
                    {"alpha", cost.alpha},
                    {"blocks_in_one_look", cost.blocks_in_one_look}});
    list.back()["blocks_at_look"] =
        cost.blocks_at_look ? nlohmann::json(*cost.blocks_at_look) : nlohmann::json(nullptr);
  }
  return list;
}

}  // namespace assay::cli
