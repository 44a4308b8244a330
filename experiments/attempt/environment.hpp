#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/environment_rule.hpp"
#include "core/record/machine.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/record/lab.hpp"

namespace assay::attempt {

/// What a machine is recognised by.
struct MachineTraits {
  std::string hostname;
  std::string cpu_model;
  std::string image;
  std::map<std::string, std::string> variables;  ///< environment variables
};
[[nodiscard]] MachineTraits traits_here();

/// What keeps a machine from being of this environment, a sentence for each pattern that does not match; empty if it
/// is.
[[nodiscard]] std::vector<std::string> differences(const EnvironmentRule& rule, const MachineTraits& machine);

/// The rules of the lab; none if it has no `.assay/environments.toml`. \throws Error if the file is wrong.
[[nodiscard]] std::vector<EnvironmentRule> environment_rules(const std::optional<record::Lab>& lab);

/// The environment that this machine belongs to: the one that the caller names, else the first whose rule matches, else
/// "local".
/// \throws Error (refused) if the caller names one whose rule does not match this machine: what is measured here says
/// nothing about that environment.
[[nodiscard]] std::string environment_here(const std::optional<record::Lab>& lab, const RunOptions& options);

/// The environment that a run of the experiment is about: the one that the caller names, else "simulated" in a
/// simulation, that of the cluster, or the one that the rules of the lab recognise this machine by.
/// \throws Error (refused) as `environment_here` does
[[nodiscard]] std::string environment_of(const ExperimentFile& experiment, const RunOptions& options);

/// The environment that measuring something again belongs to: as `environment_here` says, but if the lab has no rules
/// and the caller names none, nothing tells this machine from the one that measured it first, in `first`.
[[nodiscard]] std::string environment_again(const std::optional<record::Lab>& lab, const RunOptions& options,
                                            const std::string& first);

/// What the lab grants one trial on a machine of this environment.
[[nodiscard]] Budget environment_budget(const std::optional<record::Lab>& lab, const std::string& environment_name);

/// How long one session of `run` may take there, such as the limit of a CI job; std::nullopt if the lab sets none.
[[nodiscard]] std::optional<nanoseconds> job_limit(const std::optional<record::Lab>& lab,
                                                   const std::string& environment_name);

}  // namespace assay::attempt
