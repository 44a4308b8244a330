#include "experiments/decide/challenge/outcome_graders.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/decide/blocks/cell_blocks.hpp"
#include "stats/summary.hpp"

namespace assay::decide {

bool succeeded(const RatedArm& rated, const Block& block) {
  if (arm_failed(block, rated.arm)) return false;
  if (rated.metric.name.empty()) return true;
  const std::size_t metric = metric_called(rated.plan, rated.metric.name);
  const double all = rated.metric.direction == Direction::higher ? 1 : 0;
  const auto trials = trials_of(block, rated.arm);
  return std::all_of(trials.begin(), trials.end(), [&](const Trial* trial) { return trial->values[metric] == all; });
}

double figure_of(const ArmSummary& summary, Statistic statistic) {
  switch (statistic) {
    case Statistic::median:
      return summary.median;
    case Statistic::mean:
      return summary.mean;
    case Statistic::minimum:
      return summary.minimum;
    case Statistic::maximum:
      return summary.maximum;
    case Statistic::lower_quartile:
      return summary.lower_quartile;
    case Statistic::upper_quartile:
      break;
  }
  return summary.upper_quartile;
}

RateGrader::RateGrader(const Plan& plan, std::vector<int> looks)
    : plan_(plan), claim_(std::get<ClaimedRate>(plan.challenge->effect)), cap_(looks.back()) {
  result_.confidence = 1 - challenge_alpha_of(plan);
}

int RateGrader::failures_in(std::span<const Block> blocks) const {
  return static_cast<int>(std::count_if(blocks.begin(), blocks.end(), [this](const Block& block) {
    return !succeeded({plan_, plan_.challenge->metric, kClaimedTreatment}, block);
  }));
}

Grade RateGrader::grade_of(int failures) const {
  if (claim_.rate >= 1 && failures > 0) return Grade::refuted;
  if (*result_.measured.high < claim_.rate) return Grade::refuted;
  // 100 % is never shown as such: without a floor there is nothing that successes could reach.
  const double needed = claim_.floor.value_or(claim_.rate);
  return needed < 1 && *result_.measured.low >= needed ? Grade::confirmed : Grade::inconclusive;
}

void RateGrader::look(std::span<const Block> blocks, const GradingLook& look) {
  const int count = static_cast<int>(blocks.size());
  const int failures = failures_in(blocks);
  const double side = challenge_alpha_of(plan_) / 2;
  const double spent = look.kind == LookKind::last ? side : side * count / cap_;
  failures_.push_back({count, failures, spent});
  successes_.push_back({count, count - failures, spent});
  result_.blocks = count;
  result_.estimate = static_cast<double>(count - failures) / count;
  result_.measured = {1 - stats::sequential_upper_bound(failures_), stats::sequential_upper_bound(successes_)};
  result_.grade = grade_of(failures);
  result_.reason = result_.grade == Grade::inconclusive ? GradeReason::noise : GradeReason::none;
  result_.blocks_needed.reset();
  const double needed = claim_.floor.value_or(claim_.rate);
  if (result_.grade == Grade::inconclusive && failures == 0 && needed < 1) {
    result_.blocks_needed = stats::blocks_without_count(1 - needed, side);
  }
}

LimitGrader::LimitGrader(const Plan& plan) : plan_(plan), metric_(claimed_metric(plan)) {
  result_.reason = GradeReason::one_session;
}

void LimitGrader::look(std::span<const Block> blocks, const GradingLook&) {
  std::vector<double> values;
  int failed = 0;
  for (const Block& block : blocks) {
    for (const Trial* trial : trials_of(block, kClaimedTreatment)) {
      const bool counts = is_measured(trial->outcome) && trial->values[metric_].has_value();
      if (counts) values.push_back(*trial->values[metric_]);
      failed += counts ? 0 : 1;
    }
  }
  result_.blocks = static_cast<int>(blocks.size());
  result_.estimate.reset();
  if (values.empty()) return;
  const auto& claim = std::get<ClaimedLimit>(plan_.challenge->effect);
  result_.estimate = figure_of(stats::summarise(values, failed), claim.statistic);
}

void CorrectnessGrader::look(std::span<const Block> blocks, const GradingLook& look) {
  result_.blocks = static_cast<int>(blocks.size());
  const auto failed = std::count_if(blocks.begin(), blocks.end(),
                                    [](const Block& block) { return arm_failed(block, kClaimedTreatment); });
  result_.estimate = 1 - static_cast<double>(failed) / static_cast<double>(blocks.size());
  result_.reason = GradeReason::none;
  if (failed > 0) {
    result_.grade = Grade::refuted;
  } else if (look.moment == Moment::at_cap) {
    result_.grade = Grade::confirmed;
  } else {
    result_.grade = Grade::inconclusive;
    result_.reason = GradeReason::noise;
  }
}

}  // namespace assay::decide
