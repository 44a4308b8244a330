#include "experiments/decide/race/knee.hpp"

#include <algorithm>
#include <string_view>
#include <variant>
#include <vector>

#include "core/one_of.hpp"
#include "core/text/parsed_number.hpp"
#include "experiments/decide/blocks/margin.hpp"
#include "experiments/decide/blocks/orientation.hpp"

namespace assay::decide {
namespace {

/// A level called "nan" or "inf" has no place in an order of numbers.
struct LevelNumber {
  std::optional<double> operator()(const ArgumentLevel& level) const { return parsed_number<double>(level.value); }
  std::optional<double> operator()(const EnvironmentLevel& level) const {
    return level.value ? parsed_number<double>(*level.value) : std::nullopt;
  }
  /// Several variables have no common order.
  std::optional<double> operator()(const SettingsLevel& level) const {
    const bool is_one = level.set.size() == 1 && level.set.begin()->second;
    return is_one ? parsed_number<double>(*level.set.begin()->second) : std::nullopt;
  }
  template <OneOf<CommandLevel, SourceLevel, FileLevel, StateLevel> Unnumbered>
  std::optional<double> operator()(const Unnumbered&) const {
    return std::nullopt;
  }
};

bool are_rising_numbers(const Variable& variable) {
  std::optional<double> last;
  for (const Level& level : variable.levels) {
    const std::optional<double> number = std::visit(LevelNumber{}, level.value);
    if (!number || (last && *number <= *last)) return false;
    last = number;
  }
  return true;
}

/// How much better each level is than the first, by its estimate on the scale of the test; empty if one has none.
std::vector<double> gains(const LevelSearch& search) {
  std::vector<double> all;
  for (const LevelStanding& standing : search.levels) {
    if (standing.level.index == kControl) {
      all.push_back(0);
    } else if (!standing.metrics.empty() && standing.metrics.front().effect) {
      all.push_back(-worse_sign(search.metric) * standing.metrics.front().effect->estimate);
    } else {
      return {};
    }
  }
  return all;
}

bool is_within(const LevelStanding& standing) {
  const bool kept = std::all_of(standing.budget.begin(), standing.budget.end(),
                                [](const BudgetUse& use) { return use.standing == BudgetStanding::within; });
  return kept && standing.pressed_trials == 0 && standing.fate != LevelFate::broken && standing.blocks > 0;
}

}  // namespace

std::optional<NamedArm> knee_of(const Plan& plan, const LevelSearch& search) {
  if (!are_rising_numbers(plan.variable) || !search.metric.margin) return std::nullopt;
  const std::vector<double> gained = gains(search);
  if (gained.empty()) return std::nullopt;
  const double margin = margin_on_scale(search.metric, {search.levels.front().values.median});
  for (std::size_t level = 0; level < gained.size(); ++level) {
    const auto later = gained.begin() + static_cast<std::ptrdiff_t>(level);
    if (*std::max_element(later, gained.end()) - gained[level] < margin) return search.levels[level].level;
  }
  return std::nullopt;
}

std::optional<NamedArm> largest_within(const Plan& plan, const LevelSearch& search) {
  if (!are_rising_numbers(plan.variable)) return std::nullopt;
  const auto largest = std::find_if(search.levels.rbegin(), search.levels.rend(), is_within);
  return largest == search.levels.rend() ? std::nullopt : std::optional(largest->level);
}

}  // namespace assay::decide
