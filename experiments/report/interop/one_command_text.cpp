#include "experiments/report/interop/one_command_text.hpp"

#include <fmt/format.h>

#include "core/text/shell_words.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

std::string need_text(const interop::CommandFigures& figures, const AttemptResult& result) {
  const std::string margin = margin_text(result.primary);
  if (figures.blocks_needed) {
    return fmt::format("About {} would show a difference of {} here",
                       count_text(rounded_up(*figures.blocks_needed), "block"), margin);
  }
  if (result.verdict == Verdict::equivalent) {
    return fmt::format("{} of it against itself show no difference of {}: as many would do",
                       count_text(result.blocks, "block"), margin);
  }
  if (figures.percent_seen) {
    return fmt::format("{} show a difference of {} here", count_text(result.blocks, "block"),
                       amount_text(*figures.percent_seen));
  }
  return fmt::format("{} of it against itself are too few to say what a comparison needs",
                     count_text(result.blocks, "block"));
}

}  // namespace

std::string one_command_text(const interop::CommandFigures& figures, const AttemptResult& result,
                             const TextStyle& style) {
  const ArmSummary& wall = figures.wall;
  std::string text = fmt::format("{}\n", printable(figures.command));
  if (wall.count == 0) return text + fmt::format("  no trial succeeded: {} failed\n", wall.failed);
  const DisplayScale scale = scale_for(wall.median, "s", style.time_unit);
  const auto shown = [&scale](double seconds) { return quantity_text(seconds, scale); };
  text += fmt::format("  time    {}   (mean{}sd)   user {}, system {}\n",
                      spread_text(wall.mean, wall.standard_deviation, scale, plus_minus(style)), plus_minus(style),
                      shown(figures.user), shown(figures.system));
  text += fmt::format("  median  {}   range {} to {}   {}{}\n", shown(wall.median), shown(wall.minimum),
                      shown(wall.maximum), count_text(wall.count, "trial"),
                      wall.failed > 0 ? fmt::format(", {} failed", wall.failed) : "");
  const std::string other = shell_words({"assay", "compare", figures.command, "OTHER COMMAND"});
  return text +
         fmt::format("\nA figure alone says nothing about a change. {}:\n  {}\n", need_text(figures, result), other);
}

}  // namespace assay::report
