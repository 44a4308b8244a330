#pragma once

#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

/// What the evidence says of a change.
enum class Verdict { improved, regressed, equivalent, inconclusive, invalid };

/// Why a verdict is as it is, where that is not plain.
enum class VerdictReason {
  none,
  noise,                  ///< inconclusive: the interval holds 0 and both margins
  direction_known,        ///< inconclusive: the sign is shown, the size is not
  near_margin,            ///< inconclusive: the effect is about as large as the margin
  immaterial,             ///< equivalent, though a difference is detectable
  mixed,                  ///< regressed: some cell regressed while another improved
  interrupted,            ///< inconclusive: closed before it ended
  carry_over,             ///< inconclusive: equivalent but for an order effect beyond the margin
  unstable,               ///< inconclusive: equivalent but for an effect that changed over the attempt
  confounded,             ///< invalid: the arms differ in more than the variable
  broken,                 ///< invalid: the treatment fails where control does not
  checks,                 ///< invalid: a check failed in treatment
  surroundings,           ///< invalid: hooks or state proofs failed too often
  unmeasured,             ///< invalid: the primary metric gave nothing that could be compared
  did_not_act,            ///< invalid: the variable's condition is false in treatment, or true in control
  unconfirmed,            ///< inconclusive: fresh blocks showed an effect below kappa * margin
  too_few,                ///< inconclusive: fewer trials than a verdict may rest on
  several_left,           ///< inconclusive: a race of levels ended with more than one that may be the best
  awaiting_confirmation,  ///< inconclusive: the best level of a race was not measured afresh
  no_steady_state,        ///< inconclusive: improved or equivalent but for trials that never became steady
  no_baseline,            ///< invalid: no trial of control was measured in any block
  one_order,              ///< inconclusive: every block had the same order, which was not drawn
  control_fails,          ///< inconclusive: improved but for a control that fails in most blocks
  futile,                 ///< inconclusive: the blocks up to the cap would hardly decide anything
  broken_off,             ///< invalid: blocks were broken off too often
};

/// A verdict with its reason.
struct MetricVerdict {
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  friend bool operator==(const MetricVerdict&, const MetricVerdict&) = default;
};

/// What ended the measuring.
enum class Stop { boundary, equivalence, cap, time, interrupted, failed, audit, futile };

template <>
struct EnumNames<Verdict> {
  static constexpr std::array<std::string_view, 5> values = {"improved", "regressed", "equivalent", "inconclusive",
                                                             "invalid"};
};

template <>
struct EnumNames<VerdictReason> {
  static constexpr std::array<std::string_view, 25> values = {"none",
                                                              "noise",
                                                              "direction-known",
                                                              "near-margin",
                                                              "immaterial",
                                                              "mixed",
                                                              "interrupted",
                                                              "carry-over",
                                                              "unstable",
                                                              "confounded",
                                                              "broken",
                                                              "checks",
                                                              "surroundings",
                                                              "unmeasured",
                                                              "did-not-act",
                                                              "unconfirmed",
                                                              "too-few",
                                                              "several-left",
                                                              "awaiting-confirmation",
                                                              "no-steady-state",
                                                              "no-baseline",
                                                              "one-order",
                                                              "control-fails",
                                                              "futile",
                                                              "broken-off"};
};

template <>
struct EnumNames<Stop> {
  static constexpr std::array<std::string_view, 8> values = {"boundary",    "equivalence", "cap",   "time",
                                                             "interrupted", "failed",      "audit", "futile"};
};

}  // namespace assay
