#include "experiments/trial/checks/check_rule.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::trial {

CheckRule rule_of(const Check& check) {
  try {
    return rule_of_kind(check.kind);
  } catch (const Error& error) {
    throw error.within(fmt::format("check {}", check.name));
  }
}

Argv write_nothing_to(const std::string& file) {
  return write_to(file, ": > \"$0\"");
}

}  // namespace assay::trial
