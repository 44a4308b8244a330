#pragma once

#include "core/plan.hpp"
#include "stats/sequential/equivalence_boundary.hpp"
#include "stats/sequential/running_interval.hpp"

namespace assay::decide {

/// Which p is printed if the test at the comparison's own level has crossed its boundary.
enum class PrintedP {
  as_found,
  at_most_the_level,  ///< p is at most that level, and marked as a bound if it was larger
};

/// How the levels of a claim in all cells are divided.
enum class AllCellsLevels {
  each_has_alpha,
  worse_is_divided,  ///< the worsening side is shared by all comparisons: the first regressed one ends the experiment
};

/// What follows if a diagnosis takes "equivalent" back while blocks are left.
enum class WithdrawnEquivalence {
  ends_the_attempt,
  goes_on,  ///< it may be claimed at a later look whose diagnosis has p above 5 %
};

/// How fresh blocks confirm what was claimed at an early stop (docs/methods/confirmation.md).
enum class Confirmation {
  one_interval,     ///< a stated number of them, with the fixed-n interval: it can only contradict the claim
  sequential_test,  ///< a test of their own, which must make the same claim
};

/// What the interval of a yes or no per trial is made of (docs/methods/proportions.md).
enum class ShareInterval {
  two_bounds,  ///< the bounds of both discordant shares, each at half the level of its side
  difference,  ///< a test of the difference itself
};

/// Whether an arm that is hardly ever measured is a baseline.
enum class BaselineRule { not_asked, asked };

/// What a claim is worth while every block had the same order, so that an effect of the order looks like one of the
/// arms.
enum class OneOrder {
  claims,
  waits,  ///< measuring goes on to the next look; at the last one it depends on where the order comes from
};

/// Whether work outside the clock, trials that were stopped, and times that contradict the wall time are looked at.
enum class BesideTheClock { passed_over, judged };

/// Whether a keep is held back because the question is close to one that was discarded or is open.
enum class CloseQuestions { passed_over, judged };

/// Whether a keep is held back because the change alters files that checks or hooks read.
enum class ReadHarness { passed_over, judged };

/// Whether blocks up to the cap may be called futile (docs/methods/futility.md).
enum class Futility { not_asked, asked };

/// Whether an undecided result names another time of the same trials that would decide sooner.
enum class QuickerTimes { not_named, named };

/// What a block that was lost costs the claim once it was run again (docs/methods/lost-blocks.md).
enum class LostBlocks {
  forgotten,
  at_their_worst,  ///< each test takes it as infinitely against what it is to show
};

/// What separates one numbered set of rules from another (docs/methods/rules.md). There is one engine; it reads this
/// table where the sets differ.
struct RuleSet {
  stats::IntervalScope intervals = stats::IntervalScope::this_look;
  PrintedP p = PrintedP::as_found;
  AllCellsLevels all_cells = AllCellsLevels::each_has_alpha;
  WithdrawnEquivalence withdrawn_equivalence = WithdrawnEquivalence::ends_the_attempt;
  Confirmation confirmation = Confirmation::one_interval;
  ShareInterval share_interval = ShareInterval::two_bounds;
  BaselineRule baseline = BaselineRule::not_asked;
  OneOrder one_order = OneOrder::claims;
  BesideTheClock beside_the_clock = BesideTheClock::passed_over;
  CloseQuestions close_questions = CloseQuestions::passed_over;
  ReadHarness read_harness = ReadHarness::passed_over;
  stats::EquivalenceBoundary equivalence_boundary = stats::EquivalenceBoundary::tabulated;
  Futility futility = Futility::not_asked;
  QuickerTimes quicker_times = QuickerTimes::not_named;
  LostBlocks lost_blocks = LostBlocks::forgotten;
  friend bool operator==(const RuleSet&, const RuleSet&) = default;
};

/// \param number  1 to kNewestRules.
[[nodiscard]] const RuleSet& rule_set(int number);
/// The rules by which the plan's blocks are judged, whenever that is done.
[[nodiscard]] const RuleSet& rules_of(const Plan& plan);

}  // namespace assay::decide
