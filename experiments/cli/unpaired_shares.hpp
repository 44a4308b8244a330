#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/enum_names.hpp"
#include "experiments/cli/unpaired.hpp"
#include "stats/reference/proportion.hpp"

namespace assay::cli {

/// Which exact test compared two shares.
enum class SharesTest {
  boschloo,  ///< never weaker than Fisher's, at a cost that grows with the square of the trials
  fisher,    ///< of more than kMostForBoschloo trials, where the two hardly differ
};
inline constexpr int kMostForBoschloo = 1000;

/// How often something came in two arms of one yes or no a trial.
struct UnpairedShares {
  stats::TwoShares shares;
  double estimate = 0;  ///< treatment's share less control's
  Interval interval;    ///< exact
  double p = 1;         ///< two-sided
  SharesTest test = SharesTest::boschloo;
  Finding finding = Finding::no_difference;
};

/// \throws Error where an arm has no value, or one is neither 0 nor 1.
[[nodiscard]] UnpairedShares compare_unpaired_shares(const UnpairedValues& values, const UnpairedQuestion& question);

/// As unpaired_text and unpaired_json.
[[nodiscard]] std::string unpaired_shares_text(const UnpairedShares& result, const UnpairedQuestion& question);
[[nodiscard]] nlohmann::json unpaired_shares_json(const UnpairedShares& result, const UnpairedQuestion& question);

}  // namespace assay::cli

namespace assay {

template <>
struct EnumNames<cli::SharesTest> {
  static constexpr std::array<std::string_view, 2> values = {"boschloo", "fisher"};
};

}  // namespace assay
