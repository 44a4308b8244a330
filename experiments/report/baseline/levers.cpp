#include "experiments/report/baseline/levers.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/report/entries/baseline_words.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

constexpr std::size_t kMostLevers = 3;
/// A phase that takes less than this of the time of one run of every cell is no lever.
constexpr double kSmallestShare = 0.05;

/// A phase in all cells, one run of each.
struct Lever {
  std::string name;
  double seconds = 0;
  std::vector<std::string> places;
};

std::string place_of(const BaselineCell& cell, const BaselinePhase& phase) {
  const DisplayScale scale = scale_for(phase.mean_self_seconds, "s");
  return fmt::format("{} of {}, {} a run", percent_of_share(phase.share), cell_title(cell),
                     quantity_text(phase.mean_self_seconds, scale));
}

std::vector<Lever> all_levers(const BaselineFigures& figures) {
  std::map<std::string, Lever> by_name;
  for (const BaselineCell& cell : figures.cells) {
    for (const BaselinePhase& phase : cell.phases) {
      Lever& lever = by_name[phase.name];
      lever.name = phase_name(phase.name);
      lever.seconds += phase.mean_self_seconds;
      if (phase.share > 0) lever.places.push_back(place_of(cell, phase));
    }
  }
  std::vector<Lever> all;
  for (auto& [name, lever] : by_name) all.push_back(std::move(lever));
  std::stable_sort(all.begin(), all.end(),
                   [](const Lever& left, const Lever& right) { return left.seconds > right.seconds; });
  return all;
}

}  // namespace

std::vector<std::string> levers(const BaselineFigures& figures) {
  double whole = 0;
  for (const BaselineCell& cell : figures.cells) {
    if (!cell.phases.empty()) whole += cell.mean_wall_seconds;
  }
  std::vector<std::string> texts;
  for (const Lever& lever : all_levers(figures)) {
    if (texts.size() == kMostLevers || lever.seconds < kSmallestShare * whole) break;
    const bool is_rest = lever.name == phase_name("");
    texts.push_back(fmt::format("{}: {}{}", lever.name, fmt::join(lever.places, "; "),
                                is_rest ? "; no span tells what it is: instrument it first" : ""));
  }
  return texts;
}

}  // namespace assay::report
