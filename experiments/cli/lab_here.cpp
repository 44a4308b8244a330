#include "experiments/cli/lab_here.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::cli {

record::Lab lab_here() {
  const std::string folder = std::filesystem::current_path().string();
  std::optional<record::Lab> lab = record::Lab::find(folder);
  if (!lab) throw Error(fmt::format("no lab in {} or above it; assay init makes one", folder));
  return *lab;
}

}  // namespace assay::cli
