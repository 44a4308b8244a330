#include "experiments/adversary/reviews/milestone_challenge.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/adversary/claim_making.hpp"
#include "experiments/adversary/foreign_commands.hpp"
#include "experiments/adversary/reviews/attribution_challenge.hpp"
#include "experiments/adversary/reviews/decision_challenge.hpp"
#include "experiments/campaign/control_plan.hpp"
#include "experiments/record/history/criteria.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/report/entries/challenge_text.hpp"
#include "experiments/report/entries/review_text.hpp"

namespace assay::adversary {
namespace {

/// The near end of a gain's interval in one cell, to be measured again as a claim.
ChallengeTarget target_of_gain(const record::Lab& lab, const record::RecordSummary& samples, const GainOfCell& cell) {
  ChallengeTarget target{
      .stated_by = samples, .claim = {}, .claimant = samples.actor, .record = record::read_record(lab, samples)};
  target.claim = claim_of_record(*target.record, {.workload = cell.workload, .state = cell.state});
  target.claim.record = samples.sha256;
  target.claim.hypothesis_sha256 = samples.hypothesis_sha256;
  return target;
}

class CriterionPreparation {
 public:
  CriterionPreparation(const record::Lab& lab, const ChallengeOptions& options)
      : lab_(lab), options_(options), records_(record::list_records(lab)) {}

  std::vector<CriterionChallenge> operator()(const Criterion& criterion) {
    const record::CriterionState state = record::judge({lab_, records_}, criterion);
    challenges_.clear();
    criterion_ = &criterion;
    // A claim that nobody has verified yet does not hold, and is just what is to be challenged.
    const auto* const claim = std::get_if<ClaimCriterion>(&criterion.content);
    if (claim != nullptr) {
      add_claim(claim->claim);
    } else if (!state.holds) {
      add("", [&] { return NothingToChallenge{state.why}; });
    } else {
      for (const std::string& sha256 : state.records) add_record(record::existing_record(records_, sha256));
    }
    return std::move(challenges_);
  }

 private:
  /// Whatever keeps a challenge from being prepared is the outcome of its criterion, and of no other.
  template <class Prepare>
  void add(std::string what, const Prepare& prepare) {
    CriterionChallenge challenge{.criterion = *criterion_, .what = std::move(what), .prepared = {}};
    try {
      challenge.prepared = prepare();
    } catch (const Error& error) {
      challenge.prepared = NothingToChallenge{error.what()};
    }
    challenges_.push_back(std::move(challenge));
  }

  void add_claim(const std::string& name) {
    add("claim " + name, [&] {
      return prepare_challenge(lab_, challenge_target(lab_, records_, record::find_summary(lab_, name)), options_);
    });
  }

  void add_record(const record::RecordSummary& about) {
    const CriterionContent& content = criterion_->content;
    const std::string what = fmt::format("{} {}", to_string_of_kind(content), about.name);
    if (std::holds_alternative<BaselineCriterion>(content)) {
      add(what, [&] { return prepare_baseline_challenge(lab_, about, options_); });
    } else if (const auto* target = std::get_if<TargetCriterion>(&content)) {
      add("target " + target->target, [&] { return prepare_target_challenge(lab_, *target, options_); });
    } else if (std::holds_alternative<GainCriterion>(content)) {
      add_gain(about);
    } else if (std::holds_alternative<AttributionCriterion>(content)) {
      add(what, [&] { return FinishedReading{attribution_review(lab_, about, options_)}; });
    } else if (std::holds_alternative<AdoptionCriterion>(content)) {
      add(what, [&] { return FinishedReading{adoption_review(lab_, about, options_)}; });
      const Entry entry = record::read_entry(lab_, about);
      const ChangeInRevision& change = std::get<Adoption>(entry.content).of;
      // Nothing in the revision shows the change, so that it acts is all that can be confirmed.
      if (change.proof == ChangeProof::person) add_effect(record::existing_record(records_, change.record));
    } else {
      add(what, [&] { return FinishedReading{decision_review(lab_, about, options_)}; });
      if (about.decision == Decision::keep) add_effect(about);
    }
  }

  /// Once, though several criteria may rest on it.
  void add_effect(const record::RecordSummary& attempt) {
    const std::string what = "effect of " + attempt.name;
    const bool is_there = std::any_of(challenges_.begin(), challenges_.end(),
                                      [&what](const CriterionChallenge& one) { return one.what == what; });
    if (is_there) return;
    add(what, [&] { return prepare_challenge(lab_, challenge_target(lab_, records_, attempt), options_); });
  }

  void add_gain(const record::RecordSummary& about) {
    const Entry entry = record::read_entry(lab_, about);
    for (const GainOfCell& cell : std::get<Gain>(entry.content).cells) {
      if (cell.workload.empty()) continue;  // the average over all cells
      add(fmt::format("gain of {} ({})", cell.workload, cell.state), [&] {
        return prepare_challenge(lab_, target_of_gain(lab_, record::existing_record(records_, about.about), cell),
                                 options_);
      });
    }
  }

  [[nodiscard]] static std::string_view to_string_of_kind(const CriterionContent& content) {
    return std::visit([](const auto& one) { return std::decay_t<decltype(one)>::kName; }, content);
  }

