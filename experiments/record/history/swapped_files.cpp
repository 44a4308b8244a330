#include "experiments/record/history/swapped_files.hpp"

#include <optional>

#include "core/host/files/file_swap.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::record {

std::vector<SwappedFile> swapped_files(const host::Journal& journal) {
  std::vector<SwappedFile> files;
  for (const host::AttemptRow& row : journal.attempts()) {
    if (row.status != host::AttemptStatus::open) continue;
    const Plan plan = formats::parse_plan(row.plan_json);
    if (plan.variable.kind != VariableKind::file) continue;
    const std::string path = trial::path_in(plan.folder, plan.variable.name);
    const std::optional<host::AbandonedSwap> swap = host::FileSwap::abandoned_at(path);
    if (!swap) continue;
    files.push_back({plan.variable.name, plan.id, swap->version ? plan.variable.levels.at(*swap->version).label : ""});
  }
  return files;
}

}  // namespace assay::record
