#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "experiments/report/baseline/baseline_section.hpp"
#include "experiments/report/baseline/baseline_text.hpp"
#include "experiments/report/baseline/levers.hpp"
#include "experiments/report/baseline/section_parts.hpp"
#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/markdown.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

/// The states of one workload, whose tables stand beside each other.
template <class Cell>
using States = std::vector<const Cell*>;

/// Those that reported phases.
template <class Cell>
std::vector<States<Cell>> by_workload(const std::vector<Cell>& cells) {
  std::vector<States<Cell>> all;
  for (const Cell& cell : cells) {
    if (cell.phases.empty()) continue;
    if (all.empty() || all.back().front()->workload != cell.workload) all.emplace_back();
    all.back().push_back(&cell);
  }
  return all;
}

/// nullptr if the cell does not have the phase.
template <class Cell>
auto find_phase(const Cell& cell, const std::string& name) -> decltype(cell.phases.data()) {
  const auto found =
      std::find_if(cell.phases.begin(), cell.phases.end(), [&name](const auto& phase) { return phase.name == name; });
  return found == cell.phases.end() ? nullptr : &*found;
}

/// The phases of the first state in its order, then those that only later states have; the rest comes last.
template <class Cell>
std::vector<std::string> phase_names(const States<Cell>& states) {
  std::vector<std::string> names;
  for (const Cell* cell : states) {
    for (const auto& phase : cell->phases) {
      if (!phase.name.empty() && std::find(names.begin(), names.end(), phase.name) == names.end()) {
        names.push_back(phase.name);
      }
    }
  }
  names.emplace_back();
  return names;
}

std::string share_columns(const BaselinePhase* phase) {
  if (phase == nullptr) return " - | - | - | - |";
  const std::string interval = phase->share_interval
                                   ? fmt::format("{} to {}", percent_of_share(phase->share_interval->low),
                                                 percent_of_share(phase->share_interval->high))
                                   : "-";
  const double seconds = phase->mean_self_seconds;
  return fmt::format(" {} | {} | {} | {} |", quantity_text(seconds, scale_for(seconds, "s")),
                     percent_of_share(phase->share), interval, percent_of_share(phase->cumulative));
}

/// A row for each phase, and four columns for each state.
/// \param titles  of these columns: "mean | share | interval | cumulative"
/// \param columns_of  writes them for a cell and one of its phases, which is nullptr if the cell does not have it
template <class Cell, class ColumnsOf>
std::string phase_table(const States<Cell>& states, std::string_view titles, const ColumnsOf& columns_of) {
  std::string head = "| phase |";
  std::string rule = "|---|";
  for (const Cell* cell : states) {
    head += fmt::format(" {}: {} |", markdown_text(cell->state), titles);
    rule += "---:|---:|---|---:|";
  }
  std::string table = head + '\n' + rule + '\n';
  for (const std::string& name : phase_names(states)) {
    table += fmt::format("| {} |", markdown_text(phase_name(name)));
    for (const Cell* cell : states) table += columns_of(*cell, find_phase(*cell, name));
    table += '\n';
  }
  return table + '\n';
}

std::string pareto_table(const States<BaselineCell>& states) {
  return phase_table(states, "mean | share | interval | cumulative",
                     [](const BaselineCell&, const BaselinePhase* phase) { return share_columns(phase); });
}

/// What bounds the phases whose spans report it, state by state.
std::string bounds_list(const States<BaselineCell>& states) {
  std::string items;
  for (const BaselineCell* cell : states) {
    for (const BaselinePhase& phase : cell->phases) {
      if (!phase.spending) continue;
      const std::string bound =
          phase.spending->bound ? fmt::format("bound by {}", bound_text(phase)) : "too little is known to say";
      items += fmt::format("- {} ({}): {}; {}\n", markdown_text(phase.name), markdown_text(cell->state), bound,
                           spending_text(phase));
    }
  }
  return items.empty() ? "" : "What the phases spend their time on:\n\n" + items + '\n';
}

