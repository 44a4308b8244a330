#include "experiments/adversary/challenge.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/host/entropy.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/machine/caller.hpp"
#include "experiments/adversary/challenge_entry.hpp"
#include "experiments/adversary/challenge_environment.hpp"
#include "experiments/adversary/findings.hpp"
#include "experiments/attempt/challenge_attempt.hpp"
#include "experiments/attempt/value_key.hpp"
#include "experiments/decide/comparison/advice.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::adversary {
namespace {

/// Removes a copy unless it is kept.
class CopyUse {
 public:
  explicit CopyUse(std::string root) : root_(std::move(root)) {}
  ~CopyUse() {
    if (!root_.empty()) remove_copy(root_);
  }
  CopyUse(const CopyUse&) = delete;
  CopyUse& operator=(const CopyUse&) = delete;
  void keep() { root_.clear(); }

 private:
  std::string root_;
};

ChallengeContext context_of(const record::Lab& lab, const FreshCopy& copy, const ChallengeTarget& target,
                            const ChallengeOptions& options) {
  return {.folder = copy.folder,
          .home = copy.home,
          .environment = host::caller_environment(),
          .hmac = [key = attempt::value_key(lab)](std::string_view text) { return host::hmac_sha256(key, text); },
          .environment_name = target.claim.environment_name,
          .seed = Seed(host::fresh_entropy()),
          .cap = options.cap,
          .own_workloads = options.own_workloads,
          .vigilant = options.vigilant};
}

/// An interrupted challenge goes on by its own plan.
void require_same_inputs(const Plan& open, const ChallengeOptions& options) {
  std::vector<std::string> names;
  for (const Workload& workload : options.own_workloads) names.push_back(workload.name);
  if (names.empty() || names == open.challenge->own_workloads) return;
  throw Error(
      "a challenge of this claim was interrupted, and it has other inputs than --workload names: leave "
      "--workload out to go on with it, or end it with --close");
}

GradedChallengeEntry file_challenge(const record::Lab& lab, const ChallengeEntry& content,
                                    const ChallengeOptions& options, std::string record) {
  Entry entry = record::file_entry(lab, options.running.actor, [&](const auto&) { return content; });
  return {std::move(entry), std::move(record), std::nullopt};
}

}  // namespace

std::optional<double> seconds_needed(const GradedChallengeEntry& graded) {
  const auto& challenge = std::get<ChallengeEntry>(graded.entry.content);
  if (!challenge.result.blocks_needed || !graded.outcome) return std::nullopt;
  std::vector<Block> blocks;
  for (const Block& block : graded.outcome->blocks) {
    if (block.cell == 0 && !is_void(block)) blocks.push_back(block);
  }
  const double seconds = decide::seconds_per_block(blocks, graded.outcome->plan.protocol.design);
  return seconds > 0 ? std::optional(seconds * *challenge.result.blocks_needed) : std::nullopt;
}

PreparedChallenge prepare_challenge(const record::Lab& lab, ChallengeTarget target, const ChallengeOptions& options) {
  require_untouched(lab, target);
  const std::string challenger = record::current_actor(options.running.actor);
  const Independence independence = independence_of(lab, claimant_of(lab, target), challenger);
  const std::optional<Plan> open = attempt::open_challenge(lab, target.stated_by.sha256);
  if (open) require_same_inputs(*open, options);
  require_environment(lab, "claim", target.claim.environment_name, options.running);
  const std::string root = open ? copy_root_of(open->folder) : new_copy_root();
  CopyUse use(root);
  FreshCopy copy = make_fresh_copy(
      copied_for(target), {.lab_root = lab.root(), .root = root, .claimed_folder = claimed_plan(target).folder});
  Plan plan = open ? *open : challenge_plan(target, context_of(lab, copy, target, options));
  std::vector<ReviewFinding> findings = findings_of(plan, copy.folder);
  use.keep();
  return {.lab = lab,
          .target = std::move(target),
          .challenger = challenger,
          .independence = independence,
          .copy = std::move(copy),
          .plan = std::move(plan),
          .findings = std::move(findings),
          .is_resumed = open.has_value()};
}

