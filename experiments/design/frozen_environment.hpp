#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/plan.hpp"
#include "experiments/design/freeze.hpp"

namespace assay::design {

/// The part of the caller's environment that the trials of a plan may see.
[[nodiscard]] std::map<std::string, std::string> frozen_environment(const Plan& plan,
                                                                    const std::map<std::string, std::string>& caller);

/// True if only a value's hash is recorded: its name is not on the list of harmless ones (PATH, LANG, LC_*, TZ, HOME
/// and what tunes compilers and libraries), it looks secret all the same, or it is not UTF-8 and so has no JSON form.
[[nodiscard]] bool must_stay_unwritten(std::string_view name, std::string_view value);

struct NamedValue {
  std::string_view name;
  std::string_view value;
};
/// The hash of "NAME=value", so that equal secrets under two names do not show as equal.
[[nodiscard]] std::string secret_hash(const NamedValue& secret, const Sha256& sha256);

}  // namespace assay::design
