#include "experiments/decide/methods/metric_test.hpp"

#include "core/assert.hpp"
#include "experiments/decide/blocks/diagnosis.hpp"
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
    if (margin_ == 0) margin_ = margin_on_scale(design_.metric, series.control_values);
    method_ = choose_method(design_, margin_, series);
  }
  if (!series.lost.empty() && !takes_losses_) begin_taking_losses(series);
  if (!takes_losses_) seen_.push_back({.extent = extent_of(series), .kind = kind});
  method_->look(series, kind);
  if (design_.rules.withdrawn_equivalence == WithdrawnEquivalence::goes_on) withhold_equivalence(series);
}

void MetricTest::begin_taking_losses(const PairedSeries& series) {
  const auto replayed = [&] {
    const PairedSeries first = seen_.empty() ? series : prefix_of(series, seen_.front().extent);
    std::unique_ptr<Method> method = choose_method(design_, margin_, first);
    for (const SeenLook& look : seen_) method->look(prefix_of(series, look.extent), look.kind);
    return method;
  };
  method_ = std::make_unique<WorstCaseMethod>(design_, std::move(method_), MethodsOfSides{replayed(), replayed()});
  takes_losses_ = true;
  seen_.clear();
}

/// Only the primary metric's diagnosis speaks against its equivalence.
void MetricTest::withhold_equivalence(const PairedSeries& series) {
  withheld_.reset();
  if (design_.metric.role != MetricRole::primary || is_exact() || !claims().equivalent) return;
  const stats::Diagnosis diagnosis = diagnose_series(design_.metric, series, margin_, design_.diagnosis_seed);
  const MetricVerdict left = after_diagnosis({Verdict::equivalent, VerdictReason::none}, diagnosis, margin_);
  if (left.verdict != Verdict::equivalent) {
    withheld_ = left.reason;
  } else if (was_withheld_ && !allows_equivalence_again(diagnosis)) {
    withheld_ = VerdictReason::unstable;
  }
  was_withheld_ = was_withheld_ || withheld_.has_value();
}

MetricVerdict MetricTest::after_withholding(const MetricVerdict& shown) const {
  if (shown.verdict != Verdict::equivalent || !withheld_) return shown;
  return {Verdict::inconclusive, *withheld_};
}

void MetricTest::confirm(const PairedSeries& fresh) {
  if (!unreadable_) unreadable_ = fresh.unreadable;
  if (!can_tell() || fresh.effects.empty()) return;
  confirmed_ = method_->confirm(fresh);
}

void MetricTest::begin_confirmation(std::vector<int> looks, Seed seed) {
  ASSAY_ASSERT(has_looked() && !fresh_);
  MetricTestDesign design = design_;
  design.looks = std::move(looks);
  design.seed = seed;
  fresh_ = std::make_unique<MetricTest>(std::move(design));
  fresh_->margin_ = margin_;
}

void MetricTest::look_at_fresh(const PairedSeries& fresh, LookKind kind) {
  ASSAY_ASSERT(fresh_);
  fresh_->look(fresh, kind);
  if (!unreadable_) unreadable_ = fresh_->unreadable_;
}

Verdict MetricTest::fresh_claim() const {
  return fresh_ ? fresh_->claim() : Verdict::inconclusive;
}

const MetricTest& MetricTest::quoted() const {
  return fresh_ && fresh_->has_looked() ? *fresh_ : *this;
}

bool MetricTest::is_exact() const {
  const Method* const method = quoted().method_.get();
  return method != nullptr && method->estimator() == Estimator::exact;
}

double MetricTest::resolution() const {
  const Method* const method = quoted().method_.get();
  return method != nullptr ? method->resolution() : 0;
}

bool MetricTest::crossed() const {
  const Method* const method = quoted().method_.get();
  return method != nullptr && method->crossed();
}

bool MetricTest::is_by_ranks() const {
  return !design_.anytime && design_.strata.empty() && method_->estimator() == Estimator::hodges_lehmann;
}

bool MetricTest::not_worse() const {
  return method_ && quoted().claims().not_above_margin;
}

std::optional<stats::Look> MetricTest::last_look() const {
  if (!method_) return std::nullopt;
  return quoted().method_->last_look();
}

Verdict MetricTest::claim() const {
  return method_ ? after_withholding(verdict_at(claims(), margin_)).verdict : Verdict::inconclusive;
}

const Remark* MetricTest::remark() const {
  if (fresh_ && fresh_->remark() != nullptr) return fresh_->remark();
  return method_ && method_->remark() ? &*method_->remark() : nullptr;
}

std::optional<DiscordantCounts> MetricTest::discordant() const {
  if (!can_tell()) return std::nullopt;
  return quoted().method_->discordant();
}

MetricVerdict MetricTest::verdict_of_looks() const {
  return after_withholding(verdict_at(method_->last_look(), margin_));
}

MetricVerdict MetricTest::verdict() const {
  if (!method_) return {Verdict::inconclusive, VerdictReason::noise};
  const MetricVerdict shown = verdict_of_looks();
  if (fresh_) return after_fresh_test(shown, fresh_->verdict());
  if (!confirmed_) return shown;
  return after_confirmation(shown, turned(design_.metric, confirmed_->interval), design_.kappa * margin_);
}

std::optional<double> MetricTest::p_value() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? confirmed_->p : quoted().method_->p_value();
}

std::optional<Effect> MetricTest::effect() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? *confirmed_ : effect_of(*quoted().method_, design_);
}

std::optional<Effect> MetricTest::effect_at_stop() const {
  const bool others_are_quoted = confirmed_ || &quoted() != this;
  if (!can_tell() || !others_are_quoted) return std::nullopt;
  return effect_of(*method_, design_);
}

std::optional<double> MetricTest::estimate() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? confirmed_->estimate : worse_sign(design_.metric) * quoted().method_->last_look().estimate;
}

std::optional<Interval> MetricTest::interval() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? confirmed_->interval : turned(design_.metric, quoted().method_->last_look().repeated);
}

std::optional<EquivalenceInterval> MetricTest::equivalence() const {
  if (!can_tell() || !design_.metric.margin) return std::nullopt;
  return EquivalenceInterval{turned(design_.metric, quoted().method_->last_look().equivalence),
                             is_exact() ? 1 : 1 - 2 * design_.levels.equivalence};
}

}  // namespace assay::decide
