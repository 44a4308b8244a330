#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/clock.hpp"
#include "core/named_variant.hpp"
#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"
#include "experiments/adversary/claim_making.hpp"
#include "experiments/adversary/claim_price_text.hpp"
#include "experiments/adversary/claimed_ratio.hpp"
#include "experiments/adversary/fresh_copy.hpp"
#include "experiments/adversary/measured_revision.hpp"
#include "experiments/adversary/reports/found_claims.hpp"
#include "experiments/adversary/reports/found_claims_text.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/start.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/committed_revision.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/history/claims.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/noise_options.hpp"
#include "experiments/screen/options.hpp"
#include "experiments/screen/refusal_text.hpp"

namespace assay::cli {
namespace {

struct ClaimOptions {
  std::optional<std::string> record;
  std::optional<std::string> experiment;
  std::optional<std::string> workload;
  std::optional<std::string> state;
  std::optional<std::string> treatment;
  std::optional<std::string> metric;
  std::optional<std::string> ratio;
  std::optional<std::string> percent;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::optional<std::string> below;
  std::optional<std::string> above;
  std::optional<Statistic> statistic;
  std::optional<std::string> success;
  std::optional<std::string> at_least;
  std::optional<std::string> not_worse;
  std::optional<std::string> correct;
  std::optional<std::string> at;
  std::optional<std::string> deadline;
  std::optional<Percent> noise;
  bool list = false;
  std::optional<std::string> find;
  std::optional<std::string> withdraw;
  std::optional<std::string> why;
  attempt::RunOptions running;  ///< only actor and environment
  bool json = false;
  bool quiet = false;
};

void add_effect_options(CommandLine& line, ClaimOptions& options) {
  line.begin_group("What is claimed, if not the near end of the record's interval");
  line.option("ratio", {"RATIO", "how many times better, such as 4x"}, into(options.ratio));
  line.option("percent", {"CHANGE", "of the metric's value: -30%, -30, '30% less', '30% faster'"},
              into(options.percent));
  line.option("from", {"VALUE", "before the change, in the metric's unit; with --to"}, into(options.from));
  line.option("to", {"VALUE", "after the change"}, into(options.to));
  line.option("below", {"VALUE", "treatment's figure is at most this"}, into(options.below));
  line.option("above", {"VALUE", "treatment's figure is at least this"}, into(options.above));
  line.option("statistic", {"NAME", "the figure of --below and --above (default: median)"}, into(options.statistic));
  line.option("success", {"SHARE", "the share of treatment's trials that succeed, such as 100%"},
              into(options.success));
  line.option("at-least",
              {"SHARE", "what a challenge has to show of --success; needed for 100%, which no number of trials shows"},
              into(options.at_least));
  line.option("not-worse", {"MARGIN", "worse by less than this, such as 3%"}, into(options.not_worse));
  line.option("correct", {"REVISION", "this revision passes every check"}, into(options.correct));
}

CommandLine command_line(ClaimOptions& options) {
  CommandLine line(
      {.name = "claim",
       .synopsis = "[RECORD]",
       .about = "States an effect that somebody else is to measure again, and says what that will cost. A claim from a "
                "record states the near end of the record's interval, never its middle. A claim in figures names the "
                "experiment that measures it, which may not have run yet.",
       .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::refused}),
       .examples = {"assay claim 0007", "assay claim --experiment par.toml --ratio 4x --deadline 2030-01-31",
                    "assay claim --experiment par.toml --from '324 s' --to '81 s'",
                    "assay claim 0007 --not-worse 3% --metric max_rss", "assay claim --list",
                    "assay claim --withdraw 0012 --why 'the cache was warm'", "assay claim --find docs/report.md"}});
  line.word({"RECORD", "the attempt that shows it: a number, a name or digits of its hash"}, into(options.record),
            Occurs::at_most_once);
  line.option("experiment", {"FILE", "the experiment that measures it, if there is no record"},
              into(options.experiment));
  line.option("workload", {"NAME", "where it holds, if the experiment has several"}, into(options.workload));
  line.option("state", {"NAME", "the state in which it holds, if there are several"}, into(options.state));
  line.option("treatment", {"LABEL", "the level, if there are several"}, into(options.treatment));
  line.option("metric", {"NAME", "what it is about (default: the primary metric)"}, into(options.metric));
  add_effect_options(line, options);
  line.begin_group("Claims that were made");
  line.option("list", {"", "list all claims"}, into(options.list));
  line.option("find",
              {"FILE",
               "list the sentences of a report in Markdown or plain text that state a measurable effect, with a "
               "draft of each claim and the records that may stand behind it"},
              into(options.find));
  line.option("withdraw", {"CLAIM", "say that a claim, or what a challenged record states, is not upheld, with --why"},
              into(options.withdraw));
  line.option("why", {"TEXT", "the reason"}, into(options.why));
  line.begin_group("Options");
  line.option("deadline", {"DATE", "the day by which it is to be confirmed, such as 2030-01-31"},
              into(options.deadline));
  line.option("at",
              {"REVISION",
               "the commit that a challenge clones (default: the one at which the record was measured, if it says so, "
               "else HEAD)"},
              into(options.at));
  line.option("noise", {"PERCENT", "a guess of one trial's standard deviation, to price a claim without a record"},
              into(options.noise));
  line.option("environment", {"NAME", "the environment that --experiment belongs to"},
              into_environment_name(options.running.environment_name));
  add_actor_option(line, options.running.actor);
  line.option("json", {"", "print one JSON object instead of text"}, into(options.json));
  line.option("quiet,q", {"", "print only the name of the record"}, into(options.quiet));
  return line;
}

