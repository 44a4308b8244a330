#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/record/baseline.hpp"
#include "core/record/challenge_entry.hpp"
#include "core/result/grade.hpp"

namespace assay {

/// What is challenged, if it is no claim of an effect.
enum class ReviewSubject {
  baseline,     ///< the trials of a baseline are measured again
  attribution,  ///< what docs/perf/attribution.md says of a baseline or an attempt is computed again from its trials
  document,     ///< the commands that a document names are run again
  target,       ///< what a target limits is measured again
  decision,     ///< the decision on an attempt is worked out again from its blocks
  adoption,     ///< an adopted change is looked for again
};

/// Which side of the subject was looked at.
enum class ReviewAspect {
  trials,    ///< that the trials could be measured, and that nothing changed meanwhile
  interval,  ///< the interval of a metric's median
  phase,     ///< that a phase occurs
  sum,       ///< phases and the rest add up to the wall time
  clock,     ///< the wall time is the one that the launcher measured
  rank,      ///< the place of a phase in the list
  share,     ///< mean, share, interval and cumulative share of a phase
  lever,     ///< what is named as the thing to try first
  command,   ///< a command runs
  limit,     ///< a limit is kept
  verdict,   ///< what was decided follows from the blocks
  change,    ///< a change is in the revision
};

/// What is wrong with it.
enum class ReviewFault {
  none,
  apart,           ///< the two intervals have no value in common
  missing,         ///< it was found, and is not stated
  gone,            ///< it is stated, and was not found
  differs,         ///< another figure is stated than the samples give
  sum_off,         ///< it does not add up, by more than 1 %
  clock_off,       ///< it is not what the clock says, by more than 1 %
  command_failed,  ///< it did not run to a good end
  too_few,         ///< there are too few trials for an interval
  sometimes,       ///< it occurred in some trials of one side, and in none of the other
  other_machine,   ///< the intervals lie apart, and so do the machines
  trials_failed,   ///< nothing could be measured
  changed,         ///< something changed while it was measured
  beyond,          ///< it lies beyond the limit
  undecided,       ///< it cannot be told
};

/// One thing that was looked at again.
struct ReviewItem {
  ReviewAspect aspect = ReviewAspect::trials;
  std::string of = {};      ///< "site (warm)"; for a command, the command
  std::string name = {};    ///< of the metric or the phase; for a lever, its place; may be empty
  std::string stated = {};  ///< in words; empty: nothing was stated
  std::string found = {};   ///< in words; empty: nothing was found
  ReviewFault fault = ReviewFault::none;
  friend bool operator==(const ReviewItem&, const ReviewItem&) = default;
};

/// Somebody has challenged something that is no claim of an effect.
struct Review {
  ReviewSubject subject = ReviewSubject::baseline;
  std::string text;             ///< what it says or measured, in one line
  std::string record;           ///< SHA-256 of the record that it is about: of a baseline, an attempt or an adoption
  std::string document;         ///< from the lab's root: "docs/perf/attribution.md"; empty if none was read
  std::string document_sha256;  ///< of its content as it was read
  std::string target;           ///< its name: "site/warm/wall/median"; empty if it is about none
  std::string claimant;         ///< who recorded that
  int number = 1;               ///< counts the reviews of the same subject
  std::string environment_name;
  std::string machine;   ///< "4 x Cortex-A72, Linux 6.1"
  std::string revision;  ///< the commit that was measured; empty if nothing was, or there is no repository
  Independence independence = Independence::other_actor;
  std::vector<std::string> again;      ///< what was done afresh
  std::vector<std::string> not_again;  ///< what was not
  std::vector<ReviewItem> items;
  Grade grade = Grade::inconclusive;  ///< as `grade_of` its items
  std::optional<Baseline> samples;    ///< what was measured afresh; std::nullopt: nothing was
  friend bool operator==(const Review&, const Review&) = default;
};

/// What a fault comes to by itself.
[[nodiscard]] Grade grade_of(ReviewFault fault);
/// The first that applies: refuted, invalid or inconclusive by any item; confirmed. Without items it is inconclusive.
[[nodiscard]] Grade grade_of(const std::vector<ReviewItem>& items);

template <>
struct EnumNames<ReviewSubject> {
  static constexpr std::array<std::string_view, 6> values = {"baseline", "attribution", "document",
                                                             "target",   "decision",    "adoption"};
};
template <>
struct EnumNames<ReviewAspect> {
  static constexpr std::array<std::string_view, 12> values = {
      "trials", "interval", "phase", "sum", "clock", "rank", "share", "lever", "command", "limit", "verdict", "change"};
};
template <>
struct EnumNames<ReviewFault> {
  static constexpr std::array<std::string_view, 15> values = {
      "none",    "apart",     "missing",       "gone",          "differs", "sum-off", "clock-off", "command-failed",
      "too-few", "sometimes", "other-machine", "trials-failed", "changed", "beyond",  "undecided"};
};

}  // namespace assay
