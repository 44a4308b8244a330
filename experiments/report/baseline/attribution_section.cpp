#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "experiments/report/baseline/baseline_section.hpp"
#include "experiments/report/baseline/levers.hpp"
#include "experiments/report/baseline/section_parts.hpp"
#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/markdown.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

/// The states of one workload that reported phases.
using States = std::vector<const BaselineCell*>;

std::vector<States> by_workload(const BaselineFigures& figures) {
  std::vector<States> all;
  for (const BaselineCell& cell : figures.cells) {
    if (cell.phases.empty()) continue;
    if (all.empty() || all.back().front()->workload != cell.workload) all.emplace_back();
    all.back().push_back(&cell);
  }
  return all;
}

const BaselinePhase* find_phase(const BaselineCell& cell, const std::string& name) {
  const auto found = std::find_if(cell.phases.begin(), cell.phases.end(),
                                  [&name](const BaselinePhase& phase) { return phase.name == name; });
  return found == cell.phases.end() ? nullptr : &*found;
}

/// The phases of the first state in its order, then those that only later states have; the rest comes last.
std::vector<std::string> phase_names(const States& states) {
  std::vector<std::string> names;
  for (const BaselineCell* cell : states) {
    for (const BaselinePhase& phase : cell->phases) {
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

std::string pareto_table(const States& states) {
  std::string head = "| phase |";
  std::string rule = "|---|";
  for (const BaselineCell* cell : states) {
    const std::string state = markdown_text(cell->state);
    head += fmt::format(" {}: mean | share | interval | cumulative |", state);
    rule += "---:|---:|---|---:|";
  }
  std::string table = head + '\n' + rule + '\n';
  for (const std::string& name : phase_names(states)) {
    table += fmt::format("| {} |", markdown_text(name.empty() ? "(in no phase)" : name));
    for (const BaselineCell* cell : states) table += share_columns(find_phase(*cell, name));
    table += '\n';
  }
  return table + '\n';
}

/// What bounds the phases whose spans report it, state by state.
std::string bounds_list(const States& states) {
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

}  // namespace

std::optional<std::string> attribution_section(const FiledBaseline& filed) {
  const std::vector<States> workloads = by_workload(filed.figures);
  if (workloads.empty()) return std::nullopt;
  std::string text = section_head(filed);
  for (const States& states : workloads) {
    text +=
        fmt::format("### {}\n\n", markdown_text(states.front()->workload)) + pareto_table(states) + bounds_list(states);
  }
  text += "Levers, by the data:\n\n";
  for (const std::string& lever : levers(filed.figures)) text += fmt::format("1. {}\n", markdown_text(lever));
  return text + '\n' + section_end(filed);
}

}  // namespace assay::report
