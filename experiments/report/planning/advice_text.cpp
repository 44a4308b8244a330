#include "experiments/report/planning/advice_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/formats/plan/block_limits.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

std::string advised_percent(double percent) {
  return percent >= 100 ? fmt::format("{:.0f} %", percent) : fmt::format("{:.2g} %", percent);
}

/// Blocks that were analysed in the comparison that has the fewest.
int fewest_blocks(const AttemptResult& result) {
  if (result.comparisons.empty()) return result.blocks;
  int fewest = result.comparisons.front().blocks;
  for (const Comparison& comparison : result.comparisons) fewest = std::min(fewest, comparison.blocks);
  return fewest;
}

/// What it takes to find the margin, by the noise seen; what else helps if that is more than any attempt may have.
std::string needed_text(const AttemptResult& result) {
  const Advice& advice = result.advice;
  if (!advice.blocks_needed || !result.primary.margin) return "";
  std::string text = fmt::format("to find {:.4g} % takes about {}", result.primary.margin->value,
                                 count_text(rounded_up(*advice.blocks_needed), unit_name(result.protocol.design)));
  if (*advice.blocks_needed > formats::kMostBlocks) {
    return text + fmt::format(
                      ", more than the {} that an attempt may have: longer trials, or several of them in a "
                      "block (inner), need fewer",
                      formats::kMostBlocks);
  }
  if (advice.seconds_needed) text += ", " + rough_duration_text(*advice.seconds_needed);
  return text;
}

/// As 0.1.0 said it.
std::string old_advice_text(const AttemptResult& result) {
  const Advice& advice = result.advice;
  std::string text;
  if (advice.detectable_percent)
    text = fmt::format("this shows {} or more", advised_percent(*advice.detectable_percent));
  if (!advice.blocks_needed || !result.primary.margin) return text;
  text += fmt::format("{}{:.4g} % needs about {}", text.empty() ? "" : "; ", result.primary.margin->value,
                      count_text(rounded_up(*advice.blocks_needed), unit_name(result.protocol.design)));
  if (advice.seconds_needed) text += ", " + rough_duration_text(*advice.seconds_needed);
  return text;
}

}  // namespace

std::string advice_text(const AttemptResult& result, const TextStyle& style) {
  if (style.rules == kOldestRules) return old_advice_text(result);
  const Advice& advice = result.advice;
  const int blocks = fewest_blocks(result);
  if (blocks < first_look(result.protocol)) return "";
  std::string text;
  // So few blocks, if somebody asked for no more, can find nothing.
  if (advice.detectable_percent && blocks >= formats::kFewestBlocks) {
    text = fmt::format("{} would have found an effect of {} or more", units_text(result.protocol.design, blocks),
                       advised_percent(*advice.detectable_percent));
  }
  const std::string needed = needed_text(result);
  return text + (text.empty() || needed.empty() ? "" : "; ") + needed;
}

std::string quicker_text(const AttemptResult& result) {
  const std::optional<QuickerMetric>& quicker = result.advice.quicker;
  if (!quicker || !result.primary.margin) return "";
  return fmt::format(
      "{} would decide a {:.4g} % difference in about {}: a run of its own with --metric {} or its metric "
      "as the primary one tells (its effect here was not looked at)",
      printable(quicker->metric), result.primary.margin->value,
      count_text(rounded_up(quicker->blocks), unit_name(result.protocol.design)), printable(quicker->metric));
}

std::string coarseness_text(const AttemptResult& result) {
  const Advice& advice = result.advice;
  const Metric& primary = result.primary;
  if (!advice.step_percent || !primary.margin) return "";
  return fmt::format(
      "no number of blocks shows {:.4g} %: the values move in steps of {}; a finer clock or longer trials are needed",
      primary.margin->value, amount_text(*advice.step_percent));
}

}  // namespace assay::report
