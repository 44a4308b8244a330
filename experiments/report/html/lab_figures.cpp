#include "experiments/report/html/lab_figures.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

using nlohmann::json;

std::string ratio_end_text(const std::optional<double>& end) {
  return end ? fmt::format("{}x", ratio_text(*end, *end)) : "no bound";
}

}  // namespace

std::string history_figure(const History& history, PictureData& data) {
  std::set<std::string> records;
  std::vector<std::string> arms;
  for (const HistoryPoint& point : history.points) {
    records.insert(point.record);
    if (std::find(arms.begin(), arms.end(), point.arm) == arms.end()) arms.push_back(point.arm);
  }
  if (records.size() < 2) return "";
  const DisplayScale scale = scale_for(history.points.front().values.median, history.metric.unit);
  json shown = json::array();
  HtmlTable table{{"record", "arm", "trials", "lower quartile", "median", "upper quartile"}, {}};
  double low = history.points.front().values.lower_quartile;
  double high = history.points.front().values.upper_quartile;
  for (const HistoryPoint& point : history.points) {
    const ArmSummary& values = point.values;
    low = std::min(low, values.lower_quartile);
    high = std::max(high, values.upper_quartile);
    const auto text = [&scale](double value) { return html_text(quantity_text(value, scale)); };
    table.rows.push_back({html_text(point.record), html_text(point.arm), std::to_string(values.count),
                          text(values.lower_quartile), text(values.median), text(values.upper_quartile)});
    shown.push_back(
        {{"record", point.record.substr(0, 4)},
         {"arm", point.arm},
         {"low", values.lower_quartile / scale.factor},
         {"median", values.median / scale.factor},
         {"high", values.upper_quartile / scale.factor},
         {"words", fmt::format("{}, {}: {}", point.record, point.arm, quantity_text(values.median, scale))}});
  }
  const std::string unit = scale.unit.empty() ? "" : ", " + scale.unit;
  const std::string picture = data.add({{"kind", "history"},
                                        {"records", std::move(shown)},
                                        {"arms", arms},
                                        {"domain", {low / scale.factor, high / scale.factor}},
                                        {"axis", history.metric.name + unit}});
  return figure_html(picture, {fmt::format("{} of {}, from record to record", history.metric.name, history.title),
                               fmt::format("Medians and quartiles in {} records.", records.size()), std::move(table)});
}

std::string claims_figure(const std::vector<GradedRatio>& challenges, PictureData& data) {
  if (challenges.empty()) return "";
  json shown = json::array();
  HtmlTable table{{"challenge", "claim", "claimed", "measured again", "grade"}, {}};
  double least = 1;
  double most = 1;
  for (const GradedRatio& challenge : challenges) {
    const double low = challenge.measured.low.value_or(std::min(1.0, challenge.claimed));
    const double high = challenge.measured.high.value_or(std::max(challenge.claimed, low));
    least = std::min({least, low, challenge.claimed});
    most = std::max({most, high, challenge.claimed});
    const std::string range =
        fmt::format("{} to {}", ratio_end_text(challenge.measured.low), ratio_end_text(challenge.measured.high));
    table.rows.push_back({html_text(challenge.challenge), html_text(challenge.claim),
                          html_text(ratio_end_text(challenge.claimed)), html_text(range), html_text(challenge.grade)});
    shown.push_back({{"name", fmt::format("{} {}", challenge.challenge.substr(0, 4), challenge.grade)},
                     {"claimed", challenge.claimed},
                     {"low", low},
                     {"high", high},
                     {"words", fmt::format("claimed {}, measured {}", ratio_end_text(challenge.claimed), range)}});
  }
  const std::string picture = data.add(
      {{"kind", "claims"}, {"challenges", std::move(shown)}, {"domain", {std::max(least, 1e-3) * 0.95, most * 1.05}}});
  return figure_html(picture, {"Claims, and what was measured again",
                               fmt::format("{} challenges: the claimed ratio beside the interval that was measured.",
                                           challenges.size()),
                               std::move(table)});
}

}  // namespace assay::report
