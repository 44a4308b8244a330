#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace assay::stats {

/// Sums of magnitudes with signs given as bits. Tables of partial sums take eight signs at a time, so 64 signs cost 8
/// additions. Memory: 2 KiB for 8 magnitudes.
class SignSums {
 public:
  explicit SignSums(std::span<const double> magnitudes);

  /// Number of 64-sign words that a sum takes.
  [[nodiscard]] std::size_t words() const;
  /// The sum. Magnitude 64 w + b counts as positive if bit b of word w is set, else as negative. Bits beyond the last
  /// magnitude have no effect.
  [[nodiscard]] double operator()(std::span<const std::uint64_t> signs) const;

 private:
  std::size_t words_;
  std::vector<double> tables_;
};

}  // namespace assay::stats
