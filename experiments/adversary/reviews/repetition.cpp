#include "experiments/adversary/reviews/repetition.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/host/entropy.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/lock.hpp"
#include "core/host/machine/machine.hpp"
#include "experiments/adversary/challenge_environment.hpp"
#include "experiments/attempt/challenge_attempt.hpp"
#include "experiments/attempt/measure.hpp"
#include "experiments/attempt/value_key.hpp"
#include "experiments/campaign/control_arm.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::adversary {
namespace {

/// The fewest trials that give a 95 % interval of a median.
constexpr int kFewestRuns = 6;

Plan repeated_plan(const record::Lab& lab, const Plan& stated, const FreshCopy& copy) {
  Plan plan = stated;
  plan.targets.clear();
  measure_afresh(
      plan, {.folder = copy.folder,
             .home = copy.home,
             .environment = host::caller_environment(),
             .hmac = [key = attempt::value_key(lab)](std::string_view text) { return host::hmac_sha256(key, text); },
             .environment_name = stated.environment_name,
             .seed = Seed(host::fresh_entropy()),
             .cap = std::nullopt});
  return plan;
}

/// Removes the copy however measuring ends.
class CopyRemoval {
 public:
  explicit CopyRemoval(const std::string& root) : root_(root) {}
  ~CopyRemoval() { remove_copy(root_); }
  CopyRemoval(const CopyRemoval&) = delete;
  CopyRemoval& operator=(const CopyRemoval&) = delete;

 private:
  const std::string& root_;
};

/// How measuring again ended. An interrupted one leaves nothing.
using RepetitionEnding = std::variant<Baseline, campaign::BaselineInterrupted, Refusal>;

RepetitionEnding measure_in_turn(const Repetition& repetition, const ChallengeOptions& options,
                                 attempt::Observer& observer) {
  const host::MeasuringLock lock =
      attempt::take_measuring_lock("assay challenge " + repetition.plan.id, options.running, observer);
  campaign::MeasuredTrials measured = campaign::measure_control_arm(
      repetition.plan, lock,
      {.runs = repetition.runs, .running = options.running, .hidden_folder = attempt::signing_key_folder()}, observer);
  if (measured.interrupted) {
    return campaign::BaselineInterrupted{static_cast<int>(measured.trials.size()),
                                         repetition.runs * static_cast<int>(cells(repetition.plan).size())};
  }
  Baseline again;
  again.revision = repetition.copy.revision;
  again.runs = repetition.runs;
  again.plan = repetition.plan;
  again.machine = host::read_machine();
  again.trials = std::move(measured.trials);
  again.changes = std::move(measured.changes);
  again.notes = std::move(measured.notes);
  return again;
}

RepetitionEnding measure_again(const Repetition& repetition, const ChallengeOptions& options,
                               attempt::Observer& observer) {
  const CopyRemoval removal(repetition.copy.root);
  try {
    return measure_in_turn(repetition, options, observer);
  } catch (const host::HostBusyError& busy) {
    return Refusal{repetition.plan.id, HostBusy{busy.holder().description, busy.path()}};
  }
}

/// What was done, for a review: "a fresh clone at ...", "12 trials of 2 cells under a new seed".
std::vector<std::string> work_of(const Repetition& repetition, const Baseline& again) {
  std::vector<std::string> work;
  work.emplace_back(repetition.copy.revision.empty() ? "a fresh folder with the declared inputs"
                                                     : "a fresh clone at " + repetition.copy.revision);
  if (has_source(again.plan.variable)) work.emplace_back("a clean build");
  work.push_back(fmt::format("{} of {} under a new seed",
                             report::count_text(static_cast<int>(again.trials.size()), "trial"),
                             report::count_text(static_cast<int>(cells(again.plan).size()), "cell")));
  if (!again.plan.checks.empty()) work.emplace_back("every check on every trial");
  return work;
}

}  // namespace

Repetition prepare_repetition(const record::Lab& lab, const RepeatedArm& arm, const ChallengeOptions& options) {
  require_environment(lab, arm.what, arm.plan.environment_name, options.running);
  FreshCopy copy =
      make_fresh_copy({.plan = arm.plan, .what = arm.what, .revision = arm.revision},
                      {.lab_root = lab.root(), .root = new_copy_root(), .claimed_folder = arm.plan.folder});
  try {
    Plan plan = repeated_plan(lab, arm.plan, copy);
    return {std::move(copy), std::move(plan), options.cap.value_or(std::max(kFewestRuns, arm.runs))};
  } catch (...) {
    remove_copy(copy.root);
    throw;
  }
}

ReviewEnding measure_and_review(const record::Lab& lab, const Repetition& repetition, const ArmReview& arm,
                                const ChallengeOptions& options, attempt::Observer& observer) {
  RepetitionEnding ending = measure_again(repetition, options, observer);
  if (auto* refusal = std::get_if<Refusal>(&ending)) return std::move(*refusal);
  if (const auto* interrupted = std::get_if<campaign::BaselineInterrupted>(&ending)) return *interrupted;
  auto& again = std::get<Baseline>(ending);
  Review review = arm.begun;
  review.again = work_of(repetition, again);
  review.not_again.insert(review.not_again.end(), arm.not_again.begin(), arm.not_again.end());
  review.items = arm.items(again);
  review.samples = std::move(again);
  return file_review(lab, std::move(review), options.running);
}

}  // namespace assay::adversary
