#include "experiments/report/html/comparison_figures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/parsed_number.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

using nlohmann::json;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// How the values of a comparison are shown.
struct ValueScale {
  DisplayScale scale;
  std::string axis;  ///< "wall, ms"
};

ValueScale value_scale(const Metric& metric, double typical) {
  const DisplayScale scale = scale_for(typical, metric.unit);
  return {scale, scale.unit.empty() ? metric.name : fmt::format("{}, {}", metric.name, scale.unit)};
}

ValueScale value_scale(const MetricResult& result) {
  return value_scale(result.metric, result.control.count > 0 ? result.control.median : result.treatment.median);
}

std::string arm_of(const Comparison& comparison, ArmIndex arm) {
  return arm_name(arm == comparison.control.index ? comparison.control : comparison.treatment);
}

/// Both names; told apart even if the levels have one and the same label.
std::vector<std::string> two_names(const Comparison& comparison) {
  std::vector<std::string> names = {arm_name(comparison.control), arm_name(comparison.treatment)};
  if (names[0] == names[1]) names[1] += " (treatment)";
  return names;
}

/// The place of an arm's name in `two_names`.
std::size_t arm_place(const ComparisonView& view, ArmIndex arm) {
  return arm == view.comparison.control.index ? 0 : 1;
}

std::string name_in(const ComparisonView& view, ArmIndex arm) {
  return two_names(view.comparison)[arm_place(view, arm)];
}

/// A number as exact as a picture is: 10,000 trials with all their digits would make a page of megabytes.
double picture_number(double value) {
  constexpr int kDigits = 6;
  if (value == 0 || !std::isfinite(value)) return value;
  const double unit = std::pow(10.0, kDigits - 1 - static_cast<int>(std::floor(std::log10(std::fabs(value)))));
  return std::round(value * unit) / unit;
}

std::string figure_of_time(const ComparisonView& view, const ValueScale& values, PictureData& data) {
  json trials = json::array();  // each is order, block, arm, value and words, as pictures.js reads them
  HtmlTable table{{"trial", "block", "arm", html_text(values.axis), "outcome"}, {}};
  for (const PlottedTrial& trial : view.trials) {
    const std::string words = trial.value ? quantity_text(*trial.value, values.scale) : trial.outcome;
    table.rows.push_back({std::to_string(trial.order), std::to_string(trial.block), html_text(name_in(view, trial.arm)),
                          html_text(trial.value ? words : ""), html_text(trial.outcome)});
    if (!trial.value) continue;
    trials.push_back({trial.order, trial.block, arm_place(view, trial.arm),
                      picture_number(*trial.value / values.scale.factor), words});
  }
  const std::string picture = data.add(
      {{"kind", "time"}, {"trials", std::move(trials)}, {"arms", two_names(view.comparison)}, {"axis", values.axis}});
  const std::string names = fmt::format("{} and {}", arm_of(view.comparison, view.comparison.control.index),
                                        arm_of(view.comparison, view.comparison.treatment.index));
  return figure_html(
      picture,
      {"Both arms over time", fmt::format("{} trials of {} in the order in which they ran.", view.trials.size(), names),
       std::move(table)});
}

/// How effects are shown: percent, points, or the metric's unit.
struct EffectScale {
  const Metric& metric;
  DisplayScale scale;

  [[nodiscard]] double shown(double effect) const {
    if (metric.kind == MetricKind::positive) return percent_of_log_ratio(effect);
    return metric.kind == MetricKind::proportion ? 100 * effect : effect / scale.factor;
  }
  [[nodiscard]] std::string axis() const {
    if (metric.kind == MetricKind::positive) return fmt::format("change of {}, %", metric.name);
    const std::string unit = metric.kind == MetricKind::proportion ? "points" : scale.unit;
    return unit.empty() ? fmt::format("change of {}", metric.name) : fmt::format("change of {}, {}", metric.name, unit);
  }
};

/// The effect that a margin is, to both sides, as it is shown.
std::vector<double> shown_margins(const Metric& metric) {
  if (!metric.margin || metric.margin->value <= 0) return {};
  const double margin = metric.margin->value;
  if (metric.kind == MetricKind::positive) return {margin, -100 * margin / (100 + margin)};
  if (metric.kind == MetricKind::proportion) return {margin, -margin};
  return {};
}

/// What an interval has to clear for improved or regressed, on the analysis scale; std::nullopt without a margin.
std::optional<double> least_effect(const Metric& metric, double kappa) {
  if (shown_margins(metric).empty()) return std::nullopt;
  const double margin = metric.margin->value / 100;
  return kappa * (metric.kind == MetricKind::positive ? std::log1p(margin) : margin);
}

