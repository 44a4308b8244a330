#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace assay::stats {

/// When to look and how much error there is to spend on one side: what a tabulated boundary depends on.
struct BoundaryDesign {
  std::vector<int> looks;  ///< complete blocks, ascending, not empty
  double level = 0;        ///< of one side
  friend bool operator==(const BoundaryDesign&, const BoundaryDesign&) = default;
};

/// One look's boundary: the test rejects where its signed-rank sum is `critical_value` or more.
struct BoundaryPoint {
  std::int64_t critical_value = 0;  ///< n (n + 1) / 2 + 1 where nothing can be rejected
  double level = 0;                 ///< P(W_n >= critical_value), 0 where nothing can be rejected
  double spent = 0;                 ///< error used up to and with this look
  friend bool operator==(const BoundaryPoint&, const BoundaryPoint&) = default;
};

/// One-sided boundary of the group-sequential signed-rank test that does not look at the data: Lan and DeMets'
/// recursion, each look's level brought down to one that the exact signed-rank distribution attains, what that left
/// over being available to later looks.
///
/// Serves the equivalence tests and every shift but 0; docs/methods/sequential-test.md gives the recursion. Its
/// realised error is 5.28 % at nominal 5 % and 1.03 % at 1 % (the signed-rank path is not quite Gaussian at small n).
/// Looks are computed when first asked for, about 1 ms each, and kept; safe to share between threads.
class TabulatedBoundary {
 public:
  explicit TabulatedBoundary(BoundaryDesign design);
  ~TabulatedBoundary();
  TabulatedBoundary(const TabulatedBoundary&) = delete;
  TabulatedBoundary& operator=(const TabulatedBoundary&) = delete;

  [[nodiscard]] const BoundaryDesign& design() const { return design_; }

  /// The boundary of look `index`, counted from 0.
  [[nodiscard]] BoundaryPoint at(std::size_t index) const;

  /// The boundary of one last look at `blocks` with all of the level, after the first `looks_taken` looks of the
  /// design. `blocks` is at least those of the last look taken; where it equals them, that look is replaced.
  [[nodiscard]] BoundaryPoint last_look(std::size_t looks_taken, int blocks) const;

 private:
  struct Cache;
  // Below, the caller holds the lock of the cache.
  [[nodiscard]] double information(int blocks) const;
  void compute_looks(std::size_t count) const;
  void prepare_walk(std::size_t index) const;

  BoundaryDesign design_;
  std::unique_ptr<Cache> cache_;
};

/// The boundary of a design, computed once in a process and shared by all who ask. Keeps the last few designs.
[[nodiscard]] std::shared_ptr<const TabulatedBoundary> shared_tabulated_boundary(const BoundaryDesign& design);

}  // namespace assay::stats
