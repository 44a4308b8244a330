#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/definition/mistakes/semantics.hpp"

namespace assay::definition {
namespace {

/// "no-leaks" twice for one workload would let one check's own list commands and scans disturb the other's.
void check_leak_watches(const Definition& definition, Mistakes& mistakes) {
  for (const Workload& workload : definition.workloads) {
    const Check* first = nullptr;
    for (std::size_t index = 0; index < definition.checks.size(); ++index) {
      const Check& check = definition.checks[index];
      if (!std::holds_alternative<NoLeaksCheck>(check.kind) || !applies_to(check.workloads, workload.name)) continue;
      if (first != nullptr) {
        mistakes.push_back({fmt::format("/check/{}", index),
                            fmt::format("checks {} and {} both watch for leaks of workload {}: make them one",
                                        in_quotes(first->name), in_quotes(check.name), in_quotes(workload.name))});
        return;
      }
      first = &check;
    }
  }
}

/// A fault is planted into sources, and shows something only if a check could catch it.
void check_plants(const Definition& definition, Mistakes& mistakes) {
  if (definition.plants.empty()) return;
  if (!has_source(definition.variable)) {
    mistakes.push_back(
        {"/plant/0", fmt::format("plant {} is a patch, and the arms are made of no source: a plant needs "
                                 "a variable that is a revision or a patch",
                                 in_quotes(definition.plants.front().name))});
  } else if (definition.checks.empty()) {
    mistakes.push_back({"/plant/0", fmt::format("plant {} has nothing to catch it: add a [[check]]",
                                                in_quotes(definition.plants.front().name))});
  }
}

}  // namespace

void find_check_mistakes(const Definition& definition, Mistakes& mistakes) {
  check_leak_watches(definition, mistakes);
  check_plants(definition, mistakes);
}

}  // namespace assay::definition
