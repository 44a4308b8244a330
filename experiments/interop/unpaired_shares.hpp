#pragma once

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "experiments/interop/unpaired.hpp"
#include "stats/reference/proportion.hpp"

namespace assay::interop {

/// A value of a proportion is neither 0 nor 1: it was probably counted inside a trial, and is then a difference.
class ShareInsideTrial : public Error {
 public:
  using Error::Error;
};

/// Which exact test compared two shares.
enum class SharesTest {
  boschloo,  ///< never weaker than Fisher's, at a cost that grows with the square of the trials
  fisher,    ///< for more than kMostForBoschloo trials, for which the two hardly differ
};
inline constexpr int kMostForBoschloo = 1000;

/// How often the trials of two arms succeeded, and how the arms compare.
struct UnpairedShares {
  stats::TwoShares shares;
  double estimate = 0;  ///< treatment's share less control's
  Interval interval;    ///< exact
  double p = 1;         ///< two-sided
  SharesTest test = SharesTest::boschloo;
  Finding finding = Finding::no_difference;
};

/// \throws ShareInsideTrial if a value is neither 0 nor 1; Error if an arm has no value.
[[nodiscard]] UnpairedShares compare_unpaired_shares(const UnpairedValues& values, const UnpairedQuestion& question);

}  // namespace assay::interop

namespace assay {

template <>
struct EnumNames<interop::SharesTest> {
  static constexpr std::array<std::string_view, 2> values = {"boschloo", "fisher"};
};

}  // namespace assay
