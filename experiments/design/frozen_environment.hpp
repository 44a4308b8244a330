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

/// True if only a value's hash is recorded: its name looks like a secret's (it holds TOKEN, SECRET, PASSWORD, PASSWD,
/// PASSPHRASE, CREDENTIAL or KEY in any case), it is an address with a password in it, or it is not UTF-8 and so has no
/// JSON form.
[[nodiscard]] bool must_stay_unwritten(std::string_view name, std::string_view value);

struct NamedValue {
  std::string_view name;
  std::string_view value;
};
/// The hash of "NAME=value", so that equal secrets under two names do not show as equal.
[[nodiscard]] std::string secret_hash(const NamedValue& secret, const Sha256& sha256);

}  // namespace assay::design
