#include <filesystem>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/adversary/challenge.hpp"
#include "experiments/adversary/claim_price_text.hpp"
#include "experiments/adversary/foreign_commands.hpp"
#include "experiments/campaign/stored_baseline.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/definition/own_workloads.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/report/entries/challenge_text.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/result_document.hpp"
#include "experiments/report/text.hpp"
#include "experiments/screen/challenging/challenge_milestone.hpp"
#include "experiments/screen/challenging/challenge_options.hpp"
#include "experiments/screen/challenging/challenge_review.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/emit.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/noise_options.hpp"
#include "experiments/screen/options.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/screen/refusal_text.hpp"

namespace assay::cli {
namespace {

using adversary::PreparedChallenge;

CommandLine command_line(ChallengeCommandOptions& options) {
  CommandLine line(
      {.name = "challenge",
       .synopsis = "CLAIM|RECORD|MILESTONE|DOCUMENT",
       .about =
           "Measures a claim again and grades it: confirmed, exaggerated, refuted, inconclusive or invalid. Nothing of "
           "the claimant's is used but the plan: the source is cloned afresh at the claim's revision and built again, "
           "the seed is new, every check is run again, and control is compared with itself and with a planted change. "
           "The grade goes to REVIEW.md. A challenge by the claimant is a self-check. An interrupted challenge goes on "
           "where it stopped. The record of a baseline is challenged by measuring every cell again, and "
           "docs/perf/attribution.md by computing every rank, share and lever again from the baselines' trials. Of any "
           "other document, such as docs/perf/README.md, the commands below the heading \"Measure again\" are run in a "
           "clean clone. A milestone's criteria are all challenged, each with an entry of its own, and a table at the "
           "end shows them together.",
       .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::worse, ExitCode::inconclusive,
                                ExitCode::invalid, ExitCode::refused, ExitCode::interrupted},
                               {{ExitCode::ok, "confirmed, or every criterion holds"},
                                {ExitCode::worse, "refuted or exaggerated"},
                                {ExitCode::refused, "refused: another environment, not independent, or lock held"}}),
       .examples = {"assay challenge 0008", "assay challenge 0007 --yes --cap 120", "assay challenge 0008 --close",
                    "assay challenge 0008 --workload mine.toml", "assay challenge 0007 --at v1.2",
                    "assay challenge docs/perf/attribution.md", "assay challenge docs/perf/README.md --yes"}});
  line.word(
      {"CLAIM|RECORD|MILESTONE|DOCUMENT",
       "a claim, an attempt that supports one, or a baseline: a number, a name or digits of its hash; a milestone "
       "of milestones.toml; or the path of a document, such as docs/perf/attribution.md"},
      into(options.which), Occurs::once);
  line.begin_group("Options");
  line.option(
      "cap",
      {"N",
       "the most blocks (default: twice those of the record, and at least 60); of a baseline, the trials of each "
       "cell (default: as many as it has, and at least 6)"},
      into(options.challenge.cap, {kFewestBlocks, kMostBlocks}));
  line.option("workload",
              {"FILE",
               "workloads of your own, tables [[workload]] as in an experiment file: they are measured beside the "
               "claim's and graded by themselves, and do not change the grade of the claim"},
              into(options.own_workloads));
  line.option("at",
              {"REVISION",
               "the commit to clone, if the record of an attempt does not say at which one it was measured (default: "
               "the last one without its change, if that was adopted, else HEAD)"},
              into(options.at));
  line.option("vigilant",
              {"",
               "after the last block, run control and treatment where nothing announces that they are measured: in "
               "another place, and without the variables ASSAY_*. Read what the claim runs before: a script that says "
               "rm -rf $ASSAY_ARM_DIR/* means /* there"},
              into(options.challenge.vigilant));
  line.option("noise", {"PERCENT", "a guess of one trial's standard deviation, to price a claim without a record"},
              into(options.noise));
  line.option("yes,y", {"", "run the foreign commands without asking; needed if no terminal can be asked"},
              into(options.yes));
  line.option("close", {"", "end an interrupted challenge: what it measured is recorded, and stays inconclusive"},
              into(options.close));
  add_measuring_options(line, options.challenge.running);
  add_output_options(line, options.output);
  add_export_option(line, options.exports);
  return line;
}

