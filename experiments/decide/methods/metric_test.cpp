#include "experiments/decide/methods/metric_test.hpp"

#include "core/assert.hpp"
#include "experiments/decide/blocks/orientation.hpp"

namespace assay::decide {

void MetricTest::choose_looks(std::vector<int> looks) {
  ASSAY_ASSERT(!has_looked());
  design_.looks = std::move(looks);
}

void MetricTest::look(const PairedSeries& series, LookKind kind) {
  if (!unreadable_) unreadable_ = series.unreadable;
  if (unreadable_ || series.effects.empty()) return;
  if (!method_) {
    margin_ = margin_on_scale(design_.metric, series.control_values);
    method_ = choose_method(design_, margin_, series);
  }
  method_->look(series, kind);
}

void MetricTest::confirm(const PairedSeries& fresh) {
  if (!unreadable_) unreadable_ = fresh.unreadable;
  if (!can_tell() || fresh.effects.empty()) return;
  confirmed_ = method_->confirm(fresh);
}

std::optional<stats::Look> MetricTest::last_look() const {
  if (!method_) return std::nullopt;
  return method_->last_look();
}

Verdict MetricTest::claim() const {
  return method_ ? verdict_at(claims(), margin_).verdict : Verdict::inconclusive;
}

const Remark* MetricTest::remark() const {
  return method_ && method_->remark() ? &*method_->remark() : nullptr;
}

std::optional<DiscordantCounts> MetricTest::discordant() const {
  if (!can_tell()) return std::nullopt;
  return method_->discordant();
}

MetricVerdict MetricTest::verdict() const {
  if (!method_) return {Verdict::inconclusive, VerdictReason::noise};
  const MetricVerdict shown = verdict_at(method_->last_look(), margin_);
  if (!confirmed_) return shown;
  return after_confirmation(shown, turned(design_.metric, confirmed_->interval), design_.kappa * margin_);
}

std::optional<Effect> MetricTest::effect() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? *confirmed_ : effect_of(*method_, design_);
}

std::optional<Effect> MetricTest::effect_at_stop() const {
  if (!can_tell() || !confirmed_) return std::nullopt;
  return effect_of(*method_, design_);
}

std::optional<double> MetricTest::estimate() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? confirmed_->estimate : worse_sign(design_.metric) * method_->last_look().estimate;
}

std::optional<Interval> MetricTest::interval() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? confirmed_->interval : turned(design_.metric, method_->last_look().repeated);
}

std::optional<EquivalenceInterval> MetricTest::equivalence() const {
  if (!can_tell() || !design_.metric.margin) return std::nullopt;
  return EquivalenceInterval{turned(design_.metric, method_->last_look().equivalence),
                             is_exact() ? 1 : 1 - 2 * design_.levels.equivalence};
}

}  // namespace assay::decide
