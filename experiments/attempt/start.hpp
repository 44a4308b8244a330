#pragma once

#include <optional>
#include <string>
#include <variant>

#include "experiments/attempt/experiment.hpp"
#include "experiments/attempt/journalled_attempt.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/lab.hpp"

namespace assay::attempt {

/// The experiment's hypothesis, and the environment that its attempts belong to.
[[nodiscard]] record::HypothesisKey key_of(const FrozenPlan& plan);

/// The refusal that `start_or_resume` would return, as far as it is known without measuring or writing: a settled
/// question is answered before the host is waited for.
/// \throws Error if workloads of a new attempt are to run side by side and do not fit.
[[nodiscard]] std::optional<Refusal> early_refusal(const ExperimentFile& experiment, FrozenPlan now,
                                                   const Allowance& allowance, const record::Lab& lab,
                                                   const host::Journal& journal);

/// Running the experiment would begin a new attempt.
struct BeginsAttempt {
  int attempt = 1;
};
/// Running the experiment would go on with its open attempt.
struct GoesOn {
  int attempt = 1;
  int blocks = 0;  ///< that it has, of all cells
};
using Prospect = std::variant<BeginsAttempt, GoesOn, Refusal>;
/// What running the experiment now would do, as far as it is known without measuring or writing. A journal that is not
/// there, or that this user may not write, counts as empty.
/// \throws Error if the lab cannot be read.
[[nodiscard]] Prospect prospect_of(const ExperimentFile& experiment, const FrozenPlan& now, const record::Lab& lab);

/// Takes up the open attempt of the experiment's hypothesis, or opens a new one. Refuses if the hypothesis is decided,
/// its attempts are spent, it asks for less than earlier attempts did, a target was loosened, or the file has changed
/// since the open attempt was begun.
/// \param now  what the experiment file says at this moment, as a first attempt
/// \param options  why it may ask for less, and who asks
/// \throws Error if the lab cannot be read, the allowance names what has not changed, a secret of the open attempt is
///         gone, or workloads of a new attempt are to run side by side and do not fit.
[[nodiscard]] std::variant<JournalledAttempt, Refusal> start_or_resume(const ExperimentFile& experiment, FrozenPlan now,
                                                                       const RunOptions& options,
                                                                       const record::Lab& lab, host::Journal& journal);

/// The refusal that an attempt by this plan would meet because it asks for less than earlier ones did, and nobody has
/// allowed it; std::nullopt if it asks for as much. \throws Error if the lab cannot be read.
[[nodiscard]] std::optional<Refusal> weaker_than_before(const FrozenPlan& now, const record::Lab& lab);

/// The open attempt of the experiment's hypothesis, whatever the file has become since; std::nullopt if there is none.
/// It has no secrets: it is not to be run.
[[nodiscard]] std::optional<JournalledAttempt> find_open_attempt(const FrozenPlan& now, const record::Lab& lab,
                                                                 const host::Journal& journal);

}  // namespace assay::attempt
