#pragma once

#include <optional>
#include <string>

#include "core/record/claim.hpp"
#include "core/record/record.hpp"
#include "core/units.hpp"
#include "experiments/adversary/confirmation.hpp"

namespace assay::adversary {

/// The share of challenges that should confirm a claim that is exactly true.
inline constexpr double kMostlyConfirmed = 0.8;

/// What it takes to confirm a claimed ratio, or "not worse by a margin", before anybody challenges it.
struct ClaimPrice {
  double claimed = 0;  ///< 1 if `not_worse_percent` is claimed
  std::optional<double> not_worse_percent = {};
  double confirming = 0;                   ///< the ratio that the near end of a challenge's interval has to reach
  int cap = 0;                             ///< blocks that a challenge may take
  GradeShares if_exact;                    ///< if treatment is exactly as much better as is claimed, or no other
  std::optional<GradeShares> if_estimate;  ///< if it is as much better as the record estimates
  std::optional<int> cap_for_most;         ///< the cap that confirms an exactly true claim in 80 %
  std::string noise;
  std::optional<double> seconds_per_block;  ///< of a challenge, with all of its trials
};

/// What is known of a challenge of a claim without a price.
struct ClaimCost {
  int blocks = 0;                                 ///< that a challenge takes, at most
  std::optional<double> if_exact = std::nullopt;  ///< chance to confirm a rate that is exactly true
};

/// The challenge that is priced.
struct PricedChallenge {
  int number = 1;               ///< counts the challenges of the claim
  std::optional<int> cap = {};  ///< blocks; std::nullopt: twice those of the record, and at least 60
  int threads = 1;              ///< how many work at once; changes no figure
};

/// Plays challenges on the noise of the record's own blocks, else on steady noise as guessed. Empty for claims of other
/// kinds, and where no noise is known.
[[nodiscard]] std::optional<ClaimPrice> price_of(const Claim& claim, const std::optional<Record>& record,
                                                 const std::optional<Percent>& guess, const PricedChallenge& challenge);

/// What a challenge of a claim takes, whatever its kind. A rate is confirmed only if no trial of treatment fails within
/// the blocks that show its floor, so its chance is the rate to the power of these blocks.
[[nodiscard]] ClaimCost cost_of(const Claim& claim, const std::optional<Record>& record,
                                const PricedChallenge& challenge);

/// Ends of a record's interval that a claim states more than: as an estimate does, the near one; or both.
struct ExceededEnds {
  double near = 0;            ///< ratio, above 1
  std::optional<double> far;  ///< set only if the claim exceeds it, too
};
/// Empty for a claim of another kind, one that exceeds neither end, or if the record has no interval.
[[nodiscard]] std::optional<ExceededEnds> exceeded_ends(const Claim& claim, const std::optional<Record>& record);

}  // namespace assay::adversary
