#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/plan.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::design {

/// SHA-256 as 64 hexadecimal digits. The caller passes it in, since this step uses no library of the host.
using Sha256 = std::function<std::string(std::string_view)>;

/// What a plan takes from the moment and the machine of its freezing, and not from its definition.
struct FreezeContext {
  Seed fresh_seed{0};                              ///< used if the definition leaves the seed open
  std::map<std::string, std::string> environment;  ///< the caller's
  Sha256 sha256;                                   ///< hashes secrets
  std::string folder;                              ///< absolute: that of the experiment file
  std::string environment_name = "local";
  int attempt = 1;
  std::string reopened_by;  ///< SHA-256 of the record that lifted the dead end, if any
  bool exploratory = false;
};

/// Fixes everything: after this, nothing about the attempt is chosen any more. The caller's environment is kept except
/// ASSAY_*, _, OLDPWD, SHLVL, COLUMNS, LINES, SSH_*, TMPDIR and what the variable sets; if every workload asks for a
/// clean environment, only what clean workloads get is kept. Values that look secret, or are not UTF-8, are hashed in
/// `Plan::secrets` and stay in `Plan::environment` only for running.
/// \throws Error (refused) if the attempt lies beyond the protocol's attempts.
[[nodiscard]] Plan freeze(const definition::Definition& definition, const FreezeContext& context);

/// Takes the secret values, which a plan that was read back does not have, from the caller's environment again.
/// \throws Error that names a secret which is gone or has another value than when the plan was frozen.
[[nodiscard]] Plan with_secrets(Plan plan, const std::map<std::string, std::string>& environment, const Sha256& sha256);

/// The part of the frozen environment that a trial of this workload gets, with what the workload sets for both arms.
/// The variable's level and the trial's own folders are added to it later.
[[nodiscard]] std::map<std::string, std::string> environment_of(const Plan& plan, const Workload& workload);

}  // namespace assay::design
