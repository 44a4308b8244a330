#include "experiments/report/entries/claim_text.hpp"

#include <fmt/format.h>

#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

/// "75.0 % lower": what a ratio means for the metric's value.
std::string value_change(const ClaimedMetric& metric, double ratio) {
  if (metric.direction == Direction::lower) return amount_text(100 * (1 - 1 / ratio)) + " lower";
  return amount_text(100 * (ratio - 1)) + " higher";
}

struct EffectWords {
  const ClaimedMetric& metric;

  std::string operator()(const ClaimedRatio& claimed) const {
    return fmt::format("at least {}x better, which is at least {}", ratio_text(claimed.ratio, claimed.ratio),
                       value_change(metric, claimed.ratio));
  }
  std::string operator()(const ClaimedLimit& claimed) const {
    const Target target{.workload = "",
                        .state = "",
                        .metric = metric.name,
                        .statistic = claimed.statistic,
                        .bound = claimed.bound,
                        .limit = claimed.limit,
                        .unit = metric.unit};
    return fmt::format("{} {}", to_string(claimed.statistic), limit_text(target, claimed.limit));
  }
  std::string operator()(const ClaimedRate& claimed) const {
    const std::string floor =
        claimed.floor ? fmt::format(", to be shown: at least {}", share_text(*claimed.floor)) : "";
    return fmt::format("{} succeed{}", share_text(claimed.rate), floor);
  }
  std::string operator()(const ClaimedNotWorse& claimed) const {
    return fmt::format("not worse by {}", amount_text(claimed.margin_percent));
  }
  std::string operator()(const ClaimedCorrectness&) const { return "passes every check"; }
};

}  // namespace

std::string claimed_effect_text(const ClaimedMetric& metric, const ClaimedEffect& effect) {
  return std::visit(EffectWords{metric}, effect);
}

std::string claim_headline(const Claim& claim) {
  const std::string metric = claim.metric.name.empty() ? "trials" : claim.metric.name;
  // Programs before 0.2.0 did not say which revision is meant.
  const bool names_revision = std::holds_alternative<ClaimedCorrectness>(claim.effect) && !claim.said.empty();
  return fmt::format("{} of {} ({}, {}), {} against {}: {}{}", metric, claim.experiment, claim.workload, claim.state,
                     claim.treatment, claim.control, names_revision ? fmt::format("revision {} ", claim.said) : "",
                     claimed_effect_text(claim.metric, claim.effect));
}

}  // namespace assay::report