json lines_across(const EffectScale& scale, double kappa) {
  json lines = json::array();
  lines.push_back({{"at", 0}, {"dashed", false}, {"words", "no change"}});
  for (const double margin : shown_margins(scale.metric)) {
    lines.push_back(
        {{"at", margin}, {"dashed", true}, {"words", fmt::format("the margin, {}", margin_text(scale.metric))}});
  }
  const std::optional<double> least = least_effect(scale.metric, kappa);
  if (!least || kappa <= 0 || kappa >= 1) return lines;
  for (const double effect : {*least, -*least}) {
    lines.push_back({{"at", scale.shown(effect)},
                     {"dashed", true},
                     {"words", "what the interval has to clear for improved or regressed"}});
  }
  return lines;
}

/// Where the estimate of a look has to be for its interval, which is as wide as it is, to clear the least effect: the
/// boundary of the test at that look, on the analysis scale.
Interval boundary_at(const PlottedLook& look, double least) {
  return {-least - (look.interval.high - look.estimate), least + (look.estimate - look.interval.low)};
}

/// What the axis of effects spans: the middle 96 % of the blocks, all estimates and the margins.
Interval effect_domain(const ComparisonView& view, const EffectScale& scale) {
  std::vector<double> shown;
  for (const PlottedEffect& block : view.effects) {
    if (std::isfinite(block.effect)) shown.push_back(scale.shown(block.effect));
  }
  std::sort(shown.begin(), shown.end());
  Interval domain{0, 0};
  if (!shown.empty()) {
    const std::size_t cut = shown.size() / 50;
    domain = {std::min(0.0, shown[cut]), std::max(0.0, shown[shown.size() - 1 - cut])};
  }
  for (const double margin : shown_margins(scale.metric)) {
    domain = {std::min(domain.low, 1.2 * margin), std::max(domain.high, 1.2 * margin)};
  }
  if (domain.low == domain.high) return {-1, 1};
  return domain;
}

double inside(const Interval& domain, double value) {
  return std::clamp(std::isnan(value) ? 0 : value, domain.low, domain.high);
}

/// Null outside the picture: a boundary far away is no line along its edge.
json boundary_end(const Interval& domain, const EffectScale& scale, double end) {
  const double shown = std::isfinite(end) ? scale.shown(end) : end;
  return shown >= domain.low && shown <= domain.high ? json(picture_number(shown)) : json();
}

std::string figure_of_effects(const ComparisonView& view, const EffectScale& scale, PictureData& data) {
  const Interval domain = effect_domain(view, scale);
  json blocks = json::array();
  for (const PlottedEffect& block : view.effects) {
    const std::string words =
        std::isfinite(block.effect) ? effect_change_text(scale.metric, block.effect) : "a trial failed";
    const double shown = std::isfinite(block.effect) ? scale.shown(block.effect) : block.effect;
    blocks.push_back({{"block", block.block}, {"effect", picture_number(inside(domain, shown))}, {"words", words}});
  }
  json looks = json::array();
  HtmlTable table{{"look at", "estimate", "interval that held then", "the estimate had to be below", "or above"}, {}};
  const std::optional<double> least = least_effect(scale.metric, view.kappa);
  for (const PlottedLook& look : view.looks) {
    const std::string estimate = effect_change_text(scale.metric, look.estimate);
    const std::string interval = effect_interval_text(scale.metric, look.interval);
    const Interval boundary = least ? boundary_at(look, *least) : Interval{-kInfinity, kInfinity};
    const auto end_text = [&scale](double end) {
      return std::isfinite(end) ? effect_change_text(scale.metric, end) : "no bound";
    };
    table.rows.push_back({html_text(units_text(view.comparison.design, look.blocks)), html_text(estimate),
                          html_text(interval), html_text(end_text(boundary.low)), html_text(end_text(boundary.high))});
    looks.push_back({{"block", look.blocks},
                     {"below", boundary_end(domain, scale, boundary.low)},
                     {"above", boundary_end(domain, scale, boundary.high)},
                     {"boundary", fmt::format("boundary at {} blocks: below {} or above {}", look.blocks,
                                              end_text(boundary.low), end_text(boundary.high))},
                     {"low", inside(domain, scale.shown(look.interval.low))},
                     {"high", inside(domain, scale.shown(look.interval.high))},
                     {"estimate", inside(domain, scale.shown(look.estimate))},
                     {"words", fmt::format("{}, interval {}", estimate, interval)}});
  }
  const int last = view.effects.empty() ? 1 : view.effects.back().block;
  const std::string picture = data.add({{"kind", "effects"},
                                        {"blocks", std::move(blocks)},
                                        {"looks", std::move(looks)},
                                        {"lines", lines_across(scale, view.kappa)},
                                        {"domain", {domain.low, domain.high}},
                                        {"last_block", last + 1},
                                        {"block_axis", "block"},
                                        {"axis", scale.axis()}});
  return figure_html(picture,
                     {"The effect, block by block",
                      fmt::format("Effects of {} blocks, and the interval that held at each of {} looks. Dashed lines: "
                                  "the margin, and the part of it that a verdict has to clear. Dotted lines: the "
                                  "boundary at each look, which the estimate has to cross for a verdict.",
                                  view.effects.size(), view.looks.size()),
                      std::move(table)});
}

