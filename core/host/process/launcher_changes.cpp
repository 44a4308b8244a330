#include "core/host/process/launcher_changes.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"

namespace assay::host {
namespace {

/// In the order of `launcher::Inherited`.
constexpr std::array<std::string_view, launcher::kInheritedCount> kNames = {
    "niceness",        "scheduling policy", "I/O priority", "timer slack",      "personality",  "umask",
    "resource limits", "CPU mask",          "OOM score",    "core dump filter", "control group"};

std::vector<std::string> names_of(std::uint32_t bits) {
  std::vector<std::string> names;
  for (std::size_t index = 0; index < kNames.size(); ++index) {
    if ((bits >> index & 1U) != 0) names.emplace_back(kNames[index]);
  }
  return names;
}

}  // namespace

std::vector<std::string> launcher_changes(const launcher::Report& report) {
  if (report.lost != 0) {
    throw Error(fmt::format("a trial or a service altered the {} of the launcher, which starts every trial, and it "
                            "cannot be restored; later trials would inherit it",
                            fmt::join(names_of(report.lost), ", ")),
                ErrorKind::invalid);
  }
  return names_of(report.changed);
}

}  // namespace assay::host
