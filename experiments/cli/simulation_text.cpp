#include "experiments/cli/simulation_text.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/result.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::cli {
namespace {

using experiments::Claims;
using experiments::PlaySummary;
using nlohmann::json;

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}

std::string row(std::string_view name, const std::string& text) {
  return fmt::format("{:<17}{}\n", name, text);
}

std::string reasons_text(const PlaySummary& summary) {
  std::string text;
  for (const auto& [reason, share] : summary.reasons) {
    text += fmt::format("{}{} {}", text.empty() ? " (" : ", ", to_string(reason), percent(share));
  }
  return text.empty() ? text : text + ")";
}

std::string verdicts_text(const PlaySummary& summary) {
  std::string text;
  for (const auto& [verdict, share] : summary.shares) {
    if (verdict == Verdict::invalid && share == 0) continue;
    const bool undecided = verdict == Verdict::inconclusive;
    text += row(to_string(verdict), percent(share) + (undecided ? reasons_text(summary) : ""));
  }
  return text;
}

double share_of(int count, const Claims& claims) {
  return static_cast<double>(count) / claims.attempts;
}

std::string claims_text(const Claims& claims) {
  const auto shares = [&](int better, int worse) {
    return fmt::format("better {}, worse {}", percent(share_of(better, claims)), percent(share_of(worse, claims)));
  };
  return "claims of the single tests, each trial played to its cap\n" +
         row("  beyond 0", shares(claims.below_zero, claims.above_zero)) +
         row("  beyond kappa", shares(claims.below_kappa_margin, claims.above_kappa_margin)) +
         row("  equivalent", percent(share_of(claims.equivalent, claims)));
}

json claims_json(const Claims& claims) {
  return {{"better", share_of(claims.below_zero, claims)},
          {"worse", share_of(claims.above_zero, claims)},
          {"better_than_kappa_margin", share_of(claims.below_kappa_margin, claims)},
          {"worse_than_kappa_margin", share_of(claims.above_kappa_margin, claims)},
          {"equivalent", share_of(claims.equivalent, claims)},
          {"blocks_to_better", claims.blocks_below_zero}};
}

json number_or_null(const std::optional<double>& number) {
  return number ? json(*number) : json(nullptr);
}

}  // namespace

Plan played_plan(const ProtocolOptions& options, Direction direction) {
  Metric metric;
  metric.name = "value";
  metric.direction = direction;
  metric.margin = options.margin.value_or(kDefaultMargin);
  metric.margin_is_default = !options.margin;
  return experiments::value_plan({.id = "simulate",
                                  .control = "control",
                                  .treatment = "treatment",
                                  .metric = metric,
                                  .protocol = options.protocol,
                                  .seed = options.seed.value_or(Seed{0})});
}

std::string simulation_text(const Simulated& simulated) {
  const auto& [noise, play, summary, claims] = simulated;
  const Metric& metric = play.plan.metrics.front();
  const Protocol& protocol = play.plan.protocol;
  std::string text = fmt::format("{} on {}: true change {}, margin {} %{}, at most {}, alpha {}, kappa {}\n",
                                 experiments::count_text(summary.attempts, "trial"), noise.name,
                                 experiments::change_text(play.shift.value), metric.margin->value,
                                 metric.margin_is_default ? " (default)" : "",
                                 experiments::count_text(protocol.max_blocks, "block"), protocol.alpha, protocol.kappa);
  if (!noise.remark.empty()) text += "note: " + noise.remark + "\n";
  text += verdicts_text(summary);
  text += row("blocks", fmt::format("{:.1f} on average, 9 of 10 at most {}", summary.mean_blocks, summary.p90_blocks));
  text += row("coverage", percent(summary.coverage) + " of the intervals at the stop hold the true change");
  text += row("wrong direction", percent(summary.wrong_direction));
  if (summary.false_equivalence) text += row("false equivalent", percent(*summary.false_equivalence));
  if (claims) text += claims_text(*claims);
  return text;
}

json shares_json(const PlaySummary& summary) {
  json shares = json::object();
  for (const auto& [verdict, share] : summary.shares) shares[std::string(to_string(verdict))] = share;
  return shares;
}

json simulation_json(const Simulated& simulated) {
  const auto& [noise, play, summary, claims] = simulated;
  const Metric& metric = play.plan.metrics.front();
  const Protocol& protocol = play.plan.protocol;
  json reasons = json::object();
  for (const auto& [reason, share] : summary.reasons) reasons[std::string(to_string(reason))] = share;
  json object = {{"schema_version", 1},
                 {"command", "simulate"},
                 {"noise", noise.name},
                 {"notes", json::array()},
                 {"seed", play.plan.seed.to_string()},
                 {"trials", summary.attempts},
                 {"shift_percent", play.shift.value},
                 {"direction", to_string(metric.direction)},
                 {"margin_percent", metric.margin->value},
                 {"alpha", protocol.alpha},
                 {"alpha_equivalence", protocol.alpha_equivalence},
                 {"kappa", protocol.kappa},
                 {"min_blocks", protocol.min_blocks},
                 {"max_blocks", protocol.max_blocks},
                 {"shares", shares_json(summary)},
                 {"reasons", reasons},
                 {"blocks", {{"mean", summary.mean_blocks}, {"p90", summary.p90_blocks}}},
                 {"coverage", summary.coverage},
                 {"wrong_direction", summary.wrong_direction},
                 {"false_equivalent", number_or_null(summary.false_equivalence)}};
  if (!noise.remark.empty()) object["notes"].push_back(noise.remark);
  const bool finite = summary.median_estimate && std::isfinite(*summary.median_estimate);
  object["estimate_percent"] = {
      {"median", finite ? json(percent_of_log_ratio(*summary.median_estimate)) : json(nullptr)}};
  if (claims) object["claims"] = claims_json(*claims);
  return object;
}

}  // namespace assay::cli