std::string figure_of_distribution(const ComparisonView& view, const MetricResult& primary, const ValueScale& values,
                                   PictureData& data) {
  std::map<ArmIndex, std::vector<double>> by_arm;
  for (const PlottedTrial& trial : view.trials) {
    if (trial.value) by_arm[trial.arm].push_back(*trial.value / values.scale.factor);
  }
  json sorted_values = json::array();  // of each arm
  for (std::size_t place = 0; place < two_names(view.comparison).size(); ++place)
    sorted_values.push_back(json::array());
  for (auto& [arm, sorted] : by_arm) {
    std::sort(sorted.begin(), sorted.end());
    for (const double value : sorted) sorted_values[arm_place(view, arm)].push_back(picture_number(value));
  }
  const std::string picture = data.add({{"kind", "distribution"},
                                        {"values", std::move(sorted_values)},
                                        {"arms", two_names(view.comparison)},
                                        {"axis", values.axis}});
  HtmlTable table{{"arm", "trials", "least", "lower quartile", "median", "upper quartile", "most"}, {}};
  const auto add = [&](const std::string& name, const ArmSummary& arm) {
    const auto text = [&values](double value) { return html_text(quantity_text(value, values.scale)); };
    table.rows.push_back({html_text(name), std::to_string(arm.count), text(arm.minimum), text(arm.lower_quartile),
                          text(arm.median), text(arm.upper_quartile), text(arm.maximum)});
  };
  add(arm_name(view.comparison.control), primary.control);
  add(arm_name(view.comparison.treatment), primary.treatment);
  return figure_html(
      picture, {"How the values are distributed", "For each arm, which share of its trials stayed at or below a value.",
                std::move(table)});
}

}  // namespace

std::string comparison_figures(const ComparisonView& view, PictureData& data) {
  if (view.comparison.metrics.empty()) return "";
  const bool measured = std::any_of(view.trials.begin(), view.trials.end(),
                                    [](const PlottedTrial& trial) { return trial.value.has_value(); });
  if (!measured) return "";
  const MetricResult& primary = primary_result(view.comparison);
  const ValueScale values = value_scale(primary);
  std::string html = figure_of_time(view, values, data);
  if (!view.effects.empty()) html += figure_of_effects(view, {primary.metric, values.scale}, data);
  return html + figure_of_distribution(view, primary, values, data);
}

std::string search_figure(const LevelSearch& search, const std::string& variable, PictureData& data) {
  std::vector<const LevelStanding*> levels;
  for (const LevelStanding& level : search.levels) {
    if (level.values.count > 0) levels.push_back(&level);
  }
  if (levels.empty()) return "";
  const ValueScale values = value_scale(search.metric, levels.front()->values.median);
  const bool numeric = std::all_of(levels.begin(), levels.end(), [](const LevelStanding* level) {
    return parsed_number<double>(level->level.label).has_value();
  });
  json shown = json::array();
  HtmlTable table{{html_text(variable), "trials", "lower quartile", "median", "upper quartile", "what became of it"},
                  {}};
  Interval domain{levels.front()->values.lower_quartile, levels.front()->values.upper_quartile};
  for (const LevelStanding* level : levels) {
    const ArmSummary& arm = level->values;
    const auto text = [&values](double value) { return html_text(quantity_text(value, values.scale)); };
    domain = {std::min(domain.low, arm.lower_quartile), std::max(domain.high, arm.upper_quartile)};
    table.rows.push_back({html_text(arm_name(level->level)), std::to_string(arm.count), text(arm.lower_quartile),
                          text(arm.median), text(arm.upper_quartile), std::string(to_string(level->fate))});
    shown.push_back(
        {{"name", arm_name(level->level)},
         {"level", parsed_number<double>(level->level.label).value_or(0)},
         {"low", arm.lower_quartile / values.scale.factor},
         {"median", arm.median / values.scale.factor},
         {"high", arm.upper_quartile / values.scale.factor},
         {"best", search.best && search.best->index == level->level.index},
         {"words", fmt::format("{}: median {}", arm_name(level->level), quantity_text(arm.median, values.scale))}});
  }
  const double factor = values.scale.factor;
  const std::string picture = data.add({{"kind", "levels"},
                                        {"levels", std::move(shown)},
                                        {"numeric", numeric},
                                        {"domain", {domain.low / factor, domain.high / factor}},
                                        {"variable", variable},
                                        {"axis", values.axis}});
  return figure_html(
      picture, {"Level by level", fmt::format("Median and quartiles of {} levels.", levels.size()), std::move(table)});
}

}  // namespace assay::report
