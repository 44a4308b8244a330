#include "experiments/report/planning/guard_cost_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {

std::string guard_costs_text(const std::vector<planning::GuardCost>& costs) {
  constexpr double kUsualAlpha = 0.05;
  if (costs.empty()) return "";
  std::string text;
  for (const planning::GuardCost& cost : costs) {
    text += fmt::format(
        "guard {}: a margin of {:.4g} points needs {} in which treatment never fails alone, {} (alpha {:.4g})\n",
        printable(cost.metric), cost.margin_points, count_text(cost.blocks_in_one_look, "block"),
        cost.blocks_at_look ? fmt::format("seen at the look at {}", *cost.blocks_at_look) : "more than the cap",
        cost.alpha);
  }
  const auto blocks = [&](double limit) {
    return planning::blocks_without_failure({.limit = limit, .alpha = kUsualAlpha});
  };
  return text + fmt::format(
                    "  at alpha {}, {} blocks without a failure show that the failure rate is below 10 %, {} that it "
                    "is below 5 %, {} that it is below 1 %\n",
                    kUsualAlpha, blocks(0.10), blocks(0.05), blocks(0.01));
}

nlohmann::json guard_costs_json(const std::vector<planning::GuardCost>& costs) {
  nlohmann::json list = nlohmann::json::array();
  for (const planning::GuardCost& cost : costs) {
    list.push_back({{"metric", cost.metric},
                    {"margin_points", cost.margin_points},
                    {"alpha", cost.alpha},
                    {"blocks_in_one_look", cost.blocks_in_one_look}});
    list.back()["blocks_at_look"] =
        cost.blocks_at_look ? nlohmann::json(*cost.blocks_at_look) : nlohmann::json(nullptr);
  }
  return list;
}

}  // namespace assay::report
