#include "experiments/trial/arm_setup.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/machine/lineage.hpp"
#include "core/host/machine/lock.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::trial {
namespace {

constexpr std::string_view kPadding = "ASSAY_PADDING";
constexpr std::string_view kFiller = "ASSAY_FILLER";  // replaces a variable that only other arms have

/// Puts one level of the variable in its place.
struct ApplyLevel {
  const Variable& variable;
  ArmSetup& setup;

  void operator()(const EnvironmentLevel& level) const {
    if (level.value) {
      setup.environment[variable.name] = *level.value;
    } else {
      setup.environment.erase(variable.name);
    }
  }
  void operator()(const ArgumentLevel& level) const {
    setup.argv = with_argument(std::move(setup.argv), variable.name, level.value);
  }
  void operator()(const CommandLevel& level) const { setup.argv = level.argv; }
  void operator()(const SettingsLevel& level) const {
    for (const auto& [name, value] : level.set) {
      if (value) {
        setup.environment[name] = *value;
      } else {
        setup.environment.erase(name);
      }
    }
  }
  // A trial's git must not be led out of the clone, to the user's own repository.
  void operator()(const SourceLevel&) const {
    std::erase_if(setup.environment, [](const auto& variable_set) { return variable_set.first.starts_with("GIT_"); });
  }
  void operator()(const FileLevel&) const {}   // put in its place before each trial
  void operator()(const StateLevel&) const {}  // brought about before each trial
};

void set_own(ArmSetup& setup, std::string_view name, std::string value) {
  setup.own_variables.emplace(name);
  setup.environment.emplace(name, std::move(value));
}

void set_resources(ArmSetup& setup, const SessionResources& resources, const std::string& lineage) {
  const ArmResources& own = resources.arms[setup.arm];
  set_own(setup, "ASSAY_ARM_DIR", own.folder);
  set_own(setup, "ASSAY_PORT", std::to_string(own.port));
  set_own(setup, host::kLockHeldVariable, resources.lock_path);
  set_own(setup, host::kLineageVariable, lineage);
  // Unless the workload or the variable sets it.
  if (!setup.environment.contains("TMPDIR")) set_own(setup, "TMPDIR", resources.temporary_folder);
}

/// The folder with assay-span goes in front of PATH, whatever the levels make of that; where there is no PATH, there
/// stays none.
void offer_spans(ArmSetup& setup, const SessionResources& resources) {
  setup.spans_file = resources.spans_file;
  set_own(setup, "ASSAY_SPANS", resources.spans_file);
  const auto path = setup.environment.find("PATH");
  if (path == setup.environment.end()) return;
  setup.tools = resources.tools;
  path->second = setup.tools + ":" + path->second;
}

/// Gives every environment the same number of variables and bytes: what a level removes is made up for by fillers.
void equalise(std::vector<ArmSetup>& setups) {
  std::size_t most_variables = 0;
  for (const ArmSetup& setup : setups) most_variables = std::max(most_variables, setup.environment.size());
  std::size_t most_bytes = 0;
  for (ArmSetup& setup : setups) {
    for (int filler = 1; setup.environment.size() < most_variables; ++filler) {
      set_own(setup, filler == 1 ? std::string(kFiller) : fmt::format("{}_{}", kFiller, filler), "");
    }
    set_own(setup, kPadding, "");  // also if none is needed: blocks add to it
    most_bytes = std::max(most_bytes, environment_bytes(setup.environment));
  }
  for (ArmSetup& setup : setups) {
    const std::size_t lacking = most_bytes - environment_bytes(setup.environment);
    setup.environment = padded(std::move(setup.environment), static_cast<int>(lacking));
  }
}

}  // namespace

std::vector<ArmSetup> materialise(const Plan& plan, std::size_t cell, const SessionResources& resources) {
  ASSAY_ASSERT(resources.arms.size() == arm_count(plan));
  const std::size_t workload_index = cells(plan).at(cell).workload;
  const Workload& workload = plan.workloads[workload_index];
  const std::string lineage = host::lineage_with(host::sha256(formats::hypothesis_json(plan)));
  std::vector<ArmSetup> setups;
  for (ArmIndex arm = 0; arm < arm_count(plan); ++arm) {
    ArmSetup setup;
    setup.arm = arm;
    setup.cell = cell;
    setup.workload = workload_index;
    setup.argv = workload.command;
    setup.environment = design::environment_of(plan, workload);
    setup.source = resources.arms[arm].source;
    for (ArmIndex other = 0; other < arm_count(plan); ++other) {
      const std::string& source = resources.arms[other].source;
      if (other != arm && !source.empty()) setup.other_sources.push_back(source);
    }
    setup.base = setup.source.empty() ? plan.folder : path_in(setup.source, resources.subfolder);
    setup.working_directory = path_in(setup.base, workload.working_directory);
    if (!workload.standard_input.empty()) setup.standard_input = path_in(setup.base, workload.standard_input);
    std::visit(ApplyLevel{plan.variable, setup}, plan.variable.levels[arm].value);
    set_resources(setup, resources, lineage);
    setup.span_use = resources.span_use;
    if (setup.span_use == SpanUse::always || reads_spans(plan, workload)) offer_spans(setup, resources);
    setups.push_back(std::move(setup));
  }
  equalise(setups);
  return setups;
}

Environment padded(Environment environment, int bytes) {
  ASSAY_ASSERT(bytes >= 0);
  if (bytes == 0) return environment;  // and none is made
  environment[std::string(kPadding)].append(static_cast<std::size_t>(bytes), 'x');
  return environment;
}

std::size_t environment_bytes(const Environment& environment) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : environment) bytes += name.size() + value.size() + 2;  // '=' and the final NUL
  return bytes;
}

std::string path_in(const std::string& folder, const std::string& path) {
  return (std::filesystem::path(folder) / path).lexically_normal().string();
}

}  // namespace assay::trial
