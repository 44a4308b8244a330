#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/plan.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::design {

/// SHA-256, or HMAC-SHA-256 under a key that the caller knows, as 64 hexadecimal digits. The caller passes it in, since
/// this step uses no library of the host.
using Sha256 = std::function<std::string(std::string_view)>;

/// What a plan takes from the moment and the machine of its freezing, and not from its definition.
struct FreezeContext {
  Seed fresh_seed{0};                              ///< used if the definition leaves the seed open
  std::map<std::string, std::string> environment;  ///< the caller's
  Sha256 hmac;                                     ///< of values that are not written down, under the lab's key
  std::string folder;                              ///< absolute: that of the experiment file
  std::string environment_name = "local";
  Budget budget = {};  ///< of the environment's machines
  int attempt = 1;
  std::string reopened_by;  ///< SHA-256 of the record that lifted the dead end, if any
  bool exploratory = false;
};

/// Fixes everything: after this, nothing about the attempt is chosen any more. The caller's environment is kept except
/// ASSAY_*, _, OLDPWD, SHLVL, COLUMNS, LINES, SSH_*, TMPDIR and what the variable sets; if every workload asks for a
/// clean environment, only what clean workloads get is kept. Values of variables that are not known to be harmless are
/// hashed in `Plan::environment_hmac` and stay in `Plan::environment` only for running; so do values of `set` that look
/// secret.
/// Groups of workloads that run side by side are left to `add_groups`: only those who measure need a machine for them.
/// \throws Error (refused) if the attempt lies beyond the protocol's attempts.
[[nodiscard]] Plan freeze(const definition::Definition& definition, const FreezeContext& context);

/// What a plan that was read back lacks.
struct KeptValues {
  std::map<std::string, std::string> journalled;  ///< values that do not look secret, as the lab keeps them
  std::map<std::string, std::string> caller;      ///< the caller's environment, for those that do
};
struct ValueHashes {
  Sha256 sha256;  ///< of plans of 0.1.0
  Sha256 hmac;    ///< under the lab's key
};

/// Gives a plan that was read back its values again: exactly those that it was frozen with.
/// \throws Error that names a value which is gone or is another one than when the plan was frozen.
[[nodiscard]] Plan with_values(Plan plan, const KeptValues& values, const ValueHashes& hashes);

/// The hidden values that the lab may keep for a resumed attempt: all but those that look secret.
[[nodiscard]] std::map<std::string, std::string> values_to_keep(const Plan& plan);

/// The part of the frozen environment that a trial of this workload gets, with what the workload sets for both arms.
/// The variable's level and the trial's own folders are added to it later.
[[nodiscard]] std::map<std::string, std::string> environment_of(const Plan& plan, const Workload& workload);

}  // namespace assay::design
