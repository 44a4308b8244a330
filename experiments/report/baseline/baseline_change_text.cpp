#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/utf8.hpp"
#include "experiments/report/baseline/baseline_text.hpp"
#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

constexpr int kPhaseWidth = 20;

/// "2.00 s -> 1.50 s, -0.500 s".
std::string seconds_text(double before, double after) {
  const DisplayScale scale = scale_for(std::max(before, after), "s");
  return fmt::format("{} -> {}, {}", quantity_text(before, scale), quantity_text(after, scale),
                     signed_quantity_text(after - before, scale));
}

std::string part_of_change(const PhaseChange& phase, double whole) {
  if (whole == 0) return "";
  return fmt::format(", {} of the change", percent_of_share((phase.after_seconds - phase.before_seconds) / whole));
}

std::string change_of_cell(const CellChange& cell) {
  const double whole = cell.after_seconds - cell.before_seconds;
  std::string text = printable(cell_change_headline(cell)) + '\n';
  if (cell.phases.empty()) return text + "  no trial reported a span\n";
  for (const PhaseChange& phase : cell.phases) {
    const std::string interval = change_interval_text(phase);
    const std::string_view missing = phase.is_only_before ? " (gone)" : phase.is_only_after ? " (new)" : "";
    text += fmt::format("  {} {}{}{}{}\n", pad_right(printable(phase_name(phase.name)), kPhaseWidth),
                        seconds_text(phase.before_seconds, phase.after_seconds), part_of_change(phase, whole),
                        interval.empty() ? "" : fmt::format(", {} in a block", interval), missing);
  }
  return text;
}

}  // namespace

std::string change_interval_text(const PhaseChange& phase) {
  if (!phase.in_a_block || !phase.in_a_block->interval) return "";
  const DisplayScale scale = scale_for(std::max(phase.before_seconds, phase.after_seconds), "s");
  return fmt::format("{} to {}", signed_quantity_text(phase.in_a_block->interval->low, scale),
                     signed_quantity_text(phase.in_a_block->interval->high, scale));
}

std::string cell_change_headline(const CellChange& cell) {
  std::string text =
      fmt::format("{} ({}): mean {}", cell.workload, cell.state, seconds_text(cell.before_seconds, cell.after_seconds));
  if (cell.before_seconds > 0) {
    text += fmt::format(" ({})", change_text(100 * (cell.after_seconds - cell.before_seconds) / cell.before_seconds));
  }
  return cell.blocks == 0 ? text : fmt::format("{}, in {}", text, count_text(cell.blocks, "block"));
}

std::string arm_change_text(const ArmChange& change) {
  std::string text = fmt::format("{} against {}\n", arm_name(change.after), arm_name(change.before));
  for (const CellChange& cell : change.cells) text += change_of_cell(cell);
  return change.cells.empty() ? text + "no block in which both reported a span\n" : text;
}

std::string baseline_change_text(const BaselineChange& change) {
  std::string text;
  for (const CellChange& cell : change.cells) text += change_of_cell(cell);
  if (!change.unmatched.empty()) {
    text += fmt::format("measured by only one of them: {}\n",
                        printable(fmt::format("{}", fmt::join(change.unmatched, ", "))));
  }
  return text +
         "Two baselines are not measured in turn: this shows where the time went, not that a change made the\n"
         "difference. An experiment decides that: assay run FILE\n";
}

}  // namespace assay::report
