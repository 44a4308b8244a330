#include "experiments/decide/challenge/claim_grader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "experiments/decide/challenge/outcome_graders.hpp"
#include "experiments/decide/challenge/ratio_grader.hpp"

namespace assay::decide {
namespace {

/// A ratio needs values above 0.
void require_positive(const Plan& plan) {
  const Metric& metric = plan.metrics[claimed_metric(plan)];
  if (metric.kind == MetricKind::positive || metric.kind == MetricKind::deterministic) return;
  throw Error(fmt::format("the claim is a ratio of {}, which is compared by difference", metric.name),
              ErrorKind::invalid);
}

struct MakeGrader {
  const Plan& plan;
  std::vector<int> looks;

  std::unique_ptr<ClaimGrader> operator()(const ClaimedRatio& claimed) const {
    if (!(claimed.ratio > 1)) throw Error("the plan's claim is no ratio above 1", ErrorKind::invalid);
    require_positive(plan);
    return std::make_unique<RatioGrader>(plan, looks);
  }
  std::unique_ptr<ClaimGrader> operator()(const ClaimedNotWorse& claimed) const {
    if (!(claimed.margin_percent > 0)) throw Error("the plan's claim has no margin above 0", ErrorKind::invalid);
    require_positive(plan);
    return std::make_unique<RatioGrader>(plan, looks);
  }
  std::unique_ptr<ClaimGrader> operator()(const ClaimedRate&) const {
    return std::make_unique<RateGrader>(plan, looks);
  }
  std::unique_ptr<ClaimGrader> operator()(const ClaimedLimit&) const { return std::make_unique<LimitGrader>(plan); }
  std::unique_ptr<ClaimGrader> operator()(const ClaimedCorrectness&) const {
    return std::make_unique<CorrectnessGrader>();
  }
};

}  // namespace

std::unique_ptr<ClaimGrader> make_claim_grader(const Plan& plan, std::vector<int> looks) {
  ASSAY_ASSERT(plan.challenge.has_value());
  return std::visit(MakeGrader{plan, std::move(looks)}, plan.challenge->effect);
}

double challenge_alpha_of(const Plan& plan) {
  return challenge_alpha(plan.protocol.alpha, plan.challenge->number);
}

std::size_t claimed_metric(const Plan& plan) {
  return metric_called(plan, plan.challenge->metric.name);
}

std::size_t metric_called(const Plan& plan, const std::string& name) {
  const auto found = std::find_if(plan.metrics.begin(), plan.metrics.end(),
                                  [&name](const Metric& metric) { return metric.name == name; });
  if (found == plan.metrics.end()) {
    throw Error(fmt::format("the claim is about a metric that its plan does not have: \"{}\"", name),
                ErrorKind::invalid);
  }
  return static_cast<std::size_t>(found - plan.metrics.begin());
}

}  // namespace assay::decide
