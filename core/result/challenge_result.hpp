#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/result/grade.hpp"

namespace assay {

/// Why a grade is no better.
enum class GradeReason {
  none,             ///< the figures say it
  noise,            ///< the interval holds both what the claim needs and less
  plant_missed,     ///< the planted change was not found, so these blocks could not have shown "no difference"
  control_differs,  ///< control differs from itself: something else than the arms decides what is measured
  control_fails,    ///< control was measured in too few blocks
  guard,            ///< a guard is worse beyond its margin
  failed_trials,    ///< treatment fails, or fails checks, where control does not
  flawed,           ///< the comparison is invalid; its own reason says why
  one_session,      ///< a limit takes six sessions
  interrupted,      ///< somebody closed it before it ended
  weakened,         ///< a planted fault is caught by control's checks and passes treatment's
  unannounced,      ///< where nothing announces that it is measured, an arm is unlike all of its trials
  earlier_runs,     ///< treatment is slow again in a fresh place: it lives on what its earlier runs left
};

/// A repeated interval; an end that nothing bounds yet is empty.
struct MeasuredRange {
  std::optional<double> low;
  std::optional<double> high;
  friend bool operator==(const MeasuredRange&, const MeasuredRange&) = default;
};

/// What the blocks show in which no trial of control or treatment failed. It is told and never graded: which blocks are
/// left may depend on the arm.
struct GoodBlocks {
  int blocks = 0;
  std::optional<double> estimate;  ///< how many times better treatment is there; empty if there is no such block
  friend bool operator==(const GoodBlocks&, const GoodBlocks&) = default;
};

/// What measuring a claim again has shown. Ratios say how many times better an arm is than control.
struct ChallengeResult {
  Grade grade = Grade::inconclusive;
  GradeReason reason = GradeReason::noise;
  int blocks = 0;                             ///< that the grade rests on
  double confidence = 0;                      ///< of `measured`
  std::optional<double> estimate;             ///< the best guess of what `measured` bounds
  MeasuredRange measured;                     ///< a ratio; of a rate the share of successes, of a limit the figure
  MeasuredRange again;                        ///< control against itself, at 99.9 %
  MeasuredRange planted;                      ///< the planted arm against control, at 90 %
  bool planted_found = false;                 ///< it is shown to be worse than control
  std::optional<double> largest_claim;        ///< the largest ratio that these blocks confirm, if it is above 1
  std::optional<int> blocks_needed;           ///< if the grade is inconclusive and more blocks would settle it
  std::optional<GoodBlocks> among_good = {};  ///< of a claimed ratio, if failed trials made it invalid
  friend bool operator==(const ChallengeResult&, const ChallengeResult&) = default;
};

/// What a claim comes to on an input of the challenger's own. It does not change the grade of the claim.
struct OwnInputGrade {
  std::string workload;
  std::string state;
  ChallengeResult result = {};
  friend bool operator==(const OwnInputGrade&, const OwnInputGrade&) = default;
};

template <>
struct EnumNames<GradeReason> {
  static constexpr std::array<std::string_view, 13> values = {
      "none",   "noise",       "plant-missed", "control-differs", "control-fails", "guard",       "failed-trials",
      "flawed", "one-session", "interrupted",  "weakened",        "unannounced",   "earlier-runs"};
};

}  // namespace assay
