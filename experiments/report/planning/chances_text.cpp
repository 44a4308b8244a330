#include "experiments/report/planning/chances_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {

std::string chances_text(const planning::Chances& chances) {
  std::string text = fmt::format("{:<11}of each verdict in one comparison, on {}, {} simulated trials each\n",
                                 "chances", chances.noise, chances.trials);
  text += fmt::format("  {:>9}  {:>8}  {:>9}  {:>10}  {:>12}  blocks (9 of 10 at most)\n", "better by", "improved",
                      "regressed", "equivalent", "inconclusive");
  for (const planning::Chance& chance : chances.of_effects) {
    const auto percent = [&](Verdict verdict) { return 100 * chance.summary.shares.at(verdict); };
    text +=
        fmt::format("  {:>7.3g} %  {:>6.1f} %  {:>7.1f} %  {:>8.1f} %  {:>10.1f} %  {:.1f} ({})", chance.effect_percent,
                    percent(Verdict::improved), percent(Verdict::regressed), percent(Verdict::equivalent),
                    percent(Verdict::inconclusive), chance.summary.mean_blocks, chance.summary.p90_blocks);
    text += chance.seconds ? fmt::format(", about {}\n", rough_duration_text(*chance.seconds)) : "\n";
  }
  return text;
}

nlohmann::json chances_json(const planning::Chances& chances) {
  using nlohmann::json;
  const auto number_or_null = [](const std::optional<double>& number) {
    return number ? json(*number) : json(nullptr);
  };
  json effects = json::array();
  for (const planning::Chance& chance : chances.of_effects) {
    json shares = json::object();
    for (const auto& [verdict, share] : chance.summary.shares) shares[std::string(to_string(verdict))] = share;
    effects.push_back({{"better_by_percent", chance.effect_percent},
                       {"shares", shares},
                       {"blocks", {{"mean", chance.summary.mean_blocks}, {"p90", chance.summary.p90_blocks}}},
                       {"seconds", number_or_null(chance.seconds)}});
  }
  return {{"noise", chances.noise},
          {"trials", chances.trials},
          {"seconds_per_block", number_or_null(chances.seconds_per_block)},
          {"detectable_percent", number_or_null(chances.detectable_percent)},
          {"effects", effects}};
}

std::string unplayable_text(planning::Unplayable reason, const Plan& plan) {
  const Metric& metric = plan.metrics[primary_metric(plan)];
  switch (reason) {
    case planning::Unplayable::not_positive:
      return fmt::format("the chances of a verdict are simulated only for positive metrics, and {} is a {}",
                         printable(metric.name), to_string(metric.kind));
    case planning::Unplayable::no_cap:
      return "the chances of a verdict are simulated up to a cap, and this plan has none";
    case planning::Unplayable::design:
      return "the chances of a verdict are simulated only for blocks of one trial of each arm, and this design has "
             "others";
  }
  return "";
}

}  // namespace assay::report
