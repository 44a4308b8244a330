#include "experiments/decide/metric_test.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "experiments/decide/diagnosis.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/sequential/spending.hpp"
#include "stats/signed_rank.hpp"
#include "stats/summary.hpp"

namespace assay::decide {
namespace {

/// An observed metric without a margin is shown with its interval alone; the test needs some margin all the same.
constexpr double kUnusedMargin = 1;

/// One value of either arm cannot show that it is always the same.
constexpr std::size_t kFewestForExactness = 2;

/// Blocks in which this arm failed. \param by_block  its values on the analysis scale.
std::ptrdiff_t failed_blocks(const std::vector<double>& by_block) {
  return std::count_if(by_block.begin(), by_block.end(), [](double value) { return std::isnan(value); });
}

bool is_fraction(double value) {
  return !std::isnan(value) && value != 0 && value != 1;
}

/// Counted from 1; nothing where each block's values are 0 or 1. This knows nothing of which arm is which.
std::optional<std::size_t> first_block_with_fraction(const PairedSeries& series) {
  for (std::size_t block = 0; block < series.effects.size(); ++block) {
    if (is_fraction(series.control[block]) || is_fraction(series.treatment[block])) return block + 1;
  }
  return std::nullopt;
}

/// Whether each block has one value of each arm and every value is 0 or 1.
bool is_yes_or_no(const PairedSeries& series) {
  const auto one_in_each = [](const std::vector<double>& values, const std::vector<double>& by_block) {
    return std::ssize(values) <= std::ssize(by_block) - failed_blocks(by_block);
  };
  return one_in_each(series.control_values, series.control) && one_in_each(series.treatment_values, series.treatment) &&
         !first_block_with_fraction(series);
}

std::string fractions_sentence(const Metric& metric, std::string_view where) {
  return fmt::format("{} gave a fraction in {} after being yes or no: compared as fractions from there on", metric.name,
                     where);
}

TestLevels part_of(const TestLevels& levels, double part) {
  return {.sides = {.below_zero = part * levels.sides.below_zero, .above_zero = part * levels.sides.above_zero},
          .equivalence = part * levels.equivalence};
}

std::vector<double> signs_of(std::span<const double> effects) {
  std::vector<double> signs;
  for (const double effect : effects) signs.push_back(effect > 0 ? 1 : effect < 0 ? -1 : 0);
  return signs;
}

/// Of the level that may be used up by the look at all of these effects.
double spending_share(const std::vector<int>& looks, std::span<const double> effects, bool last) {
  if (last) return 1;
  const auto look = std::find(looks.begin(), looks.end(), static_cast<int>(effects.size()));
  ASSAY_ASSERT(look != looks.end());
  return stats::log_spending(looks, 1)[static_cast<std::size_t>(look - looks.begin())];
}

/// Whether a trial of control failed, or was a no where yes is better.
bool control_fails(const Metric& metric, const PairedSeries& series) {
  const double worst = metric.direction == Direction::higher ? 0 : 1;
  return failed_blocks(series.control) > 0 ||
         std::ranges::find(series.control_values, worst) != series.control_values.end();
}

/// Whether treatment failed, or was a no, in a block in which control was a yes. A fraction is neither.
bool treatment_alone_fails(std::span<const double> oriented) {
  return std::ranges::any_of(oriented, [](double effect) { return effect >= 1; });
}

/// Nothing where each arm gave one and the same value in every trial.
std::optional<std::string> why_not_exact(const Metric& metric, const PairedSeries& series) {
  const auto varying = [&](std::string_view arm, const std::vector<double>& values,
                           const std::vector<double>& by_block) -> std::optional<std::string> {
    const std::set<double> distinct(values.begin(), values.end());
    const bool none_failed = failed_blocks(by_block) == 0;
    if (none_failed && distinct.size() == 1) return std::nullopt;
    const std::string what = none_failed
                                 ? fmt::format("{} different values in {} trials", distinct.size(), values.size())
                                 : "trials that failed and so no value";
    return fmt::format("{} was declared deterministic, but {} had {}: it is compared by the test, as a difference",
                       metric.name, arm, what);
  };
  const std::optional<std::string> control = varying("control", series.control_values, series.control);
  return control ? control : varying("treatment", series.treatment_values, series.treatment);
}

/// What a look says of a difference that is known.
stats::Look exact_look(std::span<const double> oriented, double margin, double kappa) {
  const double effect = oriented.front();
  stats::Look look;
  look.blocks = static_cast<int>(oriented.size());
  look.estimate = effect;
  look.repeated = {effect, effect};
  look.equivalence = {effect, effect};
  look.below_zero = effect < 0;
  look.above_zero = effect > 0;
  look.below_kappa_margin = effect < -kappa * margin;
  look.above_kappa_margin = effect > kappa * margin;
  look.note({.not_above = effect < margin, .not_below = -margin < effect, .beyond = effect >= margin});
  return look;
}

std::vector<double> oriented_effects(const Metric& metric, std::span<const double> effects) {
  std::vector<double> oriented(effects.begin(), effects.end());
  for (double& effect : oriented) effect *= worse_sign(metric);
  return oriented;
}

void follow(std::vector<double>& seen, const std::vector<double>& values) {
  seen.insert(seen.end(), values.begin() + std::ssize(seen), values.end());
}

/// Adds what was measured since, in so far as a resolution is seen by it.
void follow(PairedSeries& seen, const PairedSeries& series) {
  follow(seen.effects, series.effects);
  follow(seen.control, series.control);
  follow(seen.treatment, series.treatment);
  seen.treatment_position.insert(seen.treatment_position.end(),
                                 series.treatment_position.begin() + std::ssize(seen.treatment_position),
                                 series.treatment_position.end());
}

/// Turned so that more is worse; a failed trial is worse than all.
std::vector<double> oriented_values(const Metric& metric, const std::vector<double>& values) {
  std::vector<double> oriented(values.size());
  std::ranges::transform(values, oriented.begin(), [sign = worse_sign(metric)](double value) {
    return std::isnan(value) ? std::numeric_limits<double>::infinity() : sign * value;
  });
  return oriented;
}

}  // namespace

double margin_on_scale(const Metric& metric, const std::vector<double>& control_values) {
  if (!metric.margin) return kUnusedMargin;
  const double share = metric.margin->fraction();
  double margin = share;
  if (metric.kind == MetricKind::positive) margin = std::log1p(share);
  if (metric.kind == MetricKind::difference || metric.kind == MetricKind::deterministic) {
    margin = control_values.empty() ? 0 : share * std::abs(stats::median(control_values));
  }
  return std::max(margin, kForgivesNothing);
}

void MetricTest::choose_looks(std::vector<int> looks) {
  ASSAY_ASSERT(!last_look_);
  design_.looks = std::move(looks);
}

void MetricTest::look(const PairedSeries& series, LookKind kind) {
  if (!unreadable_) unreadable_ = series.unreadable;
  if (unreadable_ || series.effects.empty()) return;
  if (!test_) begin(series);
  // Anytime evidence is as it is, whoever asked for the look.
  if (std::holds_alternative<stats::AnytimeTest>(*test_)) return look_anytime(series);
  if (const auto block = first_block_with_fraction(series); shares_ && block) compare_as_fractions(*block);
  const std::vector<double> oriented = oriented_effects(design_.metric, series.effects);
  resolution_ = resolution_of(design_.metric, series, margin_);
  look_at(series, oriented, {*resolution_, kind == LookKind::last});
  if (design_.metric.kind == MetricKind::deterministic) judge_exactness(series, oriented);
  const bool began_as_yes_or_no = shares_ || fractions_;
  vetoes_ = last_look_->above_zero ||
            (began_as_yes_or_no && treatment_alone_fails(oriented) && !control_fails(design_.metric, series));
}

/// There is a look after every block: only what is new is gone through.
void MetricTest::look_anytime(const PairedSeries& series) {
  const std::span<const double> fresh = std::span(series.effects).subspan(seen_.effects.size());
  follow(seen_, series);
  resolution_.reset();
  last_look_ = std::get<stats::AnytimeTest>(*test_).look_further(oriented_effects(design_.metric, fresh),
                                                                 [this] { return resolution(); });
  is_complete_ = false;
  if (design_.metric.kind == MetricKind::deterministic) {
    judge_exactness(series, oriented_effects(design_.metric, series.effects));
  }
  vetoes_ = last_look_->above_zero;
}

double MetricTest::resolution() const {
  if (!resolution_) resolution_ = resolution_of(design_.metric, seen_, margin_);
  return *resolution_;
}

void MetricTest::look_at(const PairedSeries& series, std::span<const double> oriented, const LookSettings& settings) {
  const auto [resolution, last] = settings;
  if (auto* costly = std::get_if<stats::CostlyTest>(&*test_)) {
    const std::vector<double> control = oriented_values(design_.metric, series.control);
    const std::vector<double> treatment = oriented_values(design_.metric, series.treatment);
    const stats::CostlyValues values{.control = control, .treatment = treatment, .effects = oriented};
    last_look_ = last ? costly->final_look(values, resolution) : costly->look(values, resolution);
    return;
  }
  auto& test = std::get<stats::SequentialTest>(*test_);
  if (!shares_) {
    last_look_ = last ? test.final_look(oriented, resolution) : test.look(oriented, resolution);
    return;
  }
  const std::vector<double> signs = signs_of(oriented);
  const stats::Look sign_look = last ? test.final_look(signs, resolution) : test.look(signs, resolution);
  last_look_ = shares_->look(discordant_counts(oriented), sign_look, spending_share(design_.looks, oriented, last));
}

void MetricTest::judge_exactness(const PairedSeries& series, std::span<const double> oriented) {
  varies_ = why_not_exact(design_.metric, series);
  exact_ = !varies_ && oriented.size() >= kFewestForExactness;
  if (!exact_) return;
  last_look_ = exact_look(oriented, margin_, design_.kappa);
  is_complete_ = true;
}

std::optional<DiscordantCounts> MetricTest::discordant() const {
  if (!shares_ || !can_tell()) return std::nullopt;
  return shares_->counts();
}

void MetricTest::begin(const PairedSeries& series) {
  margin_ = margin_on_scale(design_.metric, series.control_values);
  if (!design_.strata.empty()) {
    test_.emplace(stats::CostlyTest({.strata = design_.strata,
                                     .looks = static_cast<int>(design_.looks.size()),
                                     .alpha = design_.levels.sides,
                                     .alpha_equivalence = design_.levels.equivalence,
                                     .margin = margin_,
                                     .kappa = design_.kappa}));
    return;
  }
  if (design_.anytime) {
    test_.emplace(stats::AnytimeTest({.alpha = design_.levels.sides,
                                      .alpha_equivalence = design_.levels.equivalence,
                                      .margin = margin_,
                                      .kappa = design_.kappa}));
    return;
  }
  test_.emplace(sequential_test(design_.looks, design_.levels));
  // Only a sequential test knows how much of its level each look may use up.
  if (design_.metric.kind != MetricKind::proportion || !is_yes_or_no(series)) return;
  shares_.emplace(ShareTestDesign{design_.levels, design_.kappa, margin_, design_.looks});
}

stats::SequentialTest MetricTest::sequential_test(std::vector<int> looks, const TestLevels& levels) const {
  return stats::SequentialTest({.looks = std::move(looks),
                                .alpha = levels.sides,
                                .alpha_equivalence = levels.equivalence,
                                .margin = margin_,
                                .kappa = design_.kappa,
                                .seed = design_.seed});
}

void MetricTest::compare_as_fractions(std::size_t block) {
  fractions_ = fractions_sentence(design_.metric, fmt::format("block {}", block));
  unspent_ = 1 - shares_->spent();
  const auto left = std::ranges::upper_bound(design_.looks, shares_->counts().blocks);
  test_.emplace(sequential_test({left, design_.looks.end()}, part_of(design_.levels, unspent_)));
  shares_.reset();
}

const std::optional<stats::Look>& MetricTest::last_look() const {
  if (last_look_ && !is_complete_) {
    last_look_ = std::get<stats::AnytimeTest>(*test_).completed(*last_look_, resolution());
    is_complete_ = true;
  }
  return last_look_;
}

Verdict MetricTest::claim() const {
  return last_look_ ? verdict_at(*last_look_, margin_).verdict : Verdict::inconclusive;
}

void MetricTest::confirm(const PairedSeries& fresh) {
  if (!unreadable_) unreadable_ = fresh.unreadable;
  if (!can_tell() || fresh.effects.empty()) return;
  if (shares_ || exact_) {
    const MetricTest once = looked_at_once(fresh);
    confirmed_ = once.effect_of_looks();
    if (!varies_) varies_ = once.varies_;
    if (shares_ && first_block_with_fraction(fresh))
      fractions_ = fractions_sentence(design_.metric, "the blocks that confirm");
    return;
  }
  const double confidence = confidence_of(design_.levels.sides);
  const stats::HodgesLehmann shift = stats::hodges_lehmann(fresh.effects, confidence);
  const double resolution = resolution_of(design_.metric, fresh, margin_);
  confirmed_ = Effect{.estimate = shift.estimate,
                      .interval = {shift.interval.low - resolution, shift.interval.high + resolution},
                      .confidence = confidence,
                      .p = stats::signed_rank_test(fresh.effects, stats::Alternative::two_sided).p};
}

MetricTest MetricTest::looked_at_once(const PairedSeries& series) const {
  MetricTestDesign once = design_;
  once.anytime = false;
  once.looks = {static_cast<int>(series.effects.size())};
  MetricTest test(std::move(once));
  test.look(series, LookKind::last);
  return test;
}

Interval MetricTest::turned(const Interval& interval) const {
  if (worse_sign(design_.metric) > 0) return interval;
  return {-interval.high, -interval.low};
}

MetricVerdict MetricTest::verdict() const {
  if (!last_look_) return {Verdict::inconclusive, VerdictReason::noise};
  const MetricVerdict shown = verdict_at(*last_look(), margin_);
  return confirmed_ ? after_confirmation(shown, turned(confirmed_->interval), design_.kappa * margin_) : shown;
}

std::optional<double> MetricTest::estimate() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? confirmed_->estimate : worse_sign(design_.metric) * last_look()->estimate;
}

