#pragma once

#include <optional>
#include <string>

#include "core/plan.hpp"
#include "core/record/record.hpp"
#include "experiments/adversary/challenge_target.hpp"
#include "experiments/adversary/independent_plan.hpp"

namespace assay::adversary {

/// The most blocks of a challenge of a ratio or an amount, unless somebody asks for another cap: twice those of the
/// record, and at least 60.
[[nodiscard]] int usual_cap(const std::optional<Record>& record);

/// The most blocks of a challenge, unless somebody asks for another cap: `usual_cap`. For a rate, as many as show its
/// floor without a failure; for correctness and for one session of a limit, few.
[[nodiscard]] int challenge_cap(const ChallengeTarget& target);

/// The plan that measures the claim again: the plan of the claim's record, or of the claim itself, in the one cell that
/// the claim is about, with the same workload, metrics, margins and checks. Its own are the seed, the blocks of
/// control, treatment, control again and control with a planted change, and an environment of which only PATH, LANG and
/// what the experiment names is the caller's. A timeout below three times control's median in the record is raised to
/// that, so that it cuts no honest trial. \throws Error (invalid) if the plan lacks what is claimed.
[[nodiscard]] Plan challenge_plan(const ChallengeTarget& target, const ChallengeContext& context);

/// "the timeout of 10 s: raised to 36 s, 3 times control's median"; empty if the challenge has that of the claim's
/// plan.
[[nodiscard]] std::string raised_timeout_text(const ChallengeTarget& target, const Plan& challenge);

}  // namespace assay::adversary
