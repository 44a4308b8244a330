#include "experiments/console/help/value_kind.hpp"

#include <algorithm>
#include <array>

namespace assay::console {
namespace {

struct PlaceholderKind {
  std::string_view placeholder;
  ValueKind kind;
};

constexpr std::array kKinds = {
    PlaceholderKind{"BASELINE", ValueKind::record},     PlaceholderKind{"CLAIM", ValueKind::record},
    PlaceholderKind{"CLAIM|RECORD", ValueKind::record}, PlaceholderKind{"COMMAND", ValueKind::program},
    PlaceholderKind{"DIR", ValueKind::folder},          PlaceholderKind{"FILE", ValueKind::file},
    PlaceholderKind{"FOLDER", ValueKind::folder},       PlaceholderKind{"GLOB", ValueKind::file},
    PlaceholderKind{"LAB", ValueKind::folder},          PlaceholderKind{"NOISE", ValueKind::file},
    PlaceholderKind{"RECORD", ValueKind::record},       PlaceholderKind{"REVISION", ValueKind::revision},
    PlaceholderKind{"SHELL", ValueKind::program},       PlaceholderKind{"WHERE", ValueKind::file},
    PlaceholderKind{"WHICH", ValueKind::record},
};

}  // namespace

ValueKind value_kind(std::string_view placeholder) {
  const auto found =
      std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& entry) { return entry.placeholder == placeholder; });
  return found == kKinds.end() ? ValueKind::free : found->kind;
}

}  // namespace assay::console
