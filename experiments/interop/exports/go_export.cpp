#include "experiments/interop/exports/go_export.hpp"

#include <fmt/format.h>

#include "experiments/interop/exports/arm_trials.hpp"
#include "experiments/interop/exports/escapes.hpp"

namespace assay::interop {
namespace {

/// How Go writes a metric: the primary one in the unit that its tools know, any other with its name.
struct GoUnit {
  std::string name;
  bool is_nanoseconds = false;
};

GoUnit unit_of(const Metric& metric) {
  const bool is_time = metric.unit == "s";
  if (metric.role == MetricRole::primary && is_time) return {"ns/op", true};
  const std::string unit = is_time ? "ns" : metric.unit.empty() ? "count" : metric.unit;
  return {one_word(fmt::format("{}-{}", metric.name, unit)), is_time};
}

std::string heading(const Plan& plan) {
  std::string text = fmt::format("pkg: {}\n", one_word(plan.id));
  for (const Metric& metric : plan.metrics) {
    if (metric.direction == Direction::higher) text += fmt::format("Unit {} better=higher\n", unit_of(metric).name);
  }
  return text;
}

/// "BenchmarkWork/arm=control"
std::string name_of(const Plan& plan, const ArmOfCell& arm) {
  const std::string label =
      arm_count(plan) == 2 ? (arm.arm == kControl ? "control" : "treatment") : plan.variable.levels.at(arm.arm).label;
  return fmt::format("Benchmark{}/arm={}", one_word(cell_name(plan, cells(plan)[arm.cell])), one_word(label));
}

}  // namespace

std::string go_text(const AttemptView& attempt) {
  const Plan& plan = attempt.plan;
  std::string text = heading(plan);
  for (const ArmOfCell& arm : arms_of(plan)) {
    for (const Block& block : attempt.blocks) {
      if (block.cell != arm.cell || !counts(attempt, block)) continue;
      for (const Trial& trial : block.trials) {
        if (trial.arm != arm.arm || !is_measured(trial.outcome)) continue;
        std::string values;
        for (std::size_t metric = 0; metric < trial.values.size(); ++metric) {
          const GoUnit unit = unit_of(plan.metrics.at(metric));
          if (!trial.values[metric]) continue;
          const double value = *trial.values[metric];
          values += fmt::format("\t{} {}", unit.is_nanoseconds ? in_nanoseconds(value) : value, unit.name);
        }
        if (!values.empty()) text += fmt::format("{}\t1{}\n", name_of(plan, arm), values);
      }
    }
  }
  return text;
}

}  // namespace assay::interop
