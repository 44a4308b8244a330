#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/plan.hpp"
#include "core/record/claim.hpp"
#include "core/record/record.hpp"

namespace assay::adversary {

// A claim as a person states it, before it is read in the metric's unit and direction.

/// The near end of a record's interval: the only claim that the record supports.
struct NearEnd {
  friend bool operator==(const NearEnd&, const NearEnd&) = default;
};
/// "4x", "-30%", "30% less"
struct StatedRatio {
  std::string text;
};
/// "324 s" and "81 s"
struct StatedValues {
  std::string before;
  std::string after;
};
/// "1000us"
struct StatedLimit {
  Bound bound = Bound::at_most;
  std::string text;
  Statistic statistic = Statistic::median;
};
/// "100%", and the floor "95%" if one is given
struct StatedRate {
  std::string text;
  std::optional<std::string> floor = {};
};
/// "3%"
struct StatedNotWorse {
  std::string text;
};
/// The revision passes every check.
struct StatedCorrectness {
  std::string revision;  ///< as it was given
  std::string commit;    ///< that it names in the experiment's repository
};

using StatedEffect =
    std::variant<NearEnd, StatedRatio, StatedValues, StatedLimit, StatedRate, StatedNotWorse, StatedCorrectness>;

/// What a person claims, and of what.
struct ClaimRequest {
  StatedEffect effect = {};
  std::optional<std::string> workload = {};
  std::optional<std::string> state = {};
  std::optional<std::string> treatment = {};  ///< label
  std::optional<std::string> metric = {};     ///< std::nullopt: the primary one
};

/// What a claim of correctness is about: "fast (1f0c9aa37d)", a treatment that is a git revision as it is. Empty for
/// any other level: no challenge of it would run the revision.
[[nodiscard]] std::string correct_revision(const Level& level);

/// A claim about what a record shows. Experiment, environment, place, metric and effect are filled in.
/// \throws Error if the request names nothing that the record has, names several places, or states no improvement;
/// refused if a revision is said to be correct that no treatment is.
[[nodiscard]] Claim claim_of_record(const Record& record, const ClaimRequest& request);

/// A claim about an experiment that may never have run; it carries the plan. \throws Error for the same reasons.
[[nodiscard]] Claim claim_of_plan(const Plan& plan, const ClaimRequest& request);

}  // namespace assay::adversary
