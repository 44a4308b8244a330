#pragma once

#include <cmath>
#include <cstdint>

#include "stats/p_value.hpp"

namespace assay::stats {

/// Counts how many arrangements are at least as extreme as the one seen; sums that differ by rounding alone are equal.
class Extremes {
 public:
  /// \param tolerance  by how much rounding may part equal sums.
  Extremes(double seen, double tolerance) : from_(seen - tolerance), to_(seen + tolerance) {}

  void add(double statistic) {
    ++all_;
    at_least_ += statistic >= from_ ? 1U : 0U;
    at_most_ += statistic <= to_ ? 1U : 0U;
  }

  void add(const Extremes& others) {
    all_ += others.all_;
    at_least_ += others.at_least_;
    at_most_ += others.at_most_;
  }

  [[nodiscard]] std::uint64_t count() const { return all_; }

  /// Of a full enumeration, which holds the arrangement seen.
  [[nodiscard]] Tails enumerated() const { return shares(0); }
  /// Of draws: the arrangement seen is one more (Phipson and Smyth 2010).
  [[nodiscard]] Tails drawn() const { return shares(1); }

 private:
  [[nodiscard]] Tails shares(std::uint64_t more) const {
    const auto all = static_cast<double>(all_ + more);
    return {.at_most = static_cast<double>(at_most_ + more) / all,
            .at_least = static_cast<double>(at_least_ + more) / all};
  }

  double from_;
  double to_;
  std::uint64_t all_ = 0;
  std::uint64_t at_least_ = 0;
  std::uint64_t at_most_ = 0;
};

}  // namespace assay::stats
