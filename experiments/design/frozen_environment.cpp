#include "experiments/design/frozen_environment.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/assert.hpp"
#include "core/text/secrets.hpp"
#include "core/text/valid_text.hpp"

namespace assay::design {
namespace {

using Environment = std::map<std::string, std::string>;

/// Belongs to the caller's shell, terminal, login or to assay itself: it would differ from start to start.
bool belongs_to_caller(std::string_view name) {
  constexpr std::array<std::string_view, 6> kNames = {"_", "OLDPWD", "SHLVL", "COLUMNS", "LINES", "TMPDIR"};
  return name.starts_with("ASSAY_") || name.starts_with("SSH_") ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

/// TMPDIR, the fourth of a clean environment, is each trial's own folder and never the caller's.
std::set<std::string, std::less<>> names_of_clean(const Workload& workload) {
  std::set<std::string, std::less<>> names = {"PATH", "HOME", "LANG"};
  names.insert(workload.pass.begin(), workload.pass.end());
  return names;
}

bool passes(const Workload& workload, std::string_view name) {
  return workload.environment == EnvironmentPolicy::inherit || names_of_clean(workload).contains(name);
}

bool set_by_variable(const Plan& plan, std::string_view name) {
  const std::vector<std::string> names = environment_names(plan.variable);
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What programs commonly read and nobody hides. A name that is not here costs a resumed attempt nothing: the lab keeps
/// its value, only plans and records do not.
bool is_harmless(std::string_view name) {
  constexpr std::array kNames = std::to_array<std::string_view>({"PATH",
                                                                 "HOME",
                                                                 "LANG",
                                                                 "LANGUAGE",
                                                                 "TZ",
                                                                 "USER",
                                                                 "LOGNAME",
                                                                 "SHELL",
                                                                 "PWD",
                                                                 "TERM",
                                                                 "COLORTERM",
                                                                 "NO_COLOR",
                                                                 "HOSTNAME",
                                                                 "HOSTTYPE",
                                                                 "OSTYPE",
                                                                 "MACHTYPE",
                                                                 "CI",
                                                                 "DEBIAN_FRONTEND",
                                                                 "CC",
                                                                 "CXX",
                                                                 "CFLAGS",
                                                                 "CXXFLAGS",
                                                                 "CPPFLAGS",
                                                                 "LDFLAGS",
                                                                 "LD_LIBRARY_PATH",
                                                                 "LIBRARY_PATH",
                                                                 "CPATH",
                                                                 "PKG_CONFIG_PATH",
                                                                 "CMAKE_PREFIX_PATH",
                                                                 "PYTHONPATH",
                                                                 "PYTHONHASHSEED",
                                                                 "JAVA_HOME",
                                                                 "GOPATH",
                                                                 "GOROOT",
                                                                 "GOMAXPROCS",
                                                                 "CARGO_HOME",
                                                                 "RUSTUP_HOME",
                                                                 "MALLOC_ARENA_MAX",
                                                                 "GLIBC_TUNABLES",
                                                                 "MAKEFLAGS"});
  return name.starts_with("LC_") || name.starts_with("OMP_") ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

Environment frozen_environment(const Plan& plan, const Environment& caller) {
  Environment frozen;
  for (const auto& [name, value] : caller) {
    const bool wanted = std::any_of(plan.workloads.begin(), plan.workloads.end(),
                                    [&name = name](const Workload& workload) { return passes(workload, name); });
    if (wanted && !belongs_to_caller(name) && !set_by_variable(plan, name) && is_valid_text(name)) {
      frozen.emplace(name, value);
    }
  }
  return frozen;
}

Environment environment_of(const Plan& plan, const Workload& workload) {
  Environment environment;
  for (const auto& [name, value] : plan.environment) {
    if (passes(workload, name)) environment.emplace(name, value);
  }
  for (const auto& [name, value] : workload.set) environment[name] = value;
  return environment;
}

bool must_stay_unwritten(std::string_view name, std::string_view value) {
  return !is_harmless(name) || holds_secret(value) || !is_valid_text(value);
}

std::string secret_hash(const NamedValue& secret, const Sha256& sha256) {
  ASSAY_ASSERT(sha256 != nullptr);
  return sha256(std::string(secret.name) + "=" + std::string(secret.value));
}

}  // namespace assay::design
