#include "experiments/cli/swapped_files.hpp"

#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/cli/output.hpp"
#include "experiments/formats/plan_json.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::cli {

void restore_swapped_file(const Variable& variable, const std::string& folder) {
  if (variable.kind != VariableKind::file) return;
  for (const host::Restoration& restoration : host::FileSwap::recover(trial::path_in(folder, variable.name))) {
    print_remark("assay: " + describe(restoration));
  }
}

std::string describe(const host::Restoration& restoration) {
  if (restoration.edits.empty()) {
    return fmt::format("{} has its original back, in whose place a killed attempt had left another content",
                       restoration.path);
  }
  return fmt::format("{} was edited while it held another content: the edit is kept as {}; the original is back",
                     restoration.path, fmt::join(restoration.edits, " and "));
}

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

std::string describe(const SwappedFile& file) {
  const std::string state =
      file.content.empty() ? "is not the original" : fmt::format("still holds {}'s content", file.content);
  return fmt::format("{} {}: assay close, given the file of {}, puts the original back", file.file, state,
                     file.experiment);
}

}  // namespace assay::cli
