#include "experiments/decide/methods/share_method.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "experiments/decide/blocks/diagnosis.hpp"
#include "experiments/decide/blocks/orientation.hpp"
#include "experiments/decide/methods/fresh_blocks.hpp"
#include "stats/sequential/spending.hpp"

namespace assay::decide {
namespace {

bool is_fraction(double value) {
  return !std::isnan(value) && value != 0 && value != 1;
}

/// Counted from 1; empty if each block's values are 0 or 1. This does not know which arm is which.
std::optional<std::size_t> first_block_with_fraction(const PairedSeries& series) {
  for (std::size_t block = 0; block < series.effects.size(); ++block) {
    if (is_fraction(series.control[block]) || is_fraction(series.treatment[block])) return block + 1;
  }
  return std::nullopt;
}

Remark fractions_found(const Metric& metric, std::string_view where) {
  return {DiagnosticKind::fractions,
          fmt::format("{} gave a fraction in {} after being yes or no: compared as fractions from there on",
                      metric.name, where)};
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

/// What the signs have shown stays shown: the interval is made of the shares.
MetricTestDesign signs_alone(MetricTestDesign design) {
  design.rules.intervals = stats::IntervalScope::this_look;
  design.rules.equivalence_boundary = stats::EquivalenceBoundary::tabulated;
  return design;
}

/// The shares of the level that the scheduled look at so many blocks may have used up.
SpentShares spent_by(const std::vector<int>& looks, int blocks) {
  const auto look = std::find(looks.begin(), looks.end(), blocks);
  ASSAY_ASSERT(look != looks.end());
  const auto index = static_cast<std::size_t>(look - looks.begin());
  return {.of_bounds = stats::log_spending(looks, 1)[index],
          .of_difference = stats::proportional_spending(looks, 1)[index]};
}

/// True if a trial of control failed, or was a no and yes is better.
bool control_fails(const Metric& metric, const PairedSeries& series) {
  const double worst = metric.direction == Direction::higher ? 0 : 1;
  return failed_blocks(series.control) > 0 ||
         std::ranges::find(series.control_values, worst) != series.control_values.end();
}

/// True if treatment failed, or was a no, in a block in which control was a yes. A fraction is neither.
bool treatment_alone_fails(std::span<const double> oriented) {
  return std::ranges::any_of(oriented, [](double effect) { return effect >= 1; });
}

}  // namespace

bool is_yes_or_no(const PairedSeries& series) {
  const auto one_in_each = [](const std::vector<double>& values, const std::vector<double>& by_block) {
    return std::ssize(values) <= std::ssize(by_block) - failed_blocks(by_block);
  };
  return one_in_each(series.control_values, series.control) && one_in_each(series.treatment_values, series.treatment) &&
         !first_block_with_fraction(series);
}

ShareMethod::ShareMethod(MetricTestDesign design, double margin)
    : design_(std::move(design)),
      margin_(margin),
      signs_(sequential_test(signs_alone(design_), margin)),
      shares_({design_.levels, design_.kappa, margin, design_.looks, design_.rules.share_interval}) {}

void ShareMethod::look(const PairedSeries& series, LookKind kind) {
  if (const auto block = first_block_with_fraction(series); !ranks_ && block) compare_as_fractions(*block);
  if (ranks_) {
    ranks_->look(series, kind);
  } else {
    look_at_shares(series, kind);
  }
  const std::vector<double> oriented = oriented_effects(design_.metric, series.effects);
  vetoes_ = claims().above_zero || (treatment_alone_fails(oriented) && !control_fails(design_.metric, series));
}

void ShareMethod::look_at_shares(const PairedSeries& series, LookKind kind) {
  const bool last = kind == LookKind::last;
  const std::vector<double> oriented = oriented_effects(design_.metric, series.effects);
  const std::vector<double> signs = signs_of(oriented);
  resolution_ = resolution_of(design_.metric, series, margin_);
  const stats::Look sign_look = last ? signs_.final_look(signs, resolution_) : signs_.look(signs, resolution_);
  const DiscordantCounts counts = discordant_counts(oriented);
  look_ = shares_.look(counts, sign_look, last ? SpentShares{1, 1} : spent_by(design_.looks, counts.blocks));
}

void ShareMethod::compare_as_fractions(std::size_t block) {
  remark_ = fractions_found(design_.metric, fmt::format("block {}", block));
  unspent_ = 1 - shares_.spent();
  MetricTestDesign rest = design_;
  rest.looks.erase(rest.looks.begin(), std::ranges::upper_bound(rest.looks, shares_.counts().blocks));
  rest.levels = part_of(design_.levels, unspent_);
  ranks_.emplace(std::move(rest), margin_);
}

Effect ShareMethod::confirm(const PairedSeries& fresh) {
  if (ranks_) return effect_of_ranks(design_, margin_, fresh);
  if (first_block_with_fraction(fresh)) remark_ = fractions_found(design_.metric, "the blocks that confirm");
  return effect_of(*looked_at_once(design_, fresh), design_);
}

Estimator ShareMethod::estimator() const {
  return ranks_ ? ranks_->estimator() : Estimator::share_difference;
}

std::optional<double> ShareMethod::p_value() const {
  if (!ranks_) return signs_.p_value();
  return std::min(1.0, *ranks_->p_value() / unspent_);
}

std::optional<DiscordantCounts> ShareMethod::discordant() const {
  if (ranks_) return std::nullopt;
  return shares_.counts();
}

}  // namespace assay::decide
