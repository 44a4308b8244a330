#include "experiments/interop/exports/trials_export.hpp"

#include <string_view>

#include <fmt/format.h>

#include "core/named_variant.hpp"
#include "experiments/interop/exports/arm_trials.hpp"
#include "experiments/interop/exports/escapes.hpp"

namespace assay::interop {
namespace {

std::string header(const Plan& plan) {
  std::string line =
      "block,place,void,counts,workload,state,arm,label,outcome,exit_code,wall_s,user_s,system_s,max_rss_B";
  for (const Metric& metric : plan.metrics) {
    line += ',' + csv_field(metric.unit.empty() ? metric.name : fmt::format("{} [{}]", metric.name, metric.unit));
  }
  return line + '\n';
}

/// What the kernel counted; empty fields if no trial was run here, as in pairs that were measured elsewhere.
std::string usage_fields(const Usage& usage) {
  if (usage == Usage{}) return ",,,";
  return fmt::format("{},{},{},{}", in_seconds(usage.wall), in_seconds(usage.user), in_seconds(usage.system),
                     usage.max_rss.count);
}

std::string_view yes_or_no(bool answer) {
  return answer ? "yes" : "no";
}

std::string line_of(const AttemptView& attempt, const Block& block, std::size_t place) {
  const Plan& plan = attempt.plan;
  const Trial& trial = block.trials[place];
  const Cell cell = cells(plan)[block.cell];
  std::string line =
      fmt::format("{},{},{},{},{},{},{},{},{},{},{}", block.number, place + 1, yes_or_no(is_void(block)),
                  yes_or_no(counts(attempt, block)), csv_field(workload_of(plan, cell).name),
                  csv_field(state_of(plan, cell, trial.arm).name), trial.arm,
                  csv_field(plan.variable.levels.at(trial.arm).label), name_of_alternative(trial.outcome),
                  trial.exit_code ? fmt::format("{}", *trial.exit_code) : "", usage_fields(trial.usage));
  for (std::size_t metric = 0; metric < plan.metrics.size(); ++metric) {
    const bool has_value = metric < trial.values.size() && trial.values[metric];
    line += has_value ? fmt::format(",{}", *trial.values[metric]) : ",";
  }
  return line + '\n';
}

}  // namespace

std::string trials_csv_text(const AttemptView& attempt) {
  std::string text = header(attempt.plan);
  for (const Block& block : attempt.blocks) {
    for (std::size_t place = 0; place < block.trials.size(); ++place) text += line_of(attempt, block, place);
  }
  return text;
}

}  // namespace assay::interop