/// States in which the claim's workload is measured before the claim's own.
std::vector<std::string> colder_states_in(const Plan& challenge) {
  const std::vector<std::string>& states = challenge.workloads.front().states;
  if (challenge.variable.kind == VariableKind::state || states.empty()) return {};
  return {states.begin() + 1, states.end()};
}

std::string preview_text(const PreparedChallenge& prepared, const std::optional<adversary::ClaimPrice>& price) {
  const Claim& claim = prepared.target.claim;
  std::string text = fmt::format("{}: {}\n  claimed by {}; this is challenge {}{}\n", prepared.target.stated_by.name,
                                 printable(report::claim_headline(claim)), printable(prepared.target.claimant),
                                 prepared.plan.challenge->number, prepared.is_resumed ? ", taken up again" : "");
  if (prepared.independence == Independence::self_check) {
    text += "  the claimant's name, git identity or key is yours: a self-check, which does not count as verified\n";
  }
  if (!prepared.target.doubt.empty()) text += fmt::format("  it lacks {}\n", printable(prepared.target.doubt));
  text += fmt::format("  at most {} blocks of {} trials\n", prepared.plan.protocol.max_blocks,
                      prepared.plan.variable.levels.size());
  const std::string timeout = adversary::raised_timeout_text(prepared.target, prepared.plan);
  if (!timeout.empty()) text += fmt::format("  {}\n", timeout);
  for (const std::string& state : colder_states_in(prepared.plan)) {
    text += fmt::format("  and as many in the state {} before, which are graded by themselves\n", printable(state));
  }
  for (const std::string& own : prepared.plan.challenge->own_workloads) {
    text += fmt::format("  and as many of your own {}, which does not change the grade of the claim\n", printable(own));
  }
  const adversary::ClaimCost cost =
      adversary::cost_of(claim, prepared.target.record,
                         {.number = prepared.plan.challenge->number, .cap = prepared.plan.protocol.max_blocks});
  return text + (price ? adversary::price_text(*price) : adversary::no_price_text(claim, cost));
}

std::string foreign_text(const PreparedChallenge& prepared) {
  std::string text = prepared.copy.revision.empty()
                         ? fmt::format("It will run foreign code, from a copy of the declared inputs in {}:\n",
                                       printable(prepared.lab.root()))
                         : fmt::format("It will build and run foreign code, from a fresh clone of {} at {}:\n",
                                       printable(prepared.lab.root()), prepared.copy.revision);
  for (const std::string& command : adversary::foreign_commands(prepared.plan)) {
    text += fmt::format("  {}\n", printable(command));
  }
  return text;
}

nlohmann::json end_json(const std::optional<double>& end) {
  return end ? nlohmann::json(*end) : nlohmann::json(nullptr);
}

nlohmann::json range_json(const MeasuredRange& range) {
  return {{"low", end_json(range.low)}, {"high", end_json(range.high)}};
}

/// A confirmed claim does not count as verified before somebody has looked at every finding, and signed.
std::string next_step(const adversary::GradedChallengeEntry& graded, const report::GradedClaim& claim) {
  const auto& challenge = std::get<ChallengeEntry>(graded.entry.content);
  if (challenge.result.grade != Grade::confirmed) {
    const std::optional<double> seconds = adversary::seconds_needed(graded);
    const std::string time =
        seconds ? fmt::format(", which takes about {}", report::rough_duration_text(*seconds)) : "";
    return report::next_step_text(claim) + time;
  }
  const std::string sign = fmt::format("sign it with: assay sign {}", entry_name(graded.entry));
  if (challenge.findings.empty()) return sign;
  return fmt::format(
      "look at each finding, and allow it with: assay decide --accept {}:1 --why TEXT, and sign that; {}",
      graded.entry.number, sign);
}

nlohmann::json findings_json(const std::vector<ReviewFinding>& findings) {
  nlohmann::json list = nlohmann::json::array();
  for (const ReviewFinding& finding : findings) list.push_back({{"file", finding.file}, {"what", finding.what}});
  return list;
}

