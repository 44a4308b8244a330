#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"

namespace assay {

/// What an attempt asks for beside its hypothesis, and a later attempt might ask less of (docs/methods/attempts.md).
enum class Requirement {
  goal,
  margin,             ///< of the primary metric
  kappa,              ///< improved needs the interval beyond kappa * margin
  cells,              ///< what several cells claim together
  alpha_equivalence,  ///< of equivalence, "not worse" and guards
  confirm,            ///< fresh blocks that confirm an early stop
  sidedness,          ///< a declared direction
  check,
  normaliser,  ///< of a check
  ignore,      ///< what a check for leaks passes over
  guard,
  guard_margin,
  reached,  ///< shows that the variable acts
  shares,   ///< isolation must be challenged
  success_codes,
  timeout,
  results,    ///< the file that metrics are read from
  harness,    ///< files that may not differ between the arms
  checkout,   ///< what a clone does besides taking the files
  reads,      ///< the share of evicted bytes that a trial must read
  vigilance,  ///< trials that nothing announces
  budget,     ///< a part of what one trial may take of its node
};

/// How an earlier attempt left a requirement that a later one changes.
enum class EarlierStanding {
  held,           ///< it was met, so the change is only reported
  failed,         ///< refused unless somebody allows it, as are the next three
  open,           ///< the attempt ended before it was settled
  not_evaluated,  ///< no trial came so far
  loosened,       ///< less of it is asked for, whatever the attempt showed
};

/// A requirement of an earlier attempt that an attempt states otherwise or no longer.
struct RequirementChange {
  Requirement requirement = Requirement::check;
  std::string name = {};     ///< of the check, metric, workload or state; empty if there is only one such requirement
  std::string was = {};      ///< what the earlier attempt asked for
  std::string is = {};       ///< what this attempt asks for; empty: nothing
  std::string earlier = {};  ///< "0001-readiness-poll", or "attempt 1" if the attempt has no record
  EarlierStanding standing = EarlierStanding::held;
  std::string allowed = {};  ///< why somebody allows it; empty if nobody did
  friend bool operator==(const RequirementChange&, const RequirementChange&) = default;
};

/// Whether an attempt with this change is refused until somebody allows it and says why.
[[nodiscard]] inline bool needs_allowance(const RequirementChange& change) {
  return change.standing != EarlierStanding::held;
}

/// Why a plan may ask for less than earlier attempts did.
struct Allowance {
  std::vector<std::string> labels = {};  ///< of the changes that it covers: "check:same output"
  std::string why = {};
  friend bool operator==(const Allowance&, const Allowance&) = default;
};

template <>
struct EnumNames<Requirement> {
  static constexpr std::array<std::string_view, 22> values = {
      "goal",       "margin",  "kappa",    "cells",        "alpha-equivalence", "confirm", "direction",     "check",
      "normaliser", "ignore",  "guard",    "guard-margin", "reached",           "shares",  "success-codes", "timeout",
      "results",    "harness", "checkout", "reads",        "vigilance",         "budget"};
};

template <>
struct EnumNames<EarlierStanding> {
  static constexpr std::array<std::string_view, 5> values = {"held", "failed", "open", "not-evaluated", "loosened"};
};

/// What names the change on the command line: "check:same output", "kappa".
[[nodiscard]] inline std::string label_of(const RequirementChange& change) {
  const std::string requirement(to_string(change.requirement));
  return change.name.empty() ? requirement : requirement + ':' + change.name;
}

}  // namespace assay