/// The effects that were asked for; there is to be one at most.
std::vector<adversary::StatedEffect> stated_effects(const ClaimOptions& options) {
  std::vector<adversary::StatedEffect> all;
  if (options.ratio) all.emplace_back(adversary::StatedRatio{*options.ratio});
  if (options.percent) all.emplace_back(adversary::StatedRatio{adversary::with_percent_sign(*options.percent)});
  if (options.from && options.to) all.emplace_back(adversary::StatedValues{*options.from, *options.to});
  const Statistic statistic = options.statistic.value_or(Statistic::median);
  if (options.below) all.emplace_back(adversary::StatedLimit{Bound::at_most, *options.below, statistic});
  if (options.above) all.emplace_back(adversary::StatedLimit{Bound::at_least, *options.above, statistic});
  if (options.success) all.emplace_back(adversary::StatedRate{*options.success, options.at_least});
  if (options.not_worse) all.emplace_back(adversary::StatedNotWorse{*options.not_worse});
  if (options.correct) all.emplace_back(adversary::StatedCorrectness{*options.correct, ""});
  return all;
}

void check_options(const ClaimOptions& options, std::size_t effects) {
  const int acts = int{options.list} + int{options.withdraw.has_value()} + int{options.find.has_value()} +
                   int{options.record.has_value() || options.experiment.has_value()};
  if (acts != 1) throw Error("claim: say one of RECORD, --experiment FILE, --list, --find FILE, and --withdraw CLAIM");
  if (options.why.has_value() != options.withdraw.has_value()) throw Error("--withdraw and --why belong together");
  if (options.record && options.experiment) {
    throw Error("a claim rests on a record or on an experiment file: leave RECORD or --experiment out");
  }
  if (options.from.has_value() != options.to.has_value()) throw Error("--from and --to belong together");
  if (options.at_least && !options.success) throw Error("--at-least belongs to --success");
  if (options.statistic && !options.below && !options.above) {
    throw Error("--statistic belongs to --below and --above");
  }
  if (effects > 1) throw Error("a claim states one effect: make a claim of each");
  if (options.experiment && effects == 0) {
    throw Error(
        "--experiment needs what is claimed, such as --ratio 4x: nothing was measured that it could follow "
        "from");
  }
}

adversary::ClaimRequest request_of(const ClaimOptions& options, std::vector<adversary::StatedEffect> effects) {
  adversary::ClaimRequest request;
  if (!effects.empty()) request.effect = std::move(effects.front());
  request.workload = options.workload;
  request.state = options.state;
  request.treatment = options.treatment;
  request.metric = options.metric;
  return request;
}

/// The commit that --correct names, in the repository that arms are built from.
/// \param lab_root  where it is looked for if the plan's folder is not on this machine
void resolve_revision(adversary::ClaimRequest& request, const Plan& plan, const std::string& lab_root) {
  auto* const stated = std::get_if<adversary::StatedCorrectness>(&request.effect);
  if (stated == nullptr) return;
  const std::filesystem::path folder = std::filesystem::is_directory(plan.folder) ? plan.folder : lab_root;
  const std::string repository = (folder / (plan.variable.source ? plan.variable.source->repository : "")).string();
  stated->commit = for_option("--correct", [&] { return record::resolved_revision(repository, stated->revision); });
}

/// The claim that is about to be made, with what prices it.
struct PreparedClaim {
  record::Lab lab;
  Claim claim;
  std::optional<Record> record;
  std::string folder;  ///< whose repository the claim is about
};