  const record::Lab& lab_;
  const ChallengeOptions& options_;
  std::vector<record::RecordSummary> records_;
  const Criterion* criterion_ = nullptr;
  std::vector<CriterionChallenge> challenges_;
};

struct CommandsOf {
  std::vector<std::string> operator()(const NothingToChallenge&) const { return {}; }
  std::vector<std::string> operator()(const FinishedReading&) const { return {}; }
  std::vector<std::string> operator()(const PreparedBaselineChallenge& prepared) const {
    return foreign_commands(campaign::control_plan(prepared.repetition.plan));
  }
  std::vector<std::string> operator()(const PreparedTargetChallenge& prepared) const {
    return foreign_commands(campaign::control_plan(prepared.repetition.plan));
  }
  std::vector<std::string> operator()(const PreparedChallenge& prepared) const {
    return foreign_commands(prepared.plan);
  }
};

struct RemoveCopy {
  void operator()(const NothingToChallenge&) const {}
  void operator()(const FinishedReading&) const {}
  void operator()(const PreparedBaselineChallenge& prepared) const { remove_copy(prepared.repetition.copy.root); }
  void operator()(const PreparedTargetChallenge& prepared) const { remove_copy(prepared.repetition.copy.root); }
  void operator()(const PreparedChallenge& prepared) const { abandon(prepared); }
};

class CriterionRun {
 public:
  CriterionRun(const record::Lab& lab, const CriterionChallenge& challenge, const ChallengeOptions& options,
               attempt::Observer& observer)
      : lab_(lab), challenge_(challenge), options_(options), observer_(observer) {}

  CriterionEnding operator()(const NothingToChallenge& nothing) const {
    return graded(Grade::invalid, "", nothing.why);
  }

  CriterionEnding operator()(const FinishedReading& reading) const {
    return graded_by(file_review(lab_, reading.review, options_.running));
  }

  CriterionEnding operator()(const PreparedBaselineChallenge& prepared) const {
    return graded_by(run_baseline_challenge(prepared, options_, observer_));
  }
  CriterionEnding operator()(const PreparedTargetChallenge& prepared) const {
    return graded_by(run_target_challenge(prepared, options_, observer_));
  }

  CriterionEnding operator()(const PreparedChallenge& prepared) const {
    ChallengeEnding ending = run_challenge(prepared, options_, observer_);
    if (auto* refusal = std::get_if<Refusal>(&ending)) return std::move(*refusal);
    const auto* const filed = std::get_if<GradedChallengeEntry>(&ending);
    if (filed == nullptr) return MilestoneInterrupted{};
    const auto& content = std::get<ChallengeEntry>(filed->entry.content);
    return graded(content.result.grade, entry_name(filed->entry),
                  report::grade_text({content.metric, content.effect, content.result, report::failed_text(content)}));
  }

  [[nodiscard]] CriterionGrade graded(Grade grade, std::string entry, std::string why) const {
    return {challenge_.criterion.name, challenge_.what, grade, std::move(entry), std::move(why)};
  }

 private:
  [[nodiscard]] CriterionEnding graded_by(const FiledReview& filed) const {
    const auto& review = std::get<Review>(filed.entry.content);
    return graded(review.grade, entry_name(filed.entry), report::review_grade_text(review));
  }
  [[nodiscard]] CriterionEnding graded_by(ReviewEnding ending) const {
    if (auto* refusal = std::get_if<Refusal>(&ending)) return std::move(*refusal);
    const auto* const filed = std::get_if<FiledReview>(&ending);
    return filed == nullptr ? CriterionEnding(MilestoneInterrupted{}) : graded_by(*filed);
  }

  const record::Lab& lab_;
  const CriterionChallenge& challenge_;
  const ChallengeOptions& options_;
  attempt::Observer& observer_;
};

}  // namespace

std::vector<CriterionChallenge> prepare_milestone_challenge(const record::Lab& lab, const Milestone& milestone,
                                                            const ChallengeOptions& options) {
  CriterionPreparation prepare(lab, options);
  std::vector<CriterionChallenge> all;
  for (const Criterion& criterion : milestone.criteria) {
    std::vector<CriterionChallenge> challenges = prepare(criterion);
    std::move(challenges.begin(), challenges.end(), std::back_inserter(all));
  }
  return all;
}

std::vector<std::string> foreign_commands(const std::vector<CriterionChallenge>& challenges) {
  std::vector<std::string> all;
  for (const CriterionChallenge& challenge : challenges) {
    for (std::string& command : std::visit(CommandsOf{}, challenge.prepared)) {
      if (std::find(all.begin(), all.end(), command) == all.end()) all.push_back(std::move(command));
    }
  }
  return all;
}

void abandon(const std::vector<CriterionChallenge>& challenges) noexcept {
  for (const CriterionChallenge& challenge : challenges) std::visit(RemoveCopy{}, challenge.prepared);
}

CriterionEnding run_criterion(const record::Lab& lab, const CriterionChallenge& challenge,
                              const ChallengeOptions& options, attempt::Observer& observer) {
  const CriterionRun run(lab, challenge, options, observer);
  try {
    return std::visit(run, challenge.prepared);
  } catch (const Error& error) {
    return run.graded(Grade::invalid, "", error.what());
  }
}

Grade worst_grade(const std::vector<CriterionGrade>& grades) {
  for (const Grade grade : {Grade::refuted, Grade::exaggerated, Grade::invalid, Grade::inconclusive}) {
    const bool is_any =
        std::any_of(grades.begin(), grades.end(), [grade](const CriterionGrade& one) { return one.grade == grade; });
    if (is_any) return grade;
  }
  return Grade::confirmed;
}

}  // namespace assay::adversary
