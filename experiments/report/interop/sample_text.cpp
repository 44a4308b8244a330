#include "experiments/report/interop/sample_text.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/interop/unpaired_text.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

using interop::SampleComparison;
using interop::UnpairedResult;
using nlohmann::json;

std::string title_of(const SampleComparison& comparison) {
  const std::string names =
      comparison.control == comparison.treatment
          ? printable(comparison.control)
          : fmt::format("{} against {}", printable(comparison.treatment), printable(comparison.control));
  return fmt::format("{}: {}", names, printable(comparison.metric));
}

std::string one_in_full(const SampleComparison& comparison, std::string_view time_unit) {
  if (const auto* const why = std::get_if<std::string>(&comparison.outcome))
    return fmt::format("{}: not compared: {}\n", title_of(comparison), *why);
  return fmt::format("{}\n{}", title_of(comparison),
                     unpaired_text(std::get<UnpairedResult>(comparison.outcome), comparison.question, time_unit));
}

/// "Encode: s/op   difference observed   -3.2 % (-4.0 % to -2.4 %)   p 0.002   n 10 and 10"
std::string line_of(const SampleComparison& comparison, int title_width, std::string_view time_unit) {
  const std::string title = pad_right(title_of(comparison), title_width);
  if (const auto* const why = std::get_if<std::string>(&comparison.outcome))
    return fmt::format("  {}  not compared: {}\n", title, *why);
  const auto& result = std::get<UnpairedResult>(comparison.outcome);
  const Metric& metric = comparison.question.metric;
  return fmt::format("  {}  {}  {} ({})  p {:.2g}  {} and {} values\n", title, pad_right(to_string(result.finding), 22),
                     effect_change_text(metric, result.estimate, time_unit),
                     effect_interval_text(metric, result.interval, {.time_unit = time_unit}), result.p,
                     result.control.count, result.treatment.count);
}

std::string all_lines(const std::vector<SampleComparison>& comparisons, std::string_view time_unit) {
  constexpr int kWidest = 60;
  const auto observed = std::count_if(comparisons.begin(), comparisons.end(), [](const SampleComparison& one) {
    const auto* const result = std::get_if<UnpairedResult>(&one.outcome);
    return result != nullptr && result->finding == interop::Finding::difference;
  });
  int width = 0;
  for (const SampleComparison& one : comparisons) width = std::max(width, display_width(title_of(one)));
  std::string text = fmt::format(
      "{} of {} comparisons: difference observed (treatment against control, {} intervals, "
      "p-values for all of them together)\n",
      observed, comparisons.size(), share_text(1 - comparisons.front().question.alpha));
  for (const SampleComparison& one : comparisons) text += line_of(one, std::min(width, kWidest), time_unit);
  return text + fmt::format("{}\n", interop::kOrderNotControlled);
}

std::string without_partner(const char* arm, const std::vector<std::string>& names) {
  if (names.empty()) return "";
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + printable(name);
  return fmt::format("only in {}: {}\n", arm, list);
}

json comparison_json(const SampleComparison& comparison) {
  json object = json::object();
  if (const auto* const result = std::get_if<UnpairedResult>(&comparison.outcome)) {
    object = unpaired_json(*result, comparison.question);
    for (const char* key : {"schema_version", "command", "design", "order_controlled", "notes"}) object.erase(key);
  } else {
    object["not_compared"] = std::get<std::string>(comparison.outcome);
  }
  object["control_name"] = comparison.control;
  object["treatment_name"] = comparison.treatment;
  object["metric"] = comparison.metric;
  return object;
}

}  // namespace

std::string sample_text(const interop::ComparedFiles& compared, std::string_view time_unit) {
  std::string text = compared.comparisons.size() == 1 ? one_in_full(compared.comparisons.front(), time_unit)
                                                      : all_lines(compared.comparisons, time_unit);
  text += without_partner("control", compared.only_in_control);
  text += without_partner("treatment", compared.only_in_treatment);
  for (const std::string& note : compared.notes) text += fmt::format("note: {}\n", printable(note));
  return text;
}

json sample_json(const interop::ComparedFiles& compared) {
  json notes = json::array({interop::kOrderNotControlled});
  for (const std::string& note : compared.notes) notes.push_back(note);
  json comparisons = json::array();
  for (const SampleComparison& comparison : compared.comparisons) comparisons.push_back(comparison_json(comparison));
  return {{"schema_version", 1},
          {"command", "analyse"},
          {"design", "unpaired"},
          {"order_controlled", false},
          {"format", compared.format},
          {"notes", notes},
          {"comparisons", comparisons},
          {"only_in_control", compared.only_in_control},
          {"only_in_treatment", compared.only_in_treatment}};
}

}  // namespace assay::report
