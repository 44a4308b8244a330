#include "experiments/attempt/restored_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/trial/arm_setup.hpp"

namespace assay::attempt {

void restore_swapped_file(const Variable& variable, const std::string& folder, Observer& observer) {
  if (variable.kind != VariableKind::file) return;
  for (const host::Restoration& restoration : host::FileSwap::recover(trial::path_in(folder, variable.name))) {
    observer.file_restored(restored_file(restoration));
  }
}

RestoredFile restored_file(const host::Restoration& restoration) {
  return {restoration.path, restoration.edits};
}

std::string describe(const RestoredFile& file) {
  if (file.edits.empty()) {
    return fmt::format("{} has its original back, in whose place a killed attempt had left another content", file.path);
  }
  return fmt::format("{} was edited while it held another content: the edit is kept as {}; the original is back",
                     file.path, fmt::join(file.edits, " and "));
}

}  // namespace assay::attempt
