#include "experiments/campaign/gate/gated_experiment.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::campaign {
namespace {

void require_revision(const Variable& variable) {
  if (variable.kind != VariableKind::revision || variable.levels.size() != 2) {
    throw Error(
        fmt::format("a gate compares two revisions, and the variable of this file is of kind {}: write a file "
                    "with kind = \"revision\" for the gate",
                    to_string(variable.kind)));
  }
  if (variable.source && !variable.source->repository.empty()) {
    throw Error(
        fmt::format("a gate judges the repository that holds the file, and this one names another, {}: leave "
                    "`repository` out",
                    variable.source->repository));
  }
}

SourceLevel level_of(const GatedCommit& commit) {
  SourceLevel level{.revision = commit.commit};
  if (!commit.patch.empty()) level.patches.push_back({.file = commit.patch});
  return level;
}

}  // namespace

definition::Definition gated(definition::Definition definition, const GateQuestion& question) {
  require_revision(definition.variable);
  Variable& variable = definition.variable;
  variable.levels = {{.label = "base", .value = level_of(question.control)},
                     {.label = "change", .value = level_of(question.change)}};
  variable.reached.reset();  // it tells the file's own two levels apart
  variable.shares = false;
  definition.targets.clear();
  definition.protocol.goal = Goal::not_worse;
  definition.protocol.alpha = std::max(kSmallestAlpha, definition.protocol.alpha / question.experiments);
  for (Metric& metric : definition.metrics) {
    if (metric.role == MetricRole::primary) metric.margin = question.alert;
  }
  return definition;
}

}  // namespace assay::campaign