/// The tables of all workloads, each below a heading, and what to try first.
std::string attribution_tables(const BaselineFigures& figures, const std::string& whose) {
  std::string text;
  for (const States<BaselineCell>& states : by_workload(figures.cells)) {
    text +=
        fmt::format("### {}\n\n", markdown_text(states.front()->workload)) + pareto_table(states) + bounds_list(states);
  }
  if (text.empty()) return text;
  text += fmt::format("Levers{}, by the data:\n\n", markdown_text(whose));
  const Levers first = levers(figures);
  for (const std::string& lever : first.texts) text += fmt::format("1. {}\n", markdown_text(lever));
  if (first.beside_others) {
    text += fmt::format("{}{}.\n", first.texts.empty() ? "" : "\n", markdown_text(*first.beside_others));
  }
  return text + '\n';
}

double size_of(const PhaseChange& phase) {
  return phase.after_seconds - phase.before_seconds;
}

/// The change of a phase and of those before it in the cell's own order.
double cumulative_change(const CellChange& cell, const PhaseChange& last) {
  double sum = 0;
  for (const PhaseChange& phase : cell.phases) {
    sum += size_of(phase);
    if (phase.name == last.name) break;
  }
  return sum;
}

std::string change_columns(const CellChange& cell, const PhaseChange* phase) {
  if (phase == nullptr) return " - | - | - | - |";
  const double whole = cell.after_seconds - cell.before_seconds;
  const auto part_text = [whole](double part) { return whole == 0 ? "-" : percent_of_share(part / whole); };
  const DisplayScale scale = scale_for(std::max(phase->before_seconds, phase->after_seconds), "s");
  const std::string interval = change_interval_text(*phase);
  return fmt::format(" {} | {} | {} | {} |", signed_quantity_text(size_of(*phase), scale), part_text(size_of(*phase)),
                     interval.empty() ? "-" : interval, part_text(cumulative_change(cell, *phase)));
}

std::string change_table(const States<CellChange>& states) {
  return phase_table(states, "mean change | of the change | interval in a block | cumulative", change_columns);
}

std::string change_tables(const ArmChange& change) {
  std::string text;
  for (const States<CellChange>& states : by_workload(change.cells)) {
    text += fmt::format("### {}: {} against {}\n\n", markdown_text(states.front()->workload),
                        markdown_text(arm_name(change.after)), markdown_text(arm_name(change.before)));
    for (const CellChange* cell : states) text += fmt::format("- {}\n", markdown_text(cell_change_headline(*cell)));
    text += '\n' + change_table(states);
  }
  return text;
}

/// "control, treatment".
std::string arms_text(const std::vector<ArmPhases>& arms) {
  std::string text;
  for (const ArmPhases& arm : arms) text += (text.empty() ? "" : ", ") + arm_name(arm.arm);
  return text;
}

}  // namespace

std::optional<std::string> attribution_section(const FiledBaseline& filed) {
  const std::string tables = attribution_tables(filed.figures, "");
  if (tables.empty()) return std::nullopt;
  return section_head(filed) + tables + section_end(filed);
}

std::optional<std::string> attribution_section(const FiledAttempt& filed) {
  const Record& record = filed.record;
  const ArmPhases& control = filed.phases.arms.front();
  std::string tables = attribution_tables(control.figures, " of " + arm_name(control.arm));
  for (const ArmChange& change : filed.phases.changes) tables += change_tables(change);
  if (tables.empty()) return std::nullopt;
  return fmt::format("## {:04} {}\n\n", record.number,
                     markdown_text(fmt::format("{} in {}: {}", record.plan.id, record.plan.environment_name,
                                               arms_text(filed.phases.arms)))) +
         fmt::format("Measured {} by {} on {}. The first table is that of {}.\n\n", utc_text(record.created_ns),
                     markdown_text(record.actor), markdown_text(machine_text(record.machine)),
                     markdown_text(arm_name(control.arm))) +
         tables + fmt::format("Record {}, SHA-256 {}\n", record_name(record), filed.sha256);
}

}  // namespace assay::report