nlohmann::json own_inputs_json(const ChallengeEntry& challenge) {
  nlohmann::json list = nlohmann::json::array();
  for (const OwnInputGrade& own : challenge.own_inputs) {
    list.push_back({{"workload", own.workload},
                    {"state", own.state},
                    {"grade", to_string(own.result.grade)},
                    {"reason", to_string(own.result.reason)},
                    {"blocks", own.result.blocks},
                    {"confidence", own.result.confidence},
                    {"estimate", end_json(own.result.estimate)},
                    {"measured", range_json(own.result.measured)},
                    {"planted_found", own.result.planted_found},
                    {"largest_claim", end_json(own.result.largest_claim)}});
  }
  return list;
}

nlohmann::json graded_json(const adversary::GradedChallengeEntry& graded) {
  const auto& challenge = std::get<ChallengeEntry>(graded.entry.content);
  const ChallengeResult& result = challenge.result;
  const report::GradedClaim claim{challenge.metric, challenge.effect, result};
  return {{"schema_version", 1},
          {"command", "challenge"},
          {"record_name", entry_name(graded.entry)},
          {"samples", graded.record},
          {"claim", challenge.text},
          {"claimant", challenge.claimant},
          {"challenger", graded.entry.actor},
          {"independence", to_string(challenge.independence)},
          {"number", challenge.number},
          {"revision", challenge.revision},
          {"grade", to_string(result.grade)},
          {"reason", to_string(result.reason)},
          {"blocks", result.blocks},
          {"confidence", result.confidence},
          {"estimate", end_json(result.estimate)},
          {"measured", range_json(result.measured)},
          {"again", range_json(result.again)},
          {"planted", range_json(result.planted)},
          {"planted_found", result.planted_found},
          {"largest_claim", end_json(result.largest_claim)},
          {"blocks_needed", result.blocks_needed ? nlohmann::json(*result.blocks_needed) : nlohmann::json(nullptr)},
          {"seconds_needed", end_json(adversary::seconds_needed(graded))},
          {"own_inputs", own_inputs_json(challenge)},
          {"checks", challenge.checks},
          {"not_done_again", challenge.not_again},
          {"findings", findings_json(challenge.findings)},
          {"next_step", next_step(graded, claim)}};
}

void print_graded(const adversary::GradedChallengeEntry& graded, const PreparedChallenge* prepared,
                  const ChallengeCommandOptions& options) {
  if (options.output.json) {
    print_json(graded_json(graded));
    return;
  }
  const auto& challenge = std::get<ChallengeEntry>(graded.entry.content);
  const std::string failed = report::failed_text(challenge);
  const report::GradedClaim claim{challenge.metric, challenge.effect, challenge.result, failed};
  if (options.output.quiet) {
    print_output(fmt::format("{}: {}\n", entry_name(graded.entry), printable(report::grade_text(claim))));
    return;
  }
  std::string text;
  if (graded.outcome) {
    text += "Treatment against control by one look at all blocks; the interval that grades the claim follows below:\n";
    report::TextStyle style = output_style(read_terminal(), options.output);
    style.early_end = report::EarlyEnd::closed;
    const attempt::Outcome& outcome = *graded.outcome;
    text += report::result_text(report::timed_by_whole_blocks(outcome.result, outcome.blocks), style, "");
  }
  text += fmt::format("\n{}: {}\n", entry_name(graded.entry), printable(challenge.text));
  const Plan* const plan = prepared != nullptr ? &prepared->plan : graded.outcome ? &graded.outcome->plan : nullptr;
  text += plan != nullptr ? report::challenge_result_text(*plan, challenge.result, failed)
                          : report::challenge_result_text(claim);
  text += report::own_inputs_text(challenge);
  int number = 0;
  for (const ReviewFinding& finding : challenge.findings) {
    text += fmt::format("  finding {}: {}\n", ++number, printable(report::finding_text(finding)));
  }
  for (const std::string& left : challenge.not_again) text += fmt::format("  not done  {}\n", printable(left));
  text += fmt::format("  next      {}\n", printable(next_step(graded, claim)));
  print_output(text);
}

/// The attempt that measured the claim again, as it was measured or from its record.
void export_samples(const record::Lab& lab, const adversary::GradedChallengeEntry& graded,
                    const ExportOptions& exports) {
  if (exports.requests.empty()) return;
  if (graded.outcome) {
    return write_exports(exports, {graded.outcome->plan, graded.outcome->blocks, graded.outcome->result});
  }
  const Record record = record::read_record(lab, record::find_summary(lab, graded.record));
  write_exports(exports, {record.plan, record.blocks, record.result});
}

