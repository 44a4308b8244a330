#include "experiments/attempt/start.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/entropy.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/machine/cpus.hpp"
#include "core/host/machine/machine.hpp"
#include "core/text/shell_words.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/lab_links.hpp"
#include "experiments/attempt/prior_attempts.hpp"
#include "experiments/attempt/refusal_rules.hpp"
#include "experiments/attempt/requirements/requirements.hpp"
#include "experiments/attempt/runner.hpp"
#include "experiments/attempt/value_key.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/design/mixed_seed.hpp"
#include "experiments/design/packing.hpp"
#include "experiments/engine/engines.hpp"
#include "experiments/engine/machine_node.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/record/history/target_rule.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/session/runner_strata.hpp"

namespace assay::attempt {
namespace {

/// What the file says now. What a new plan would take from the moment, an open seed and the caller's environment, is
/// that of the open attempt, and so are the rules: an attempt ends by those it began with.
Plan renewed(const ExperimentFile& experiment, Plan now, const Plan& then) {
  const std::optional<Seed>& stated = definition_of(experiment).seed;
  if (!then.seed_entropy.empty() && (!stated || *stated == then.stated_seed)) {
    now.seed = then.seed;
    now.stated_seed = then.stated_seed;
    now.seed_entropy = then.seed_entropy;
  }
  if (!stated) now.seed = then.seed;
  // A budget of the environment is taken from the moment, too: the attempt ends by the one that it began with.
  if (is_empty(definition_of(experiment).budget)) now.budget = then.budget;
  // What fits side by side was fixed then: the engine refuses a machine that has too few CPUs for it.
  now.groups = then.groups;
  now.environment = then.environment;
  now.secrets = then.secrets;
  now.environment_hmac = then.environment_hmac;
  for (std::size_t index = 0; index < now.workloads.size() && index < then.workloads.size(); ++index) {
    // A plan of 0.1.0 has every value as it is.
    if (then.workloads[index].set_hmac.empty()) now.workloads[index].set_hmac.clear();
  }
  for (ArmIndex arm = 0; arm < arm_count(now) && arm < arm_count(then); ++arm) {
    auto* const level = std::get_if<EnvironmentLevel>(&now.variable.levels[arm].value);
    const auto* const before = std::get_if<EnvironmentLevel>(&then.variable.levels[arm].value);
    if (level != nullptr && before != nullptr && before->hmac.empty()) level->hmac.clear();
    auto* const settings = std::get_if<SettingsLevel>(&now.variable.levels[arm].value);
    const auto* const settings_before = std::get_if<SettingsLevel>(&then.variable.levels[arm].value);
    if (settings != nullptr && settings_before != nullptr && settings_before->set_hmac.empty()) {
      settings->set_hmac.clear();
    }
  }
  now.attempt = then.attempt;
  now.reopened_by = then.reopened_by;
  now.changes = then.changes;
  now.rules = then.rules;
  return now;
}

/// The plan's text with this folder in place of its own, also at the front of paths below it.
std::string text_in(const std::string& folder, const Plan& plan) {
  const auto opened = [](const std::string& path) {
    return '"' + formats::canonical_json(nlohmann::json(path)).substr(1, path.size());
  };
  const std::string own = opened(plan.folder);
  const std::string other = opened(folder);
  std::string text = formats::plan_json(plan);
  for (std::size_t at = text.find(own); at != std::string::npos; at = text.find(own, at + other.size())) {
    text.replace(at, own.size(), other);
  }
  return text;
}

/// Somebody moved the lab: the file is as it was.
Error moved_since(const ExperimentFile& experiment, const Plan& begun) {
  return Error(
      fmt::format("{}: attempt {} was begun in the folder {}, and is asked for in {}: its trials belong to that "
                  "path, which its plan names. Check the lab out at that path, or mount it there, and go on; "
                  "or end the attempt with: {}",
                  experiment.name, begun.attempt, begun.folder, experiment.folder,
                  shell_words({"assay", "close", experiment.name})),
      ErrorKind::refused);
}

/// What a reader of the result should know about the attempts before.
std::vector<std::string> notes_on(const record::HypothesisHistory& history) {
  if (!history.reopened_by) return {};
  return {fmt::format("{} lifted a dead end: {}", history.reopened_by->name, history.reopened_by->hypothesis)};
}

/// Values of `set` and of levels that look secret are in no plan that is read back; the file still has them.
void take_file_values(Plan& plan, const Plan& from_file) {
  for (ArmIndex arm = 0; arm < plan.variable.levels.size(); ++arm) {
    const LevelValue& from = from_file.variable.levels[arm].value;
    if (auto* const level = std::get_if<EnvironmentLevel>(&plan.variable.levels[arm].value)) {
      if (!level->hmac.empty()) level->value = std::get<EnvironmentLevel>(from).value;
    }
    if (auto* const level = std::get_if<SettingsLevel>(&plan.variable.levels[arm].value)) {
      for (const auto& [name, hash] : level->set_hmac) level->set[name] = std::get<SettingsLevel>(from).set.at(name);
    }
  }
  for (std::size_t index = 0; index < plan.workloads.size(); ++index) {
    Workload& workload = plan.workloads[index];
    for (const auto& [name, hash] : workload.set_hmac) workload.set[name] = from_file.workloads[index].set.at(name);
  }
}

JournalledAttempt take_up(OpenAttempt open, const Plan& from_file, const record::Lab& lab,
                          const host::Journal& journal) {
  const design::KeptValues values{.journalled = journal.kept_values(open.row.id), .caller = host::caller_environment()};
  const design::ValueHashes hashes{
      .sha256 = [](std::string_view text) { return host::sha256(text); },
      .hmac = [key = value_key(lab)](std::string_view text) { return host::hmac_sha256(key, text); }};
  Plan plan = design::with_values(std::move(open.plan), values, hashes);
  take_file_values(plan, from_file);
  return {.id = open.row.id,
          .plan = std::move(plan),
          .plan_sha256 = open.row.plan_sha256,
          .build_logs = lab.build_logs_folder(open.row.plan_sha256)};
}

/// Fills in what the last record assumes, if the refusal is that of a dead end.
RefusalReason with_assumptions(RefusalReason reason, const record::Lab& lab, const record::HypothesisHistory& history) {
  std::vector<std::string>* assumptions = nullptr;
  if (auto* const dead_end = std::get_if<DeadEnd>(&reason)) assumptions = &dead_end->assumptions;
  if (auto* const spent = std::get_if<AttemptsSpent>(&reason)) assumptions = &spent->assumptions;
  if (assumptions != nullptr && !history.attempts.empty()) {
    *assumptions = record::read_record_head(lab, last_word(history)).plan.assumptions;
  }
  return reason;
}

std::optional<RefusalReason> refusal_of(const ExperimentFile& experiment, const record::HypothesisKey& key,
                                        const record::Lab& lab, const std::vector<record::RecordSummary>& records,
                                        const PriorAttempts& prior) {
  const definition::Definition& definition = definition_of(experiment);
  if (auto refusal = refusal_by(prior, definition.protocol)) return with_assumptions(*refusal, lab, prior.history);
  return record::loosened_target(lab, records,
                                 {.experiment = definition.id,
                                  .hypothesis_sha256 = key.sha256,
                                  .environment_name = key.environment_name,
                                  .targets = definition.targets},
                                 date_of(host::unix_time_ns()));
}

/// Fills in what the plan asks for otherwise than earlier attempts did.
/// \returns the refusal if it is less, and nobody has allowed it.
std::optional<RefusalReason> changes_since(const std::vector<EarlierAttempt>& earlier, const Allowance& allowance,
                                           Plan& plan) {
  plan.changes = requirement_changes(plan, earlier);
  allow(plan.changes, allowance);
  AsksForLess less;
  std::copy_if(plan.changes.begin(), plan.changes.end(), std::back_inserter(less.changes),
               [](const RequirementChange& change) { return needs_allowance(change) && change.allowed.empty(); });
  if (less.changes.empty()) return std::nullopt;
  return less;
}

/// Mixes what nobody knew before into the seed, so that no order was looked for. A simulation has no machine that an
/// order could favour.
void mix_seed(Plan& plan) {
  if (plan.simulation) return;
  plan.stated_seed = plan.seed;
  constexpr int kWords = 4;
  for (int word = 0; word < kWords; ++word) plan.seed_entropy += fmt::format("{:016x}", host::fresh_entropy());
  plan.seed =
      design::mixed_seed(plan.stated_seed, plan.seed_entropy, [](std::string_view text) { return host::sha256(text); });
}

/// The machine that the attempt was begun on, if its opening is in the chain.
std::optional<Machine> first_machine(const record::Lab& lab, const std::vector<record::RecordSummary>& records,
                                     const std::string& plan_sha256) {
  const record::RecordSummary* const opening = record::find_opening(records, plan_sha256);
  if (opening == nullptr) return std::nullopt;
  return std::get<Opening>(record::read_entry(lab, *opening).content).machine;
}

/// An attempt that is taken up again has its allowances already.
void check_allowance(const Plan& open, const Allowance& allowance) {
  std::vector<RequirementChange> changes = open.changes;
  allow(changes, allowance);
}

}  // namespace

record::HypothesisKey key_of(const FrozenPlan& plan) {
  return {plan.hypothesis_sha256, plan.plan.environment_name};
}

std::optional<Refusal> early_refusal(const ExperimentFile& experiment, FrozenPlan now, const Allowance& allowance,
                                     const record::Lab& lab, const host::Journal& journal) {
  const record::HypothesisKey key = key_of(now);
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  const PriorAttempts prior = prior_attempts(records, journal, key);
  if (prior.open) return std::nullopt;  // it may go on, or give way
  std::optional<RefusalReason> reason = refusal_of(experiment, key, lab, records, prior);
  if (!reason) reason = changes_since(earlier_attempts(lab, records, journal, key), allowance, now.plan);
  if (reason) return Refusal{definition_of(experiment).id, *std::move(reason)};
  design::add_groups(now.plan, host::cpus_for_trials());
  return std::nullopt;
}

namespace {

host::Journal readable_journal(const record::Lab& lab) {
  const bool is_there = std::filesystem::exists(lab.journal_path()) && host::is_writable(lab.journal_path());
  return is_there ? host::Journal(lab.journal_path()) : host::Journal::in_memory();
}

/// What becomes of an open attempt; std::nullopt: it has no block and no longer suits the file, so it gives way.
std::optional<Prospect> prospect_of(const OpenAttempt& open, const ExperimentFile& experiment, const Plan& now,
                                    int blocks) {
  const Plan again = renewed(experiment, now, open.plan);
  if (formats::plan_json(again) == formats::plan_json(open.plan)) return GoesOn{open.plan.attempt, blocks};
  if (blocks == 0) return std::nullopt;
  return Refusal{experiment.name, ChangedSinceBegun{open.plan.attempt}};
}

}  // namespace

Prospect prospect_of(const ExperimentFile& experiment, const FrozenPlan& now, const record::Lab& lab) {
  const record::HypothesisKey key = key_of(now);
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  const host::Journal journal = readable_journal(lab);
  const PriorAttempts prior = prior_attempts(records, journal, key);
  if (prior.open) {
    const int blocks = static_cast<int>(journal.blocks(prior.open->row.id).size());
    if (const auto prospect = prospect_of(*prior.open, experiment, now.plan, blocks)) return *prospect;
  }
  std::optional<RefusalReason> reason = refusal_of(experiment, key, lab, records, prior);
  Plan plan = now.plan;
  if (!reason) reason = changes_since(earlier_attempts(lab, records, journal, key), {}, plan);
  if (reason) return Refusal{definition_of(experiment).id, *std::move(reason)};
  return BeginsAttempt{prior.spent + 1};
}

std::optional<Refusal> weaker_than_before(const FrozenPlan& now, const record::Lab& lab) {
  const host::Journal journal(lab.journal_path());
  const std::vector<EarlierAttempt> earlier = earlier_attempts(lab, record::list_records(lab), journal, key_of(now));
  Plan plan = now.plan;
  std::optional<RefusalReason> reason = changes_since(earlier, {}, plan);
  if (!reason) return std::nullopt;
  return Refusal{plan.id, *std::move(reason)};
}

namespace {

/// What an open attempt is taken up with.
struct Resuming {
  const ExperimentFile& experiment;
  const record::Lab& lab;
  const Machine& then;  ///< on which it was begun
  const Machine& here;
};

/// \pre prior.open, and its plan suits the file.
std::variant<JournalledAttempt, Refusal> resumed(const Resuming& with, PriorAttempts prior, const Plan& from_file,
                                                 host::Journal& journal) {
  const Plan& begun = prior.open->plan;
  // On a cluster this host only coordinates; what the nodes are is looked at where blocks run.
  const bool measures_here = engine::trial_host(begun) == engine::TrialHost::this_host;
  if (auto differences = differences_of_kind(with.then, with.here); measures_here && !differences.empty()) {
    return Refusal{with.experiment.name, OtherMachine{begun.attempt, std::move(differences)}};
  }
  if (measures_here) session::keep_first_runner(journal, prior.open->row.id, engine::node_of(with.then));
  JournalledAttempt attempt = take_up(*std::move(prior.open), from_file, with.lab, journal);
  attempt.notes = notes_on(prior.history);
  const auto note = measures_here ? note_on_other_machine(with.then, with.here) : std::nullopt;
  if (note) attempt.notes.push_back(*note);
  return attempt;
}

/// \param again  what the file says now, which is not what was begun. \throws Error if only the lab's folder differs
Refusal refusal_to_resume(const ExperimentFile& experiment, const Plan& begun, const Plan& again) {
  const bool is_elsewhere = again.folder != begun.folder;
  if (is_elsewhere && text_in(begun.folder, again) == formats::plan_json(begun)) throw moved_since(experiment, begun);
  return Refusal{experiment.name, ChangedSinceBegun{begun.attempt}};
}

}  // namespace

std::variant<JournalledAttempt, Refusal> start_or_resume(const ExperimentFile& experiment, FrozenPlan now,
                                                         const RunOptions& options, const record::Lab& lab,
                                                         host::Journal& journal) {
  const record::HypothesisKey key = key_of(now);
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  PriorAttempts prior = prior_attempts(records, journal, key);
  if (prior.open) {
    const Plan again = renewed(experiment, now.plan, prior.open->plan);
    if (formats::plan_json(again) == formats::plan_json(prior.open->plan)) {
      check_allowance(prior.open->plan, options.allowance);
      const Machine here = host::read_machine();
      const Machine then = first_machine(lab, records, prior.open->row.plan_sha256).value_or(here);
      return resumed({experiment, lab, then, here}, std::move(prior), now.plan, journal);
    }
    if (!journal.blocks(prior.open->row.id).empty()) return refusal_to_resume(experiment, prior.open->plan, again);
    // Nothing was measured, so the attempt was not spent.
    close_opening(lab, prior.open->row.plan_sha256, options.actor);
    journal.finish_attempt(prior.open->row.id, host::AttemptStatus::closed, "");
  }
  if (auto refusal = refusal_of(experiment, key, lab, records, prior)) {
    return Refusal{definition_of(experiment).id, *std::move(refusal)};
  }
  const std::vector<EarlierAttempt> earlier = earlier_attempts(lab, records, journal, key);
  if (auto refusal = changes_since(earlier, options.allowance, now.plan)) {
    return Refusal{definition_of(experiment).id, *std::move(refusal)};
  }
  now.plan.attempt = prior.spent + 1;
  if (prior.history.reopened_by) now.plan.reopened_by = prior.history.reopened_by->sha256;
  mix_seed(now.plan);
  design::add_groups(now.plan, host::cpus_for_trials());
  JournalledAttempt attempt = open_attempt(journal, std::move(now));
  attempt.build_logs = lab.build_logs_folder(attempt.plan_sha256);
  attempt.notes = notes_on(prior.history);
  return attempt;
}

std::optional<JournalledAttempt> find_open_attempt(const FrozenPlan& now, const record::Lab& lab,
                                                   const host::Journal& journal) {
  PriorAttempts prior = prior_attempts(record::list_records(lab), journal, key_of(now));
  if (!prior.open) return std::nullopt;
  return JournalledAttempt{.id = prior.open->row.id,
                           .plan = std::move(prior.open->plan),
                           .plan_sha256 = prior.open->row.plan_sha256,
                           .notes = notes_on(prior.history),
                           .build_logs = lab.build_logs_folder(prior.open->row.plan_sha256)};
}

}  // namespace assay::attempt
