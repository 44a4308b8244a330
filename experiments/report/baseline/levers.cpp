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

/// A phase that makes runs shorter by less than this at most, if it takes no time at all, gains nothing by itself.
constexpr double kNoGain = 0.01;

/// A phase in all cells, one run of each.
struct Lever {
  std::string name;
  double seconds = 0;
  double alone_seconds = 0;
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
      lever.alone_seconds += phase.mean_alone_seconds;
      if (phase.share > 0) lever.places.push_back(place_of(cell, phase));
    }
  }
  std::vector<Lever> all;
  for (auto& [name, lever] : by_name) all.push_back(std::move(lever));
  std::stable_sort(all.begin(), all.end(),
                   [](const Lever& left, const Lever& right) { return left.seconds > right.seconds; });
  return all;
}

/// Earlier versions did not record when a phase ran by itself.
bool knows_when_alone(const BaselineFigures& figures) {
  for (const BaselineCell& cell : figures.cells) {
    for (const BaselinePhase& phase : cell.phases) {
      if (!phase.name.empty() && phase.mean_alone_seconds > 0) return true;
    }
  }
  return false;
}

}  // namespace

Levers levers(const BaselineFigures& figures) {
  double whole = 0;
  for (const BaselineCell& cell : figures.cells) {
    if (!cell.phases.empty()) whole += cell.mean_wall_seconds;
  }
  const bool is_known = knows_when_alone(figures);
  Levers found;
  std::vector<std::string> beside;
  for (const Lever& lever : all_levers(figures)) {
    if (found.texts.size() == kMostLevers || lever.seconds < kSmallestShare * whole) break;
    if (is_known && lever.alone_seconds < kNoGain * whole) {
      beside.push_back(lever.name);
      continue;
    }
    const bool is_rest = lever.name == phase_name("");
    found.texts.push_back(fmt::format("{}: {}{}", lever.name, fmt::join(lever.places, "; "),
                                      is_rest ? "; no span tells what it is: instrument it first" : ""));
  }
  if (!beside.empty()) {
    found.beside_others = fmt::format("Shortening only {}{} gains nothing, since other phases run at the same time",
                                      beside.size() == 1 ? "" : "one of ", fmt::join(beside, ", "));
  }
  return found;
}

}  // namespace assay::report