PreparedClaim prepare_from_record(const ClaimOptions& options, adversary::ClaimRequest request) {
  record::Lab lab = lab_here();
  const record::RecordSummary summary = record::find_summary(lab, *options.record);
  Record record = record::read_record(lab, summary);
  if (record.plan.simulation) {
    throw Error(fmt::format("record {:04} is a simulation: it says nothing about any machine", record.number));
  }
  resolve_revision(request, record.plan, lab.root());
  Claim claim = adversary::claim_of_record(record, request);
  claim.record = summary.sha256;
  claim.hypothesis_sha256 = summary.hypothesis_sha256;
  std::string folder = lab.root();
  return {std::move(lab), std::move(claim), std::move(record), std::move(folder)};
}

PreparedClaim prepare_from_file(const ClaimOptions& options, adversary::ClaimRequest request) {
  const attempt::ExperimentFile experiment = read_experiment(*options.experiment, {});
  const attempt::FrozenPlan frozen = attempt::plan_experiment(experiment, options.running);
  record::Lab lab = lab_of(experiment);
  if (const std::optional<Refusal> refusal = attempt::weaker_than_before(frozen, lab)) throw error_of(*refusal);
  resolve_revision(request, frozen.plan, experiment.folder);
  Claim claim = adversary::claim_of_plan(frozen.plan, request);
  claim.hypothesis_sha256 = frozen.hypothesis_sha256;
  return {std::move(lab), std::move(claim), std::nullopt, experiment.folder};
}

/// What tells a challenger from the claimant, whatever name either acts under, and what was claimed with.
void add_origin(PreparedClaim& prepared, const ClaimOptions& options) {
  prepared.claim.git_identity = record::other_git_identity(record::current_actor(options.running.actor));
  const Plan& plan = prepared.record ? prepared.record->plan : *prepared.claim.plan;
  const std::string& revision = prepared.claim.revision;
  if (!revision.empty() && has_source(plan.variable)) return;  // the arms' own commits hold everything
  try {
    prepared.claim.inputs =
        revision.empty()
            ? adversary::declared_inputs(plan, plan.folder)
            : adversary::uncommitted_inputs(plan, record::folder_in_lab(prepared.lab.root(), plan.folder), revision);
  } catch (const Error&) {
    print_remark("assay: the inputs are not here any more: a challenge cannot compare them with what was claimed with");
  }
}

/// The commit that the record was measured at, if that can be told.
std::string revision_of_record(const PreparedClaim& prepared) {
  const std::vector<record::RecordSummary> records = record::list_records(prepared.lab);
  const adversary::MeasuredRevision measured = adversary::measured_revision(
      {prepared.lab, records}, record::existing_record(records, prepared.claim.record), *prepared.record);
  if (!measured.doubt.empty()) print_remark(fmt::format("assay: the claim lacks {}", printable(measured.doubt)));
  return measured.commit;
}

/// The commit that a challenge clones, unless the claim is about another one.
void add_revision(PreparedClaim& prepared, const ClaimOptions& options) {
  std::string& revision_of_claim = prepared.claim.revision;
  if (options.at && !revision_of_claim.empty()) throw Error("--at and --correct both name the revision: leave one out");
  if (options.at) {
    revision_of_claim = for_option("--at", [&] { return record::resolved_revision(prepared.folder, *options.at); });
  } else if (revision_of_claim.empty() && prepared.record) {
    revision_of_claim = revision_of_record(prepared);
  }
  if (!revision_of_claim.empty()) return;
  const record::CommittedRevision revision = record::committed_revision(prepared.folder);
  revision_of_claim = revision.commit;
  if (revision.has_other_changes) {
    print_remark(
        "assay: the working tree has changes that no commit holds: a challenge measures the commit without "
        "them");
  }
}

nlohmann::json claim_json(const record::ClaimStatus& claim, Date today) {
  return {{"record_name", claim.record.name},
          {"record_sha256", claim.record.sha256},
          {"experiment", claim.content.experiment},
          {"claim", claim.text},
          {"kind", name_of_alternative(claim.content.effect)},
          {"actor", claim.record.actor},
          {"revision", claim.content.revision},
          {"deadline", claim.content.deadline},
          {"overdue", is_overdue(claim, today)},
          {"standing", to_string(claim.standing)},
          {"passed_over", claim.passed_over},
          {"self_check", self_check_json(claim)},
          {"withdrawn_in", claim.withdrawn_in}};
}

