#include "experiments/attempt/environment.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/machine.hpp"
#include "core/host/machine/software_image.hpp"
#include "core/plan.hpp"
#include "core/text/secrets.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/lab/environment_rules.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::attempt {
namespace {

void compare_trait(std::string_view what, const std::string& pattern, const std::string& value,
                   std::vector<std::string>& found) {
  if (pattern.empty() || trial::name_matches(pattern, value)) return;
  found.push_back(fmt::format("its {} is {}, and the rule expects {}", what,
                              value.empty() ? "unknown" : in_quotes(value), in_quotes(pattern)));
}

}  // namespace

MachineTraits traits_here() {
  const Machine machine = host::read_machine();
  MachineTraits traits{.hostname = machine.hostname, .cpu_model = machine.cpu_model, .image = "", .variables = {}};
  traits.variables = host::caller_environment();
  traits.image = host::software_image(traits.variables);
  return traits;
}

std::vector<std::string> differences(const EnvironmentRule& rule, const MachineTraits& machine) {
  std::vector<std::string> found;
  compare_trait("hostname", rule.hostname, machine.hostname, found);
  compare_trait("processor", rule.cpu_model, machine.cpu_model, found);
  compare_trait("image", rule.image, machine.image, found);
  for (const auto& [name, pattern] : rule.variables) {
    const auto variable = machine.variables.find(name);
    if (variable != machine.variables.end() && trial::name_matches(pattern, variable->second)) continue;
    // The value may be a secret, so it is not shown.
    found.push_back(fmt::format("{} {}, and the rule expects {}", name,
                                variable == machine.variables.end() ? "is not set" : "has another value",
                                in_quotes(pattern)));
  }
  return found;
}

std::vector<EnvironmentRule> environment_rules(const std::optional<record::Lab>& lab) {
  if (!lab) return {};
  const std::string file = lab->root() + "/.assay/environments.toml";
  if (!std::filesystem::exists(file)) return {};
  return definition::parse_environment_rules({file, host::read_named_file(file, definition::kLargestFile + 1)});
}

std::string environment_here(const std::optional<record::Lab>& lab, const RunOptions& options) {
  const std::vector<EnvironmentRule> rules = environment_rules(lab);
  if (rules.empty()) return options.environment_name.value_or(Plan{}.environment_name);
  const MachineTraits machine = traits_here();
  if (options.environment_name) {
    const auto named = std::find_if(rules.begin(), rules.end(), [&options](const EnvironmentRule& rule) {
      return rule.name == *options.environment_name;
    });
    if (named == rules.end()) return *options.environment_name;
    const std::vector<std::string> found = differences(*named, machine);
    if (found.empty()) return named->name;
    throw Error(fmt::format("this machine is not of the environment {}: {}; what is measured here says nothing about "
                            "it. Leave --environment out, or change its rule in .assay/environments.toml",
                            named->name, fmt::join(found, "; ")),
                ErrorKind::refused);
  }
  const auto match = std::find_if(rules.begin(), rules.end(), [&machine](const EnvironmentRule& rule) {
    return differences(rule, machine).empty();
  });
  return match == rules.end() ? Plan{}.environment_name : match->name;
}

std::string environment_again(const std::optional<record::Lab>& lab, const RunOptions& options,
                              const std::string& first) {
  if (!options.environment_name && environment_rules(lab).empty()) return first;
  return environment_here(lab, options);
}

Budget environment_budget(const std::optional<record::Lab>& lab, const std::string& environment_name) {
  for (const EnvironmentRule& rule : environment_rules(lab)) {
    if (rule.name == environment_name) return rule.budget;
  }
  return {};
}

std::optional<nanoseconds> job_limit(const std::optional<record::Lab>& lab, const std::string& environment_name) {
  for (const EnvironmentRule& rule : environment_rules(lab)) {
    if (rule.name == environment_name) return rule.job_limit;
  }
  return std::nullopt;
}

}  // namespace assay::attempt
