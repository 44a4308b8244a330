#pragma once

#include <string>
#include <vector>

#include "core/record/gate.hpp"
#include "experiments/campaign/gate/base_copy.hpp"

namespace assay::campaign {

inline constexpr const char* kGatePolicyFile = ".assay/gate.toml";

/// What a gate is judged by, as the base has it.
struct GateRules {
  GatePolicy policy;
  bool has_policy = false;
  std::vector<std::string> introduced;   ///< globs of experiments in the policy of a change whose base has none
  std::vector<std::string> experiments;  ///< files to judge, from the top of the repository
  std::vector<std::string> not_asked;    ///< that the policy names too
};

/// \param files  experiments that the caller names, from the top of the repository; empty: those of the policy
/// A change that brings the first policy is asked for the experiments that it names, by the defaults.
/// \throws Error if the policy is wrong, if neither the caller nor a policy names an experiment, or if a name stands
/// for no file.
[[nodiscard]] GateRules read_rules(const BaseCopy& base, const std::vector<std::string>& files);

/// What the change alters in the rules.
struct RuleChanges {
  std::vector<GateRuleChange> changes;
  std::vector<GateBlindSpot> blind_spots;  ///< links of base and change
};

/// What the change alters in files that judge, since it left the base. Experiments that only the change has are among
/// them, and files that rules reach behind links of the base or the change; what the base itself altered meanwhile is
/// not.
[[nodiscard]] RuleChanges changed_rules(const BaseCopy& base, const GateRules& rules);

/// The files that judge and are not as the base has them in a commit, which is measured with the base's versions.
[[nodiscard]] std::vector<std::string> files_to_restore(const BaseCopy& base, const GateRules& rules,
                                                        const std::string& commit);

/// The experiments that the change adds, by the policy's globs or the caller's names. One that the base removed
/// meanwhile is none.
[[nodiscard]] std::vector<std::string> new_experiments(const BaseCopy& base, const GateRules& rules);

}  // namespace assay::campaign