void abandon(const PreparedChallenge& prepared) noexcept {
  remove_copy(prepared.copy.root);
}

ChallengeEnding run_challenge(const PreparedChallenge& prepared, const ChallengeOptions& options,
                              attempt::Observer& observer) {
  CopyUse use(prepared.copy.root);
  attempt::Ending ending = attempt::run_challenge(
      prepared.lab, {prepared.plan, prepared.target.claim.hypothesis_sha256}, options.running, observer);
  if (auto* refusal = std::get_if<Refusal>(&ending)) return std::move(*refusal);
  if (auto* interrupted = std::get_if<attempt::Interrupted>(&ending)) {
    return std::move(*interrupted);  // the copy is made anew when it is taken up
  }
  auto& finished = std::get<attempt::Finished>(ending);
  if (!finished.record) {
    const std::vector<std::string>& intruders = finished.outcome.result.audit.intruders;
    throw Error(fmt::format("the challenge ended before its first block{}: nothing was graded",
                            intruders.empty() ? "" : ", since " + intruders.front()),
                ErrorKind::invalid);
  }
  const record::RecordSummary samples = record::find_summary(prepared.lab, finished.record->sha256);
  const Record record = record::read_record_head(prepared.lab, samples);
  const ChallengeEntry content = challenge_entry(prepared.target, record,
                                                 {.record_sha256 = samples.sha256,
                                                  .revision = prepared.copy.revision,
                                                  .independence = prepared.independence,
                                                  .findings = prepared.findings});
  GradedChallengeEntry graded = file_challenge(prepared.lab, content, options, samples.name);
  graded.outcome = std::move(finished.outcome);
  return graded;
}

namespace {

/// The findings once more, from a fresh copy: the one that was measured is gone.
std::vector<ReviewFinding> findings_again(const record::Lab& lab, const ChallengeTarget& target, const Plan& plan) {
  if (!has_source(plan.variable)) return {};
  const std::string root = new_copy_root();
  const CopyUse use(root);
  const FreshCopy copy = make_fresh_copy(
      copied_for(target), {.lab_root = lab.root(), .root = root, .claimed_folder = claimed_plan(target).folder});
  return findings_of(plan, copy.folder);
}

}  // namespace

std::optional<GradedChallengeEntry> finish_recorded_challenge(const record::Lab& lab, const ChallengeTarget& target,
                                                              const ChallengeOptions& options) {
  const auto samples = record::challenge_without_entry(lab, record::list_records(lab), target.stated_by.sha256);
  if (!samples) return std::nullopt;
  require_untouched(lab, target);
  const Record record = record::read_record_head(lab, *samples);
  const ChallengeEntry content =
      challenge_entry(target, record,
                      {.record_sha256 = samples->sha256,
                       .revision = record.revision.empty() ? target.claim.revision : record.revision,
                       .independence = independence_of(lab, claimant_of(lab, target), record.actor),
                       .findings = findings_again(lab, target, record.plan)});
  ChallengeOptions same_actor = options;
  same_actor.running.actor = record.actor;
  return file_challenge(lab, content, same_actor, samples->name);
}

namespace {

/// The copy of an interrupted challenge may lie elsewhere, or be gone.
void remove_copy_of(const Plan& plan) try { remove_copy(copy_root_of(plan.folder)); } catch (const Error&) {
}

}  // namespace

ChallengeEnding close_challenge(const record::Lab& lab, const ChallengeTarget& target, const ChallengeOptions& options,
                                attempt::Observer& observer) {
  attempt::Ending ending = attempt::close_challenge(lab, target.stated_by.sha256, options.running, observer);
  if (auto* refusal = std::get_if<Refusal>(&ending)) return std::move(*refusal);
  attempt::Finished& finished = std::get<attempt::Finished>(ending);
  remove_copy_of(finished.outcome.plan);
  std::optional<GradedChallengeEntry> graded = finish_recorded_challenge(lab, target, options);
  ASSAY_ASSERT(graded.has_value());
  graded->outcome = std::move(finished.outcome);
  return *std::move(graded);
}

}  // namespace assay::adversary
