#pragma once

#include <functional>
#include <memory>
#include <span>

#include "core/result.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::stats {

/// Everything that is fixed before the first look.
struct AnytimeDesign {
  SideLevels alpha;                 ///< equal: one two-sided evidence at their sum; else each side its own
  double alpha_equivalence = 0.05;  ///< of each of the two equivalence tests
  double margin = 0;                ///< delta, above 0
  double kappa = 0.5;
};

/// The test that may be looked at after every block and stopped at will, with no cap: evidence by betting, with its
/// confidence sequence (docs/methods/anytime.md).
///
/// Hypothesis: as in e_process.hpp. What is claimed of any single side, and of equivalence, is wrong with probability
/// at most its level, whatever the stopping: Ville's inequality. Cost of a look: O(log n) a new effect and
/// the moving of words in a sorted row, so that a look after each of 100,000 blocks costs seconds in all; of the
/// intervals: O(n) times 256.
class AnytimeTest {
 public:
  /// \throws Error when a level, the margin or kappa is out of range.
  explicit AnytimeTest(const AnytimeDesign& design);
  ~AnytimeTest();
  AnytimeTest(AnytimeTest&&) noexcept;
  AnytimeTest& operator=(AnytimeTest&&) noexcept;

  /// Looks at all these effects: those of earlier looks, and at least one more unless `resolution` alone changed. The
  /// intervals are left unbounded, and the estimate is not a number unless it lies beyond the margin and that is shown:
  /// they cost far more than the claims, which need no more. `resolution` as in SequentialTest.
  Look look(std::span<const double> effects, double resolution = 0);
  /// The same with the effects alone that came after the last look. A coarse clock takes claims away and never adds
  /// one: `resolution` is asked for where something new would be shown without it, and not at every look.
  Look look_further(std::span<const double> fresh, const std::function<double()>& resolution);
  /// The look with its estimate, the confidence sequence, and the interval of the equivalence tests.
  [[nodiscard]] Look completed(Look look, double resolution = 0) const;

  /// min(1, 1 / the largest evidence against 0 so far).
  [[nodiscard]] double p_value() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::stats
