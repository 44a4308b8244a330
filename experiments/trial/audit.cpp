#include "experiments/trial/audit.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/assert.hpp"

namespace assay::experiments {
namespace {

using Parts = std::map<std::string, std::string>;

/// Names of the parts that are not the same in both.
std::set<std::string> differing(const Parts& one, const Parts& other) {
  std::set<std::string> names;
  const auto compare = [&names](const Parts& here, const Parts& there) {
    for (const auto& [name, value] : here) {
      const auto found = there.find(name);
      if (found == there.end() || found->second != value) names.insert(name);
    }
  };
  compare(one, other);
  compare(other, one);
  return names;
}

bool is_executable(const std::string& part) {
  return part == "executable" || part == "executable content";
}

bool holds_placeholder(const Workload& workload, const Variable& variable, std::size_t word) {
  return word < workload.command.size() && workload.command[word].find("{" + variable.name + "}") != std::string::npos;
}

bool declares_environment(const Variable& variable, const std::string& part) {
  const std::vector<std::string> names = environment_names(variable);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return part == "env " + name || (name == "PATH" && is_executable(part));
  });
}

bool declares_argument(const Variable& variable, const Workload& workload, const std::string& part) {
  if (is_executable(part)) return holds_placeholder(workload, variable, 0);
  for (std::size_t word = 0; word < workload.command.size(); ++word) {
    if (part == fmt::format("argv[{}]", word)) return holds_placeholder(workload, variable, word);
  }
  return false;
}

/// Whether the variable's levels may make this part differ.
bool declares(const Variable& variable, const Workload& workload, const std::string& part) {
  switch (variable.kind) {
    case VariableKind::env:
      return declares_environment(variable, part);
    case VariableKind::argument:
      return declares_argument(variable, workload, part);
    case VariableKind::level:
      return declares_environment(variable, part) ||
             (varies_argument(variable) && declares_argument(variable, workload, part));
    case VariableKind::command:
      return part.starts_with("argv[") || is_executable(part);
  }
  return false;
}

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

void compare_arms(const Plan& plan, const Fingerprint& control, const Fingerprint& treatment, AuditResult& result) {
  const Workload& workload = workload_of(plan, cells(plan)[treatment.cell]);
  for (const std::string& part : differing(control.parts, treatment.parts)) {
    if (declares(plan.variable, workload, part)) {
      add_once(result.differs, name_of(plan.variable));
    } else {
      add_once(result.intruders, fmt::format("{} also differs in {}", plan.variable.levels[treatment.arm].label, part));
    }
  }
}

void compare_times(const Fingerprint& first, const Fingerprint& now, AuditResult& result) {
  for (const std::string& part : differing(first.parts, now.parts)) {
    add_once(result.intruders, fmt::format("{} changed during the attempt", part));
  }
}

}  // namespace

AuditResult audit(const Plan& plan, const std::vector<Fingerprint>& first, const std::vector<Fingerprint>& now) {
  ASSAY_ASSERT(first.size() == now.size() && now.size() == cells(plan).size() * arm_count(plan));
  AuditResult result;
  for (std::size_t index = 0; index < now.size(); ++index) {
    const std::size_t control = index - now[index].arm;
    if (now[index].arm != kControl) compare_arms(plan, now[control], now[index], result);
    compare_times(first[index], now[index], result);
  }
  if (result.differs.empty() && result.intruders.empty()) {
    result.notes.push_back("both arms are the same: an A/A comparison");
  }
  result.passed = result.intruders.empty();
  return result;
}

std::string name_of(const Variable& variable) {
  if (variable.name.empty()) return std::string(to_string(variable.kind));
  return fmt::format("{} {}", to_string(variable.kind), variable.name);
}

}  // namespace assay::experiments
