#include "experiments/record/reviews/baseline_items.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/decide/baseline/baseline_figures.hpp"
#include "experiments/record/reviews/trial_clocks.hpp"
#include "experiments/report/entries/baseline_words.hpp"

namespace assay::record {
namespace {

bool are_alike(const Machine& one, const Machine& other) {
  return one.cpu_model == other.cpu_model && one.cpu_count == other.cpu_count && one.memory_bytes == other.memory_bytes;
}

const BaselineMetric* metric_called(const BaselineCell& cell, const std::string& name) {
  const auto found = std::find_if(cell.metrics.begin(), cell.metrics.end(),
                                  [&name](const BaselineMetric& metric) { return metric.name == name; });
  return found == cell.metrics.end() ? nullptr : &*found;
}

const BaselinePhase* phase_called(const BaselineCell& cell, const std::string& name) {
  const auto found = std::find_if(cell.phases.begin(), cell.phases.end(),
                                  [&name](const BaselinePhase& phase) { return phase.name == name; });
  return found == cell.phases.end() ? nullptr : &*found;
}

/// From one hour of a machine to the next a median moves by so much without a cause in the program.
constexpr double kDriftShare = 0.01;

/// Whether they have a value in common, or nearly so: each session has a drift of its own that no interval shows.
bool meet(const Interval& stated, const Interval& again) {
  const double drift = kDriftShare * std::max(std::abs(stated.low), std::abs(stated.high));
  return stated.low <= again.high + drift && again.low <= stated.high + drift;
}

/// The cells of both sides, compared one by one.
class Comparer {
 public:
  explicit Comparer(const BaselineRepetition& repetition)
      : stated_(repetition.stated),
        again_(repetition.again),
        stated_figures_(decide::baseline_figures(stated_)),
        again_figures_(decide::baseline_figures(again_)) {}

  std::vector<ReviewItem> items() {
    if (!again_.changes.empty()) {
      add({.aspect = ReviewAspect::trials,
           .found = fmt::format("{}", fmt::join(again_.changes, "; ")),
           .fault = ReviewFault::changed});
    }
    for (std::size_t cell = 0; cell < stated_figures_.cells.size(); ++cell) compare(cell);
    return std::move(items_);
  }

 private:
  void compare(std::size_t index) {
    const BaselineCell& stated = stated_figures_.cells[index];
    const std::string title = report::cell_title(stated);
    const auto found = std::find_if(
        again_figures_.cells.begin(), again_figures_.cells.end(),
        [&](const BaselineCell& cell) { return cell.workload == stated.workload && cell.state == stated.state; });
    const bool is_measured = found != again_figures_.cells.end() && found->measured > 0;
    add({.aspect = ReviewAspect::trials,
         .of = title,
         .stated = report::trials_text(stated),
         .found = found == again_figures_.cells.end() ? "" : report::trials_text(*found),
         .fault = is_measured ? ReviewFault::none : ReviewFault::trials_failed});
    if (!is_measured) return;
    compare_metrics(stated, *found);
    compare_phases(stated, *found);
    const auto again = static_cast<std::size_t>(found - again_figures_.cells.begin());
    const auto add_flaw = [&](ReviewAspect aspect, ReviewFault fault,
                              std::string (*flaw)(const Baseline&, std::size_t)) {
      const std::string in_stated = flaw(stated_, index);
      const std::string in_again = flaw(again_, again);
      const bool holds = in_stated.empty() && in_again.empty();
      add({.aspect = aspect,
           .of = title,
           .stated = in_stated.empty() ? "within 1 %" : in_stated,
           .found = in_again.empty() ? "within 1 %" : in_again,
           .fault = holds ? ReviewFault::none : fault});
    };
    add_flaw(ReviewAspect::sum, ReviewFault::sum_off, sum_flaw);
    add_flaw(ReviewAspect::clock, ReviewFault::clock_off, clock_flaw);
  }

  void compare_metrics(const BaselineCell& stated, const BaselineCell& again) {
    std::set<std::string> names = {"wall"};
    for (const Metric& metric : stated_.plan.metrics) {
      if (metric.role == MetricRole::primary && applies_to(metric.workloads, stated.workload)) {
        names.insert(metric.name);
      }
    }
    for (const std::string& name : names) {
      const BaselineMetric* const one = metric_called(stated, name);
      const BaselineMetric* const other = metric_called(again, name);
      if (one == nullptr) continue;
      add({.aspect = ReviewAspect::interval,
           .of = report::cell_title(stated),
           .name = name,
           .stated = report::median_text(one->figure, one->unit),
           .found = other == nullptr ? "" : report::median_text(other->figure, other->unit),
           .fault = fault_of(*one, other)});
    }
  }

  [[nodiscard]] ReviewFault fault_of(const BaselineMetric& stated, const BaselineMetric* again) const {
    if (again == nullptr || !stated.figure.interval || !again->figure.interval) return ReviewFault::too_few;
    if (meet(*stated.figure.interval, *again->figure.interval)) return ReviewFault::none;
    return are_alike(stated_.machine, again_.machine) ? ReviewFault::apart : ReviewFault::other_machine;
  }

  void compare_phases(const BaselineCell& stated, const BaselineCell& again) {
    std::set<std::string> names;
    for (const BaselineCell* cell : {&stated, &again}) {
      for (const BaselinePhase& phase : cell->phases) names.insert(phase.name);
    }
    names.erase("");  // the rest is no phase
    for (const std::string& name : names) {
      const BaselinePhase* const one = phase_called(stated, name);
      const BaselinePhase* const other = phase_called(again, name);
      ReviewFault fault = ReviewFault::none;
      if (one == nullptr) fault = other->trials == again.measured ? ReviewFault::missing : ReviewFault::sometimes;
      if (other == nullptr) fault = one->trials == stated.measured ? ReviewFault::gone : ReviewFault::sometimes;
      add({.aspect = ReviewAspect::phase,
           .of = report::cell_title(stated),
           .name = name,
           .stated = one == nullptr ? "" : report::percent_of_share(one->share),
           .found = other == nullptr ? "" : report::percent_of_share(other->share),
           .fault = fault});
    }
  }

  void add(ReviewItem item) { items_.push_back(std::move(item)); }

  const Baseline& stated_;
  const Baseline& again_;
  BaselineFigures stated_figures_;
  BaselineFigures again_figures_;
  std::vector<ReviewItem> items_;
};

}  // namespace

std::vector<ReviewItem> baseline_items(const BaselineRepetition& repetition) {
  return Comparer(repetition).items();
}

}  // namespace assay::record
