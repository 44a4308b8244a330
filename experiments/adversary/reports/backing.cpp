#include "experiments/adversary/reports/backing.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/record/record.hpp"
#include "core/units.hpp"
#include "experiments/adversary/claimed_ratio.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::adversary {
namespace {

bool is_ratio(const MetricResult& metric) {
  return metric.metric.kind == MetricKind::positive || metric.metric.kind == MetricKind::deterministic;
}

std::optional<ShownEffect> shown_by(const std::string& record, const Comparison& comparison,
                                    const MetricResult& metric) {
  if (metric.verdict != Verdict::improved || !metric.effect || !is_ratio(metric)) return std::nullopt;
  const Interval& interval = metric.effect->interval;
  const double one = better_ratio(std::exp(interval.low), metric.metric.direction);
  const double other = better_ratio(std::exp(interval.high), metric.metric.direction);
  const double median = metric.treatment.median;
  return ShownEffect{.record = record,
                     .metric = metric.metric.name,
                     .ratio = {std::min(one, other), std::max(one, other), ""},
                     .treatment = {median, median, metric.metric.unit},
                     .has_failures = comparison.failed_treatment > 0};
}

bool overlap(const Quantity& one, const Quantity& other) {
  return one.low <= other.high && other.low <= one.high;
}

bool keeps_limit(const Statement& statement, const ShownEffect& effect) {
  const auto limit = converted(statement.amount, effect.treatment.unit);
  if (!limit) return false;
  return statement.is_upper ? effect.treatment.low <= limit->high : effect.treatment.low >= limit->low;
}

bool fits(const Statement& statement, const ShownEffect& effect) {
  if (statement.sign == StatementSign::worse) return false;
  if (statement.kind == StatementKind::limit || statement.kind == StatementKind::value) {
    return keeps_limit(statement, effect);
  }
  if (statement.kind == StatementKind::rate) return statement.amount.low == 100 && !effect.has_failures;
  const auto ratio = stated_ratio(statement);
  if (!ratio) return false;
  // Figures in reports are rounded.
  constexpr double kRounding = 0.02;
  return overlap({ratio->low * (1 - kRounding), ratio->high * (1 + kRounding), ""}, effect.ratio);
}

}  // namespace

std::vector<ShownEffect> shown_effects(const record::Lab& lab) {
  std::vector<ShownEffect> shown;
  for (const record::RecordSummary& summary : record::list_records(lab)) {
    if (!is_attempt(summary) || summary.simulated) continue;
    const Record record = record::read_record_head(lab, summary);
    if (record.plan.challenge) continue;
    for (const Comparison& comparison : record.result.comparisons) {
      for (const MetricResult& metric : comparison.metrics) {
        if (auto effect = shown_by(summary.name, comparison, metric)) shown.push_back(*std::move(effect));
      }
    }
  }
  return shown;
}

std::vector<ShownEffect> backing_of(const Statement& statement, const std::vector<ShownEffect>& shown) {
  std::vector<ShownEffect> fitting;
  std::copy_if(shown.begin(), shown.end(), std::back_inserter(fitting),
               [&statement](const ShownEffect& effect) { return fits(statement, effect); });
  return fitting;
}

}  // namespace assay::adversary
