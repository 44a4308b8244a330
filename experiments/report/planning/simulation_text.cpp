#include "experiments/report/planning/simulation_text.hpp"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/result/result.hpp"
#include "experiments/report/mode_text.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

using nlohmann::json;
using planning::Claims;
using planning::PlaySummary;

std::string percent_text(double share) {
  return fmt::format("{:.1f} %", 100 * share);
}

std::string simulation_row(std::string_view name, const std::string& text) {
  return fmt::format("{:<17}{}\n", name, text);
}

std::string reasons_text(const PlaySummary& summary) {
  std::string text;
  for (const auto& [reason, share] : summary.reasons) {
    text += fmt::format("{}{} {}", text.empty() ? " (" : ", ", to_string(reason), percent_text(share));
  }
  return text.empty() ? text : text + ")";
}

std::string verdicts_text(const PlaySummary& summary) {
  std::string text;
  for (const auto& [verdict, share] : summary.shares) {
    if (verdict == Verdict::invalid && share == 0) continue;
    const bool undecided = verdict == Verdict::inconclusive;
    text += simulation_row(to_string(verdict), percent_text(share) + (undecided ? reasons_text(summary) : ""));
  }
  return text;
}

double share_of(int count, const Claims& claims) {
  return static_cast<double>(count) / claims.attempts;
}

std::string claims_text(const Claims& claims) {
  const auto shares = [&](int better, int worse) {
    return fmt::format("better {}, worse {}", percent_text(share_of(better, claims)),
                       percent_text(share_of(worse, claims)));
  };
  return "claims of the single tests, each trial played to its cap\n" +
         simulation_row("  beyond 0", shares(claims.below_zero, claims.above_zero)) +
         simulation_row("  beyond kappa", shares(claims.below_kappa_margin, claims.above_kappa_margin)) +
         simulation_row("  equivalent", percent_text(share_of(claims.equivalent, claims)));
}

json claims_json(const Claims& claims) {
  return {{"better", share_of(claims.below_zero, claims)},
          {"worse", share_of(claims.above_zero, claims)},
          {"better_than_kappa_margin", share_of(claims.below_kappa_margin, claims)},
          {"worse_than_kappa_margin", share_of(claims.above_kappa_margin, claims)},
          {"equivalent", share_of(claims.equivalent, claims)},
          {"blocks_to_better", claims.blocks_below_zero}};
}

int attempts_of(const Simulated& simulated) {
  return std::visit([](const auto& outcome) { return outcome.attempts; }, simulated.outcome);
}

std::string summary_text(const PlaySummary& summary) {
  std::string text = verdicts_text(summary);
  text += simulation_row("blocks",
                         fmt::format("{:.1f} on average, 9 of 10 at most {}", summary.mean_blocks, summary.p90_blocks));
  text +=
      simulation_row("coverage", percent_text(summary.coverage) + " of the intervals at the stop hold the true change");
  text +=
      simulation_row("not worse", percent_text(summary.not_worse) + " showed it by the margin, whatever the verdict");
  text += simulation_row("wrong direction", percent_text(summary.wrong_direction));
  if (summary.false_equivalence) text += simulation_row("false equivalent", percent_text(*summary.false_equivalence));
  return text;
}

json null_if_empty(const std::optional<double>& number) {
  return number ? json(*number) : json(nullptr);
}

json summary_json(const PlaySummary& summary) {
  json shares = json::object();
  for (const auto& [verdict, share] : summary.shares) shares[std::string(to_string(verdict))] = share;
  json reasons = json::object();
  for (const auto& [reason, share] : summary.reasons) reasons[std::string(to_string(reason))] = share;
  const bool finite = summary.median_estimate && std::isfinite(*summary.median_estimate);
  const json estimate = finite ? json(percent_of_log_ratio(*summary.median_estimate)) : json(nullptr);
  return {{"shares", shares},
          {"reasons", reasons},
          {"blocks", {{"mean", summary.mean_blocks}, {"p90", summary.p90_blocks}}},
          {"coverage", summary.coverage},
          {"not_worse", summary.not_worse},
          {"wrong_direction", summary.wrong_direction},
          {"false_equivalent", null_if_empty(summary.false_equivalence)},
          {"estimate_percent", {{"median", estimate}}}};
}

}  // namespace

std::string simulation_text(const Simulated& simulated) {
  const Metric& metric = simulated.play.plan.metrics.front();
  const Protocol& protocol = simulated.play.plan.protocol;
  std::string text = fmt::format("{} on {}: true change {}, margin {} %{}, at most {}, alpha {}, kappa {}\n",
                                 count_text(attempts_of(simulated), "trial"), simulated.noise.name,
                                 change_text(simulated.play.shift.value), metric.margin->value,
                                 metric.margin_is_default ? " (default)" : "", count_text(protocol.max_blocks, "block"),
                                 protocol.alpha, protocol.kappa);
  for (const std::string& mode : mode_sentences(simulated.play.plan.protocol)) text += simulation_row("design", mode);
  if (!simulated.noise.remark.empty()) text += "note: " + simulated.noise.remark + "\n";
  const auto* const summary = std::get_if<PlaySummary>(&simulated.outcome);
  return text + (summary != nullptr ? summary_text(*summary) : claims_text(std::get<Claims>(simulated.outcome)));
}

json simulation_json(const Simulated& simulated) {
  const Metric& metric = simulated.play.plan.metrics.front();
  const Protocol& protocol = simulated.play.plan.protocol;
  json object = {{"schema_version", 1},
                 {"command", "simulate"},
                 {"noise", simulated.noise.name},
                 {"notes", json::array()},
                 {"seed", simulated.play.plan.seed.to_string()},
                 {"trials", attempts_of(simulated)},
                 {"shift_percent", simulated.play.shift.value},
                 {"direction", to_string(metric.direction)},
                 {"margin_percent", metric.margin->value},
                 {"alpha", protocol.alpha},
                 {"alpha_equivalence", protocol.alpha_equivalence},
                 {"kappa", protocol.kappa},
                 {"min_blocks", protocol.min_blocks},
                 {"max_blocks", protocol.max_blocks},
                 {"anytime", looks_anytime(protocol)},
                 {"look_every_block", protocol.look_every_block.value_or(false)},
                 {"goal", to_string(protocol.goal)},
                 {"sidedness", to_string(protocol.sidedness)}};
  if (!simulated.noise.remark.empty()) object["notes"].push_back(simulated.noise.remark);
  const auto* const summary = std::get_if<PlaySummary>(&simulated.outcome);
  if (summary != nullptr) {
    object.update(summary_json(*summary));
  } else {
    object["claims"] = claims_json(std::get<Claims>(simulated.outcome));
  }
  return object;
}

}  // namespace assay::report
