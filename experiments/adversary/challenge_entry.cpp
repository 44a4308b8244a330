#include "experiments/adversary/challenge_entry.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/assert.hpp"
#include "experiments/adversary/challenge_plan.hpp"
#include "experiments/adversary/claimants_figures.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/report/entries/failed_tests.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::adversary {
namespace {

std::vector<std::string> done_again(const Record& record, const ChallengeFacts& facts) {
  std::vector<std::string> again;
  again.emplace_back(facts.revision.empty() ? "a fresh folder with the declared inputs"
                                            : "a fresh clone at " + facts.revision);
  if (!record.result.audit.builds.empty()) {
    again.push_back(report::count_text(static_cast<int>(record.result.audit.builds.size()), "clean build"));
  }
  again.push_back(fmt::format("{} in {} under a new seed", report::count_text(record.result.trials, "trial"),
                              report::count_text(record.result.blocks, "block")));
  again.emplace_back("the audit of the arms");
  if (!record.plan.checks.empty()) again.emplace_back("every check on every trial");
  if (record.plan.challenge->planted_percent > 0) {
    again.push_back(fmt::format("control against itself, and a planted change of {}",
                                report::amount_text(record.plan.challenge->planted_percent)));
  }
  for (const OwnInputGrade& own : record.result.own_inputs) {
    if (own.workload.empty()) again.push_back("the same in the state " + own.state + " before");
  }
  if (const std::size_t own = record.plan.challenge->own_workloads.size(); own > 0) {
    again.push_back(report::count_text(static_cast<int>(own), "input") + " of the challenger's own");
  }
  return again;
}

/// Whether the challenge measured the claim's workload, its first one, in this cold state, too.
bool has_cold_state(const Plan& challenge, const std::string& state) {
  if (challenge.variable.kind == VariableKind::state) return false;
  const std::vector<std::string>& states = challenge.workloads.front().states;
  return std::find(states.begin(), states.end(), state) != states.end();
}

template <class Kind>
bool has_check(const Plan& plan, const std::string& workload) {
  return std::any_of(plan.checks.begin(), plan.checks.end(), [&workload](const Check& check) {
    return std::holds_alternative<Kind>(check.kind) && applies_to(check.workloads, workload);
  });
}

/// What a revision may be wrong in, and this challenge did not look at.
std::vector<std::string> unchecked_of_correctness(const Plan& claimed, const Plan& challenge) {
  const std::string& workload = challenge.workloads.front().name;
  std::vector<std::string> unchecked;
  if (claimed.checks.empty()) {
    unchecked.emplace_back(
        "checks of the experiment's own: none are declared, so only exit codes and leaks were judged");
  }
  unchecked.emplace_back(
      has_check<TestInventoryCheck>(challenge, workload)
          ? "the tests of the first baseline: its record does not name them, so control's were asked "
            "for"
          : "the tests of the first baseline and of control: no check reads a test report");
  if (!has_check<IsolationCheck>(challenge, workload)) {
    unchecked.emplace_back("isolation: no check asks for it, and none says that standard output must stay the same");
  }
  return unchecked;
}

std::vector<std::string> not_done_again(const ChallengeTarget& target, const Record& record) {
  std::vector<std::string> left;
  if (!target.doubt.empty()) left.push_back(target.doubt);
  const Plan& claimed = claimed_plan(target);
  for (const Cell& cell : cells(claimed)) {
    const std::string name = cell_name(claimed, cell);
    const std::string& state = state_of(claimed, cell).name;
    const bool is_own = workload_of(claimed, cell).name == target.claim.workload &&
                        (state == target.claim.state || has_cold_state(record.plan, state));
    if (!is_own) left.push_back("the cell " + name);
  }
  const int usual = challenge_cap(target);
  if (record.plan.protocol.max_blocks < usual) {
    left.push_back(
        fmt::format("as many blocks as usual: at most {} instead of {}", record.plan.protocol.max_blocks, usual));
  }
  if (std::holds_alternative<ClaimedCorrectness>(target.claim.effect)) {
    for (std::string& unchecked : unchecked_of_correctness(claimed, record.plan)) left.push_back(std::move(unchecked));
  }
  const std::string timeout = raised_timeout_text(target, record.plan);
  if (!timeout.empty()) left.push_back(timeout);
  for (const Level& level : claimed.variable.levels) {
    const bool is_own = level.label == target.claim.control || level.label == target.claim.treatment;
    if (!is_own) left.push_back("the level " + level.label);
  }
  if (claimed.protocol.design != record.plan.protocol.design) {
    left.push_back(fmt::format("the design {}: a challenge measures in blocks", to_string(claimed.protocol.design)));
  }
  if (target.claim.environment_name != record.plan.environment_name) {
    left.push_back("the environment " + target.claim.environment_name);
  }
  for (const UnannouncedTrials& trials : record.result.audit.unannounced) {
    if (trials.not_tried.empty()) continue;
    left.push_back(fmt::format("trials of {} that nothing announces: {}", record.plan.variable.levels[trials.arm].label,
                               trials.not_tried));
  }
  if (!record.plan.vigilant) left.emplace_back("trials that nothing announces (--vigilant)");
  for (const TriedPlant& tried : record.result.audit.plants) {
    if (tried.not_tried.empty()) continue;
    left.push_back(tried.patch.empty() ? fmt::format("{}, judged by control's checks: {}", tried.plant, tried.not_tried)
                                       : fmt::format("the planting of {}: {}", tried.plant, tried.not_tried));
  }
  left.emplace_back(has_source(record.plan.variable) ? "the reading of the change, but for the findings listed"
                                                     : "the reading of the change itself");
  return left;
}

std::string outcome_text(const std::string& failure) {
  return failure.empty() ? "passed" : failure;
}

/// "planted off by one: control: check right failed; treatment: passed". What is no patch is told as what the checks
/// say.
std::string planted_text(const TriedPlant& tried) {
  if (tried.patch.empty()) {
    return fmt::format("{}: control's checks: {}; treatment's: {}", tried.plant, outcome_text(tried.control),
                       outcome_text(tried.treatment));
  }
  return fmt::format("planted {}: control: {}; treatment: {}", tried.plant, outcome_text(tried.control),
                     outcome_text(tried.treatment));
}

/// The files of the change that checks or hooks read, each with the line that a finding names. If none is known, those
/// of the findings.
std::vector<std::string> altered_harness(const Record& record, const ChallengeFacts& facts) {
  constexpr std::size_t kMostNamed = 3;
  std::vector<std::string> places;
  for (const std::string& path : record.result.audit.changed_harness) {
    const auto found = std::find_if(
        facts.findings.begin(), facts.findings.end(),
        [&path](const ReviewFinding& finding) { return finding.file.substr(0, finding.file.rfind(':')) == path; });
    places.push_back(found == facts.findings.end() ? path : found->file);
  }
  for (std::size_t index = 0; record.result.audit.changed_harness.empty() && index < facts.findings.size(); ++index) {
    places.push_back(facts.findings[index].file);
  }
  if (places.size() > kMostNamed) places.resize(kMostNamed);
  return places;
}

/// Faults that control's checks catch and treatment's do not come before the findings of reading.
std::vector<ReviewFinding> all_findings(const Record& record, const ChallengeFacts& facts) {
  std::vector<ReviewFinding> all;
  const std::vector<std::string> altered = altered_harness(record, facts);
  for (const TriedPlant& tried : record.result.audit.plants) {
    if (!shows_weakening(tried)) continue;
    const std::string where = altered.empty() ? "" : fmt::format("; the change alters {}", fmt::join(altered, ", "));
    if (tried.patch.empty()) {
      all.push_back({altered.empty() ? "" : altered.front(),
                     fmt::format("{} is caught by control's checks ({}) and passes treatment's{}", tried.plant,
                                 tried.control, where)});
    } else {
      all.push_back({tried.patch, fmt::format("with the planted fault {}, control fails ({}) and treatment passes{}",
                                              tried.plant, tried.control, where)});
    }
  }
  all.insert(all.end(), facts.findings.begin(), facts.findings.end());
  return all;
}

/// "0 of control and 12 of treatment".
std::string both_arms(int control, int treatment) {
  return fmt::format("{} of control and {} of treatment", report::count_text(control, "trial"),
                     report::count_text(treatment, "trial"));
}

/// "inventory: failed in 0 trials of control and 12 trials of treatment: test_b is missing".
std::string check_outcome(const CheckResult& check) {
  if (check.passed) return check.name + ": passed";
  const bool is_of_trials = check.failed_control + check.failed_treatment > 0;
  const std::string tests = report::failed_tests_text(check);
  return fmt::format("{}: failed {}{}{}{}{}", check.name,
                     is_of_trials ? "in " + both_arms(check.failed_control, check.failed_treatment) : "over all trials",
                     check.detail.empty() ? "" : ": ", check.detail, tests.empty() ? "" : "; ", tests);
}

/// Trials that failed without a check: an exit code, a timeout. Empty if there are none.
std::string other_failures(const Comparison& comparison) {
  int control = comparison.failed_control;
  int treatment = comparison.failed_treatment;
  for (const CheckResult& check : comparison.checks) {
    control -= check.failed_control;
    treatment -= check.failed_treatment;
  }
  return control > 0 || treatment > 0
             ? "trials failed, and no check: " + both_arms(std::max(0, control), std::max(0, treatment))
             : "";
}

void add_failed(std::string text, ChallengeEntry& entry) {
  entry.checks.push_back(std::move(text));
  entry.failed_checks.push_back(static_cast<int>(entry.checks.size()));
}

void add_checks(const Record& record, ChallengeEntry& entry) {
  for (const TriedPlant& tried : record.result.audit.plants) {
    if (tried.not_tried.empty()) entry.checks.push_back(planted_text(tried));
  }
  for (const Comparison& comparison : record.result.comparisons) {
    for (const CheckResult& check : comparison.checks) {
      if (check.passed) {
        entry.checks.push_back(check_outcome(check));
      } else {
        add_failed(check_outcome(check), entry);
      }
    }
    std::string others = other_failures(comparison);
    if (!others.empty()) add_failed(std::move(others), entry);
  }
}

}  // namespace

ChallengeEntry challenge_entry(const ChallengeTarget& target, const Record& record, const ChallengeFacts& facts) {
  ASSAY_ASSERT(record.plan.challenge && record.result.challenge);
  ChallengeEntry entry;
  entry.claim = target.stated_by.sha256;
  entry.text = report::claim_headline(target.claim);
  entry.metric = record.plan.challenge->metric;
  entry.effect = record.plan.challenge->effect;
  entry.claimant = target.claimant;
  entry.number = record.plan.challenge->number;
  entry.record = facts.record_sha256;
  entry.environment_name = record.plan.environment_name;
  entry.machine = report::machine_text(record.machine);
  entry.revision = facts.revision;
  entry.independence = facts.independence;
  entry.rests_on = claimants_range(target);
  entry.again = done_again(record, facts);
  entry.not_again = not_done_again(target, record);
  add_checks(record, entry);
  entry.findings = all_findings(record, facts);
  entry.result = *record.result.challenge;
  entry.own_inputs = record.result.own_inputs;
  return entry;
}

}  // namespace assay::adversary
