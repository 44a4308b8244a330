#include "core/result/result.hpp"

namespace assay {

AttemptResult blank_result(const Plan& plan) {
  AttemptResult result;
  result.protocol = plan.protocol;
  result.primary = plan.metrics.at(primary_metric(plan));
  result.exploratory = plan.exploratory;
  result.simulated = plan.simulation.has_value();
  result.changes = plan.changes;
  return result;
}

Comparison blank_comparison(const Plan& plan, std::size_t cell, ArmIndex treatment) {
  Comparison comparison;
  comparison.cell = named_cell(plan, cell);
  comparison.control = named_arm(plan, kControl);
  comparison.treatment = named_arm(plan, treatment);
  comparison.design = plan.protocol.design;
  return comparison;
}

LevelSearch blank_search(const Plan& plan, std::size_t cell) {
  LevelSearch search;
  search.cell = named_cell(plan, cell);
  search.metric = plan.metrics.at(primary_metric(plan));
  return search;
}

SuiteResult blank_suite(const Plan& plan, ArmIndex treatment) {
  SuiteResult suite;
  suite.control = named_arm(plan, kControl);
  suite.treatment = named_arm(plan, treatment);
  suite.cells = static_cast<int>(cells(plan).size());
  suite.average.metric = plan.metrics.at(primary_metric(plan));
  return suite;
}

}  // namespace assay
