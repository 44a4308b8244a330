#include "experiments/design/frozen_environment.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "core/assert.hpp"
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

std::string upper_case(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return upper;
}

/// "scheme://user:password@host".
bool holds_address_with_password(std::string_view value) {
  for (auto start = value.find("://"); start != std::string_view::npos; start = value.find("://", start + 3)) {
    const std::string_view authority = value.substr(start + 3).substr(0, value.substr(start + 3).find_first_of("/ "));
    const auto at = authority.rfind('@');
    if (at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos) return true;
  }
  return false;
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
  constexpr std::array<std::string_view, 7> kSecretWords = {"TOKEN",      "SECRET",     "PASSWORD", "PASSWD",
                                                            "PASSPHRASE", "CREDENTIAL", "KEY"};
  const std::string upper = upper_case(name);
  const bool named_so = std::any_of(kSecretWords.begin(), kSecretWords.end(),
                                    [&](std::string_view word) { return upper.find(word) != std::string::npos; });
  return named_so || holds_address_with_password(value) || !is_valid_text(value);
}

std::string secret_hash(const NamedValue& secret, const Sha256& sha256) {
  ASSAY_ASSERT(sha256 != nullptr);
  return sha256(std::string(secret.name) + "=" + std::string(secret.value));
}

}  // namespace assay::design
