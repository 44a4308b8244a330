#include "experiments/formats/result/result_references.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace assay::formats {
namespace {

/// Finds what the parts of a result refer to. Each function gets a part and the field that it was read from.
class References {
 public:
  explicit References(const Plan& plan) : plan_(plan) {}

  void find_in(MetricResult& result, const Field& field) const {
    const auto found = std::find_if(plan_.metrics.begin(), plan_.metrics.end(),
                                    [&](const Metric& metric) { return metric.name == result.metric.name; });
    if (found == plan_.metrics.end()) {
      field.at("name").fail(fmt::format("the plan has no metric \"{}\"", result.metric.name));
    }
    result.metric = *found;
  }

  void find_in(Comparison& comparison, const Field& field) const {
    const Comparison blank = blank_comparison(plan_, cell_named(comparison.cell, field),
                                              treatment(comparison.treatment.index, field.at("arm")));
    comparison.cell = blank.cell;
    comparison.control = blank.control;
    comparison.treatment = blank.treatment;
    comparison.design = blank.design;
    find_in_all(comparison.metrics, field.at("metrics"));
  }

  void find_in(LevelStanding& standing, const Field& field) const {
    standing.level = level(standing.level.index, field.at("arm"));
    if (standing.beaten_by) standing.beaten_by = level(standing.beaten_by->index, field.at("beaten_by_arm"));
    find_in_all(standing.metrics, field.at("metrics"));
  }

  void find_in(LevelSearch& search, const Field& field) const {
    if (search.cell.index >= cells(plan_).size()) field.at("cell").fail("the plan has no such cell");
    const LevelSearch blank = blank_search(plan_, search.cell.index);
    search.cell = blank.cell;
    search.metric = blank.metric;
    if (search.best) search.best = level(search.best->index, field.at("best_arm"));
    if (search.knee) search.knee = level(search.knee->index, field.at("knee_arm"));
    if (search.largest_within) {
      search.largest_within = level(search.largest_within->index, field.at("largest_within_arm"));
    }
    find_in_all(search.levels, field.at("levels"));
  }

  void find_in(WarmUps& warm_ups, const Field& field) const {
    warm_ups.cell = named_cell(plan_, cell_named(warm_ups.cell, field));
    if (warm_ups.arm >= arm_count(plan_)) throw field.at("arm").error("the plan has no such arm");
  }
  void find_in(IsolationChallenge& challenge, const Field& field) const {
    challenge.cell = named_cell(plan_, cell_named(challenge.cell, field));
    (void)treatment(challenge.arm, field.at("arm"));
  }

  /// The suite of a plan has one average for each treatment, in their order.
  void find_in_suite(std::vector<SuiteResult>& suites, const Field& field) const {
    const std::vector<Field> fields = field.elements();
    for (std::size_t index = 0; index < suites.size(); ++index) {
      const SuiteResult blank = blank_suite(plan_, treatment(index + 1, fields.at(index)));
      suites[index].control = blank.control;
      suites[index].treatment = blank.treatment;
      suites[index].cells = blank.cells;
      find_in(suites[index].average, fields.at(index));
    }
  }

  template <class Part>
  void find_in_all(std::vector<Part>& parts, const Field& field) const {
    const std::vector<Field> fields = field.elements();
    for (std::size_t index = 0; index < parts.size(); ++index) find_in(parts[index], fields.at(index));
  }

 private:
  std::size_t cell_named(const NamedCell& cell, const Field& field) const {
    const std::vector<Cell> all = cells(plan_);
    const auto found = std::find_if(all.begin(), all.end(), [&](const Cell& one) {
      return workload_of(plan_, one).name == cell.workload && state_of(plan_, one).name == cell.state;
    });
    if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
    field.fail(fmt::format("the plan has no workload \"{}\" in the state \"{}\"", cell.workload, cell.state));
  }

  /// By its index, since nothing keeps two levels from having one label.
  NamedArm level(ArmIndex index, const Field& field) const {
    if (index >= arm_count(plan_)) field.fail("the plan has no such level");
    return named_arm(plan_, index);
  }

  ArmIndex treatment(ArmIndex index, const Field& field) const {
    if (index == kControl || index >= arm_count(plan_)) field.fail("the plan has no such treatment");
    return index;
  }

  const Plan& plan_;
};

}  // namespace

void find_references(AttemptResult& result, const Plan& plan, const Field& field) {
  const References references(plan);
  references.find_in_all(result.comparisons, field.at("workloads"));
  references.find_in_suite(result.suite, field.at("suite"));
  if (const auto searches = field.find("searches")) references.find_in_all(result.searches, *searches);
  if (const auto challenges = field.at("audit").find("challenges")) {
    references.find_in_all(result.audit.challenges, *challenges);
  }
  if (const auto warm_ups = field.at("audit").find("warm_ups")) {
    references.find_in_all(result.audit.warm_ups, *warm_ups);
  }
}

}  // namespace assay::formats