ExitCode graded_exit_code(const adversary::GradedChallengeEntry& graded) {
  return screen::exit_code_of(std::get<ChallengeEntry>(graded.entry.content).result.grade);
}

ExitCode run(const PreparedChallenge& prepared, const ChallengeCommandOptions& options) {
  ProgressDisplay display(real_progress_output(options.output));
  const adversary::ChallengeEnding ending = adversary::run_challenge(prepared, options.challenge, display);
  if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of(*refusal);
  if (std::holds_alternative<attempt::Interrupted>(ending)) {
    print_remark(fmt::format("assay: interrupted; go on with: assay challenge {}", prepared.target.stated_by.name));
    return ExitCode::interrupted;
  }
  const auto& graded = std::get<adversary::GradedChallengeEntry>(ending);
  print_graded(graded, &prepared, options);
  export_samples(prepared.lab, graded, options.exports);
  return graded_exit_code(graded);
}

ExitCode close(const record::Lab& lab, const adversary::ChallengeTarget& target,
               const ChallengeCommandOptions& options) {
  ProgressDisplay display(real_progress_output(options.output));
  const adversary::ChallengeEnding ending = adversary::close_challenge(lab, target, options.challenge, display);
  if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of(*refusal);
  const auto& graded = std::get<adversary::GradedChallengeEntry>(ending);
  print_graded(graded, nullptr, options);
  export_samples(lab, graded, options.exports);
  return graded_exit_code(graded);
}

/// The challenger's own workloads, read against the plan of the claim.
std::vector<Workload> own_workloads_in(const std::string& file, const adversary::ChallengeTarget& target) {
  return definition::parse_own_workloads({file, host::read_named_file(file, definition::kLargestFile)},
                                         adversary::claimed_plan(target),
                                         std::filesystem::path(host::absolute_path(file)).parent_path().string());
}

}  // namespace

ExitCode command_challenge(const Arguments& arguments) {
  ChallengeCommandOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  refuse_two_on_standard_output(options.exports, options.output);
  const record::Lab lab = lab_here();
  if (const auto document = challenged_document(lab, options.which)) {
    refuse_claim_options(options, "a document");
    return challenge_document(lab, *document, options);
  }
  if (const auto milestone = milestone_called(lab, options.which)) {
    refuse_claim_options(options, "a milestone");
    return challenge_milestone(lab, *milestone, options);
  }
  const record::RecordSummary given = record::find_summary(lab, options.which);
  if (given.kind == RecordKind::milestone) {
    refuse_claim_options(options, "a milestone");
    const Entry done = record::read_entry(lab, given);
    return challenge_milestone(lab, std::get<MilestoneDone>(done.content).milestone, options);
  }
  if (campaign::is_baseline(given)) {
    refuse_claim_options(options, "a baseline");
    return challenge_baseline(lab, given, options);
  }
  adversary::ChallengeTarget target = adversary::challenge_target(lab, record::list_records(lab), given);
  if (options.at) adversary::measure_at(lab, *options.at, target);
  if (const auto graded = adversary::finish_recorded_challenge(lab, target, options.challenge)) {
    print_graded(*graded, nullptr, options);
    export_samples(lab, *graded, options.exports);
    return graded_exit_code(*graded);
  }
  if (options.close) return close(lab, target, options);
  if (options.own_workloads) {
    options.challenge.own_workloads = own_workloads_in(*options.own_workloads, target);
  }
  const PreparedChallenge prepared = adversary::prepare_challenge(lab, std::move(target), options.challenge);
  const std::optional<adversary::ClaimPrice> price =
      adversary::price_of(prepared.target.claim, prepared.target.record, options.noise,
                          {.number = prepared.plan.challenge->number,
                           .cap = prepared.plan.protocol.max_blocks,
                           .threads = thread_count(std::nullopt)});
  if (talks(options)) print_output(preview_text(prepared, price) + foreign_text(prepared));
  try {
    if (!agrees(options)) {
      adversary::abandon(prepared);
      return ExitCode::refused;
    }
    return run(prepared, options);
  } catch (...) {
    adversary::abandon(prepared);
    throw;
  }
}

}  // namespace assay::cli
