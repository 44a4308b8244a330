#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/plan.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::design {

/// SHA-256 as 64 hexadecimal digits; given by the caller, since this step touches no library of the host.
using Sha256 = std::function<std::string(std::string_view)>;

/// What a plan takes from the moment and place of its freezing.
struct Circumstances {
  Seed fresh_seed{0};                              ///< used where the definition leaves the seed open
  std::map<std::string, std::string> environment;  ///< the caller's
  Sha256 sha256;                                   ///< of secrets
  std::string folder;                              ///< absolute: the experiment file's
  std::string environment_name = "local";
  int attempt = 1;
  std::string reopened_by;  ///< SHA-256 of the record that lifted the dead end, if any
  bool exploratory = false;
};

/// Fixes everything: after this, nothing about the attempt is chosen any more. The caller's environment is kept less
/// ASSAY_*, _, OLDPWD, SHLVL, COLUMNS, LINES, SSH_*, TMPDIR and what the variable sets; where every workload asks for a
/// clean environment, only what clean workloads get. Values that look secret, or are not UTF-8, are in
/// `Plan::secrets` as hashes and stay in `Plan::environment` for running alone.
/// \throws Error (refused) where the attempt lies beyond the protocol's attempts.
[[nodiscard]] Plan freeze(const definition::Definition& definition, const Circumstances& circumstances);

/// A plan that was read back has no secret values: this takes them from the caller's environment again.
/// \throws Error that names a secret which is gone or has another value than when the plan was frozen.
[[nodiscard]] Plan with_secrets(Plan plan, const std::map<std::string, std::string>& environment, const Sha256& sha256);

/// What a trial of this workload gets of the frozen environment, with what the workload sets for both arms; the
/// variable's level and the trial's own folders come on top.
[[nodiscard]] std::map<std::string, std::string> environment_of(const Plan& plan, const Workload& workload);

}  // namespace assay::design
