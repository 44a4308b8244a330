#include "experiments/report/html/baseline_figure.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

using nlohmann::json;

struct PhaseRows {
  json phases = json::array();
  std::vector<std::string> names;
  HtmlTable table{{"state", "phase", "mean time", "share of the wall time", "together with those above"}, {}};
};

void add_cell(PhaseRows& rows, const BaselineCell& cell) {
  const DisplayScale scale = scale_for(cell.mean_wall_seconds, "s");
  for (const BaselinePhase& phase : cell.phases) {
    const std::string name = phase_name(phase.name);
    if (std::find(rows.names.begin(), rows.names.end(), name) == rows.names.end()) rows.names.push_back(name);
    const std::string time = quantity_text(phase.mean_self_seconds, scale);
    const double share = 100 * phase.share;
    const Interval interval = phase.share_interval.value_or(Interval{phase.share, phase.share});
    rows.phases.push_back(
        {{"cell", cell.state},
         {"name", name},
         {"share", share},
         {"low", 100 * interval.low},
         {"high", std::max(share, 100 * interval.high)},
         {"words", fmt::format("{} ({}): {}, {}", name, cell.state, time, percent_of_share(phase.share))}});
    rows.table.rows.push_back({html_text(cell.state), html_text(name), html_text(time),
                               html_text(percent_of_share(phase.share)),
                               html_text(percent_of_share(phase.cumulative))});
  }
}

}  // namespace

std::string phase_figures(const BaselineFigures& figures, PictureData& data) {
  std::vector<std::string> workloads;
  for (const BaselineCell& cell : figures.cells) {
    const bool is_new = std::find(workloads.begin(), workloads.end(), cell.workload) == workloads.end();
    if (!cell.phases.empty() && is_new) workloads.push_back(cell.workload);
  }
  std::string html;
  for (const std::string& workload : workloads) {
    PhaseRows rows;
    std::vector<std::string> states;
    for (const BaselineCell& cell : figures.cells) {
      if (cell.workload != workload || cell.phases.empty()) continue;
      states.push_back(cell.state);
      add_cell(rows, cell);
    }
    const std::string picture =
        data.add({{"kind", "phases"}, {"phases", std::move(rows.phases)}, {"names", rows.names}, {"cells", states}});
    html += figure_html(
        picture, {fmt::format("Where the time of {} goes", workload),
                  fmt::format("{} phases by their share of the wall time.", rows.names.size()), std::move(rows.table)});
  }
  return html;
}

}  // namespace assay::report
