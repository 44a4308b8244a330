#include "experiments/trial/checks/check_rule.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

// The table of check kinds: each header declares `rule_for` its kind. A kind of the plan that has none does not
// compile.
#include "experiments/trial/checks/command_check.hpp"
#include "experiments/trial/checks/condition_check.hpp"
#include "experiments/trial/checks/isolation_check.hpp"
#include "experiments/trial/checks/no_leaks_check.hpp"
#include "experiments/trial/checks/same_output_check.hpp"
#include "experiments/trial/checks/test_inventory_check.hpp"

namespace assay::trial {

CheckRule rule_of(const Check& check) {
  try {
    return std::visit([](const auto& kind) { return rule_for(kind); }, check.kind);
  } catch (const Error& error) {
    throw error.within(fmt::format("check {}", check.name));
  }
}

Argv write_nothing_to(const std::string& file) {
  return write_to(file, ": > \"$0\"");
}

}  // namespace assay::trial
