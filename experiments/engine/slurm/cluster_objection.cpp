#include "experiments/engine/slurm/cluster_objection.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/trial/observation.hpp"

namespace assay::engine {
namespace {

/// Files that trials write below a folder that all nodes share: one node's trial would read those of another's.
std::optional<std::string> shared_files(const Plan& plan) {
  if (has_source(plan.variable)) return std::nullopt;  // each task has clones of its own
  for (const Workload& workload : plan.workloads) {
    const std::vector<std::string> written = trial::written_files(plan, workload);
    if (written.empty()) continue;
    return fmt::format(
        "trials of {} write {} in the experiment's folder, which the nodes share, so that blocks on several nodes "
        "would overwrite each other's files; print the values and read them with regex:, or make the variable a "
        "revision or a patch, whose trials run in clones of their own",
        workload.name, fmt::join(written, ", "));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> cluster_objection(const Plan& plan) {
  if (plan.variable.kind == VariableKind::file) {
    return "the variable is a file, which is put in place for each trial in a folder that the nodes share; make it a "
           "patch or an argument";
  }
  if (is_costly(plan.protocol.design)) {
    return "in a costly design each block is one trial, and the arms would run on different nodes; use design = "
           "\"blocks\"";
  }
  if (plan.vigilant) {
    return "unannounced trials follow the last block on the machine that ran it; leave --vigilant out";
  }
  if (plan.rules == kOldestRules) return "this attempt was begun under the rules of 0.1.0, which know no lost blocks";
  return shared_files(plan);
}

}  // namespace assay::engine
