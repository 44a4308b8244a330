#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace assay::stats {

/// Sums of magnitudes under signs given as bits, eight at a time from tables of partial sums: 64 signs cost 8
/// additions. Memory: 2 KiB for 8 magnitudes.
class SignSums {
 public:
  explicit SignSums(std::span<const double> magnitudes);

  /// Words of 64 signs that a sum takes.
  [[nodiscard]] std::size_t words() const;
  /// Bit b of word w set: magnitude 64 w + b counts positive, else negative. Bits beyond the last do nothing.
  [[nodiscard]] double operator()(std::span<const std::uint64_t> signs) const;

 private:
  std::size_t words_;
  std::vector<double> tables_;
};

}  // namespace assay::stats