std::string claim_line(const record::ClaimStatus& claim, Date today) {
  std::string standing = claim.withdrawn_in.empty() ? standing_text(claim) : "withdrawn in " + claim.withdrawn_in;
  if (is_overdue(claim, today)) standing += ", OVERDUE";
  return fmt::format("{:04}  {}  ({}; by {}{})\n", claim.record.number, printable(claim.text), standing,
                     printable(claim.record.actor),
                     claim.content.deadline.empty() ? "" : ", to be confirmed by " + claim.content.deadline);
}

ExitCode list_claims(const ClaimOptions& options) {
  const record::Lab lab = lab_here();
  const Date today = date_of(host::unix_time_ns());
  nlohmann::json list = nlohmann::json::array();
  std::string text;
  for (const record::ClaimStatus& claim : record::judged_claims(lab, record::list_records(lab), {})) {
    list.push_back(claim_json(claim, today));
    text += claim_line(claim, today);
  }
  if (options.json) {
    print_json({{"schema_version", 1}, {"command", "claim"}, {"claims", std::move(list)}});
  } else {
    print_output(text.empty() ? "no claims\n" : text);
  }
  return ExitCode::ok;
}

ExitCode find_claims(const ClaimOptions& options) {
  /// A report is read by people.
  constexpr std::size_t kLongestReport = std::size_t{16} << 20;
  const std::string document = host::read_file(*options.find, kLongestReport);
  const adversary::FoundClaims found = adversary::claims_in_document(document, record::Lab::find("."));
  if (options.json) {
    print_json(adversary::found_claims_json(found));
  } else if (!options.quiet) {
    print_output(adversary::found_claims_text(found, *options.find));
  }
  return ExitCode::ok;
}

ExitCode withdraw_claim(const ClaimOptions& options) {
  const record::Lab lab = lab_here();
  const record::RecordSummary claim = record::find_summary(lab, *options.withdraw);
  const std::string reason = given_text("--why", *options.why);
  const Entry entry = record::file_entry(lab, options.running.actor, [&](const auto& records) {
    return record::checked_withdrawal(lab, records, claim, reason);
  });
  if (!options.quiet) print_output(fmt::format("{}: {} is withdrawn\n", entry_name(entry), claim.name));
  return ExitCode::ok;
}

ExitCode make_claim(const ClaimOptions& options, std::vector<adversary::StatedEffect> effects) {
  const adversary::ClaimRequest request = request_of(options, std::move(effects));
  PreparedClaim prepared = options.record ? prepare_from_record(options, request) : prepare_from_file(options, request);
  if (options.deadline) prepared.claim.deadline = given_day("--deadline", *options.deadline);
  add_revision(prepared, options);
  add_origin(prepared, options);
  const std::optional<adversary::ClaimPrice> price =
      adversary::price_of(prepared.claim, prepared.record, options.noise, {.threads = thread_count(std::nullopt)});
  const adversary::ClaimCost cost = adversary::cost_of(prepared.claim, prepared.record, {});
  const std::string warning =
      adversary::point_warning(prepared.claim, adversary::exceeded_ends(prepared.claim, prepared.record));
  const Entry entry =
      record::file_entry(prepared.lab, options.running.actor, [&](const auto&) { return prepared.claim; });
  if (options.json) {
    print_json({{"schema_version", 1},
                {"command", "claim"},
                {"record_name", entry_name(entry)},
                {"claim", report::claim_headline(prepared.claim)},
                {"kind", name_of_alternative(prepared.claim.effect)},
                {"price", price ? adversary::price_json(*price) : nlohmann::json(nullptr)},
                {"blocks", cost.blocks},
                {"chance_if_exact", cost.if_exact ? nlohmann::json(*cost.if_exact) : nlohmann::json(nullptr)},
                {"warning", trimmed(warning)}});
  } else if (options.quiet) {
    print_output(entry_name(entry) + '\n');
  } else {
    print_output(fmt::format("{}: {}\n{}{}", entry_name(entry), printable(report::claim_headline(prepared.claim)),
                             price ? adversary::price_text(*price) : adversary::no_price_text(prepared.claim, cost),
                             warning));
  }
  return ExitCode::ok;
}

}  // namespace

ExitCode command_claim(const Arguments& arguments) {
  ClaimOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  std::vector<adversary::StatedEffect> effects = stated_effects(options);
  check_options(options, effects.size());
  if (options.list) return list_claims(options);
  if (options.find) return find_claims(options);
  if (options.withdraw) return withdraw_claim(options);
  return make_claim(options, std::move(effects));
}

}  // namespace assay::cli
