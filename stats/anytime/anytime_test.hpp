#pragma once

#include <functional>
#include <memory>
#include <span>

#include "core/interval.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {

/// Everything that is fixed before the first look.
struct AnytimeDesign {
  SideLevels alpha;  ///< if equal, one two-sided evidence is used at their sum; else each side has its own
  double alpha_equivalence = 0.05;  ///< level of each of the two equivalence tests
  double margin = 0;                ///< delta, above 0
  double kappa = 0.5;
  IntervalScope intervals = IntervalScope::this_look;
};

/// The test that you may look at after every block and stop at will, without a cap. It gathers evidence by betting and
/// gives a confidence sequence (docs/methods/anytime.md).
///
/// Hypothesis: as in e_process.hpp. A claim about a single side, or about equivalence, is wrong with probability at
/// most its level, whatever the stopping rule (Ville's inequality).
/// Cost of a look: O(log n) for each new effect, and moving words in a sorted row, so that looks after each of 100,000
/// blocks cost seconds in total. Cost of the intervals: O(n) times 256.
class AnytimeTest {
 public:
  /// \throws Error if a level, the margin or kappa is out of range.
  explicit AnytimeTest(const AnytimeDesign& design);
  ~AnytimeTest();
  AnytimeTest(AnytimeTest&&) noexcept;
  AnytimeTest& operator=(AnytimeTest&&) noexcept;

  /// Looks at all effects: those of earlier looks and at least one more, unless only `resolution` changed.
  ///
  /// The intervals stay unbounded, and the estimate is NaN unless it lies beyond the margin and that is shown.
  /// Intervals and estimate cost far more than the claims, which do not need them. `resolution` is as in
  /// SequentialTest.
  Look look(std::span<const double> effects, double resolution = 0);
  /// The same, given only the effects that came after the last look. A coarse clock takes claims away and never adds
  /// one; so `resolution` is called only if something new would be shown without it, and not at every look.
  Look look_further(std::span<const double> fresh, const std::function<double()>& resolution);
  /// Completes the look with its estimate, the confidence sequence, and the interval of the equivalence tests.
  /// \param stability  as in SequentialTest.
  [[nodiscard]] Look completed(Look look, double resolution = 0, Stability stability = Stability::stable) const;

  /// min(1, 1 / the largest evidence against 0 so far).
  [[nodiscard]] double p_value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::stats
