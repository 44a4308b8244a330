#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "stats/sequential/spending.hpp"

namespace assay::stats {

/// The looks and the error of one side, which determine a tabulated boundary.
struct BoundaryDesign {
  std::vector<int> looks;  ///< complete blocks, ascending, not empty
  double level = 0;        ///< error of one side
  Spending spending = Spending::logarithmic;
  friend bool operator==(const BoundaryDesign&, const BoundaryDesign&) = default;
};

/// The boundary at one look: the test rejects if its signed-rank sum is at least `critical_value`.
struct BoundaryPoint {
  std::int64_t critical_value = 0;  ///< n (n + 1) / 2 + 1 if nothing can be rejected
  double level = 0;                 ///< P(W_n >= critical_value); 0 if nothing can be rejected
  double spent = 0;                 ///< error used up to and including this look
  friend bool operator==(const BoundaryPoint&, const BoundaryPoint&) = default;
};

/// One-sided boundary of the group-sequential signed-rank test that does not depend on the data. It follows the
/// recursion of Lan and DeMets; the level of each look is lowered to one that the exact signed-rank distribution
/// attains, and the remainder is available to later looks.
///
/// It serves the equivalence tests and every shift except 0; docs/methods/sequential-test.md gives the recursion. Its
/// realised error is 5.28 % at nominal 5 % and 1.03 % at 1 % (the signed-rank path is not quite Gaussian at small n).
/// Looks are computed when they are first needed, in about 1 ms each, and kept. Threads may share the object.
class TabulatedBoundary {
 public:
  explicit TabulatedBoundary(BoundaryDesign design);
  ~TabulatedBoundary();
  TabulatedBoundary(const TabulatedBoundary&) = delete;
  TabulatedBoundary& operator=(const TabulatedBoundary&) = delete;

  [[nodiscard]] const BoundaryDesign& design() const { return design_; }

  /// The boundary at look `index`, counted from 0.
  [[nodiscard]] BoundaryPoint at(std::size_t index) const;

  /// The boundary at one last look at `blocks` with all of the level, after the first `looks_taken` looks of the
  /// design. `blocks` is at least that of the last look taken; if it equals it, that look is replaced.
  [[nodiscard]] BoundaryPoint last_look(std::size_t looks_taken, int blocks) const;

 private:
  struct Cache;
  // The caller of the functions below holds the lock of the cache.
  [[nodiscard]] double information(int blocks) const;
  void compute_looks(std::size_t count) const;
  void prepare_walk(std::size_t index) const;

  BoundaryDesign design_;
  std::unique_ptr<Cache> cache_;
};

/// The boundary of a design, computed once in a process and shared by all callers. The last few designs are kept.
[[nodiscard]] std::shared_ptr<const TabulatedBoundary> shared_tabulated_boundary(const BoundaryDesign& design);

}  // namespace assay::stats
