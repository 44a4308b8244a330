#pragma once

#include <map>
#include <string>

#include "core/plan.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::experiments {

/// What a plan takes from the moment and place of its freezing.
struct Circumstances {
  Seed fresh_seed{0};                              ///< used where the definition leaves the seed open
  std::map<std::string, std::string> environment;  ///< the caller's
  std::string folder;                              ///< absolute: the experiment file's
  std::string environment_name = "local";
  int attempt = 1;
  bool exploratory = false;
};

/// Fixes everything: after this, nothing about the attempt is chosen any more. The caller's environment is kept less
/// ASSAY_*, _, OLDPWD, SHLVL, COLUMNS, LINES, SSH_* and TMPDIR, or cut down to what a clean workload passes.
[[nodiscard]] Plan freeze(const Definition& definition, const Circumstances& circumstances);

/// What makes two plans the same hypothesis whatever they are called: variable, workloads and primary metric, as
/// canonical JSON. Its SHA-256 is the hypothesis' identity.
[[nodiscard]] std::string hypothesis_json(const Plan& plan);

}  // namespace assay::experiments