std::optional<Interval> MetricTest::interval() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? confirmed_->interval : turned(last_look()->repeated);
}

Effect MetricTest::effect_of_looks() const {
  Effect effect;
  effect.estimate = worse_sign(design_.metric) * last_look()->estimate;
  effect.interval = turned(last_look()->repeated);
  effect.confidence = confidence_of(design_.levels.sides);
  if (exact_) {
    effect.confidence = 1;
    effect.estimator = "exact";
    return effect;
  }
  if (shares_) effect.estimator = "share-difference";
  if (!design_.strata.empty()) effect.estimator = "difference-of-means";
  const double p = std::visit([](const auto& test) { return test.p_value(); }, *test_);
  effect.p = std::min(1.0, p / unspent_);
  return effect;
}

std::optional<Effect> MetricTest::effect() const {
  if (!can_tell()) return std::nullopt;
  return confirmed_ ? *confirmed_ : effect_of_looks();
}

std::optional<Effect> MetricTest::effect_at_stop() const {
  if (!can_tell() || !confirmed_) return std::nullopt;
  return effect_of_looks();
}

std::optional<EquivalenceInterval> MetricTest::equivalence() const {
  if (!can_tell() || !design_.metric.margin) return std::nullopt;
  return EquivalenceInterval{turned(last_look()->equivalence), exact_ ? 1 : 1 - 2 * design_.levels.equivalence};
}

}  // namespace assay::decide
