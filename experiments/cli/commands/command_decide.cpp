#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/clock.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/campaign/adoption.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/command_line.hpp"
#include "experiments/cli/inputs.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/definition/milestones.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/acceptance.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/history/milestones.hpp"
#include "experiments/record/history/questions.hpp"
#include "experiments/record/record_search.hpp"

namespace assay::cli {
namespace {

struct DecideOptions {
  std::optional<std::string> open;
  std::vector<std::string> options;
  std::optional<std::string> owner;
  std::optional<std::string> due;
  std::optional<std::string> close;
  std::optional<std::string> choose;
  std::optional<std::string> accept;
  std::optional<std::string> adopt;
  std::optional<std::string> revert;
  std::optional<std::string> commit;
  std::optional<std::string> in_file;
  std::optional<std::string> done;
  std::vector<std::string> evidence;
  std::optional<std::string> why;
  std::optional<std::string> actor;
  bool quiet = false;
};

CommandLine command_line(DecideOptions& options) {
  CommandLine line(
      {.name = "decide",
       .synopsis = "",
       .about = "Records what people have to decide, and what they decided; accepts a finding that holds back a keep; "
                "records that a revision holds a kept change, or holds it no more. `assay status` and DECISIONS.md "
                "show open questions until they are closed, and what became of each kept change.",
       .exit_codes = {ExitCode::ok, ExitCode::error, ExitCode::refused},
       .examples = {"assay decide --open 'Which cache?' --option local --option shared --owner ada",
                    "assay decide --close 12 --choose shared --evidence 7 --why 'hits 94 %'",
                    "assay decide --accept 9 --why 'the flag means something else in this tool'",
                    "assay decide --accept 9:1 --why 'the removed sleep is the change'",
                    "assay decide --adopt 7 --commit HEAD", "assay decide --adopt 8 --commit HEAD --in deploy.conf",
                    "assay decide --revert 7 --commit HEAD", "assay decide --done fast-deploy"}});
  line.begin_group("To ask");
  line.option("open", {"QUESTION", "what is to be decided"}, into(options.open));
  line.option("option", {"TEXT", "a possible answer; two or more"}, into(options.options));
  line.option("owner", {"NAME", "who is to decide"}, into(options.owner));
  line.option("due", {"DATE", "the day by which it is due, such as 2030-01-31"}, into(options.due));
  line.begin_group("To answer");
  line.option("close", {"RECORD", "the question's record: a number, a name or digits of its hash"},
              into(options.close));
  line.option("choose", {"TEXT", "one of its options"}, into(options.choose));
  line.option("evidence", {"RECORD", "a record that the answer rests on; may be given several times"},
              into(options.evidence));
  line.option("why", {"TEXT", "why this one, or why it may be kept"}, into(options.why));
  line.begin_group("To accept");
  line.option("accept",
              {"RECORD",
               "an attempt whose keep is held back because it is near another question, or because the change alters "
               "what checks it; or a finding of a challenge, such as 9:2. --why says why it is kept all the same"},
              into(options.accept));
  line.begin_group("To adopt");
  line.option("adopt",
              {"RECORD",
               "an attempt that was kept: a revision holds its change now. A patch or revision has to apply to it in "
               "reverse, a file to be treatment's, and any other level to be in the file that --in names"},
              into(options.adopt));
  line.option("revert", {"RECORD", "an attempt: the revision does not hold its change, or holds it no more"},
              into(options.revert));
  line.option("commit", {"REVISION", "the revision to look into"}, into(options.commit));
  line.option("in", {"FILE", "the file that says the level, such as a script or a configuration"},
              into(options.in_file));
  line.begin_group("To finish");
  line.option("done",
              {"MILESTONE",
               "a milestone of milestones.toml, beside .assay/: every criterion has to hold now, and another actor has "
               "to have confirmed it with a signature in the last 24 h; else exit code 5 with what is missing"},
              into(options.done));
  line.begin_group("Options");
  add_actor_option(line, options.actor);
  line.option("quiet,q", {"", "print nothing"}, into(options.quiet));
  return line;
}

/// \throws Error for options that belong to another part of the command.
void check_options(const DecideOptions& options) {
  const bool changes = options.adopt || options.revert;
  const int asked = (options.open ? 1 : 0) + (options.close ? 1 : 0) + (options.accept ? 1 : 0) +
                    (options.adopt ? 1 : 0) + (options.revert ? 1 : 0) + (options.done ? 1 : 0);
  if (asked != 1) {
    throw Error(
        "decide: say one of --open QUESTION, --close RECORD, --accept RECORD, --adopt RECORD, --revert RECORD and "
        "--done MILESTONE");
  }
  const bool answers = options.choose || !options.evidence.empty();
  if (!options.close && answers) throw Error("--choose and --evidence belong to --close");
  if ((options.open || options.done) && options.why) {
    throw Error("--why belongs to --close, --accept, --adopt and --revert");
  }
  const bool asks = !options.options.empty() || options.owner || options.due;
  if (!options.open && asks) throw Error("--option, --owner and --due belong to --open");
  if (!changes && (options.commit || options.in_file)) throw Error("--commit and --in belong to --adopt and --revert");
  if (changes && !options.commit) throw Error("--commit is missing: say which revision to look into, such as HEAD");
}

std::vector<std::string> given_options(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  for (const std::string& text : texts) {
    const std::string option = given_text("--option", text);
    if (std::find(all.begin(), all.end(), option) != all.end()) {
      throw Error(fmt::format("--option \"{}\" is given twice", option));
    }
    all.push_back(option);
  }
  if (all.size() < 2) throw Error("--open needs two or more possible answers, each with --option");
  return all;
}

Question question_of(const DecideOptions& options) {
  return {.text = given_text("--open", *options.open),
          .options = given_options(options.options),
          .owner = given_text("--owner", options.owner.value_or("")),
          .due = options.due ? given_day("--due", *options.due) : ""};
}

record::AnswerRequest answer_of(const record::Lab& lab, const DecideOptions& options) {
  record::AnswerRequest request{.question = record::find_summary(lab, *options.close),
                                .chosen = given_text("--choose", options.choose.value_or("")),
                                .evidence = {},
                                .reason = given_text("--why", options.why.value_or(""))};
  for (const std::string& which : options.evidence) {
    request.evidence.push_back(record::find_summary(lab, which).sha256);
  }
  return request;
}

/// "9:2" is the second finding of record 9; std::nullopt for anything else, such as a record.
std::optional<record::AllowanceRequest> allowance_of(const record::Lab& lab, const DecideOptions& options) {
  const std::string& text = *options.accept;
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data() + colon + 1, end, number);
  if (failure != std::errc() || rest != end || number < 1) {
    throw Error(fmt::format("--accept: \"{}\" is not a finding: expected a record and a number, such as 9:2", text));
  }
  return record::AllowanceRequest{.challenge = record::find_summary(lab, text.substr(0, colon)),
                                  .finding = number,
                                  .reason = given_text("--why", options.why.value_or(""))};
}

/// Accepts a finding of a challenge, or what held the keep of an attempt back.
Entry accept(const record::Lab& lab, const DecideOptions& options) {
  if (const auto request = allowance_of(lab, options)) {
    return record::file_entry(lab, options.actor,
                              [&](const auto&) { return record::checked_allowance(lab, *request); });
  }
  const record::AcceptanceRequest request{.attempt = record::find_summary(lab, *options.accept),
                                          .reason = given_text("--why", options.why.value_or(""))};
  return record::file_entry(lab, options.actor,
                            [&](const auto& records) { return record::checked_acceptance(records, request); });
}

/// Adopts or reverts. \throws Error (refused) that says how to record what nothing shows.
Entry settle_change(const record::Lab& lab, const DecideOptions& options) {
  campaign::ChangeRequest request{
      .attempt = record::find_summary(lab, options.adopt ? *options.adopt : *options.revert),
      .revision = *options.commit,
      .file = std::nullopt,
      .reason = std::nullopt,
      .actor = options.actor};
  if (options.in_file) request.file = std::filesystem::absolute(*options.in_file).string();
  if (options.why) request.reason = given_text("--why", *options.why);
  auto settled = options.adopt ? campaign::adopt(lab, request) : campaign::revert(lab, request);
  if (auto* entry = std::get_if<Entry>(&settled)) return std::move(*entry);
  const auto& unshown = std::get<campaign::UnshownChange>(settled);
  throw Error(fmt::format("nothing shows that {} {} the change of {}: {}; --why TEXT records it all the same, and --in "
                          "FILE names a file that says the level",
                          short_object_id(unshown.commit), options.adopt ? "holds" : "does not hold",
                          request.attempt.name, unshown.why),
              ErrorKind::refused);
}

/// The milestone of that name in the lab's file. \throws Error that lists those that are there.
Milestone stated_milestone(const record::Lab& lab, const std::string& name) {
  const std::string file = lab.root() + "/milestones.toml";
  const std::vector<Milestone> all = definition::parse_milestones({file, host::read_file(file)});
  const auto found =
      std::find_if(all.begin(), all.end(), [&name](const Milestone& milestone) { return milestone.name == name; });
  if (found != all.end()) return *found;
  const std::vector<std::string_view> names = names_of(all);
  throw Error(fmt::format("\"{}\" is no milestone of {}: expected one of \"{}\"{}", printable(name), file,
                          fmt::join(names, "\", \""), did_you_mean(name, names)));
}

Entry declare_done(const record::Lab& lab, const DecideOptions& options) {
  const Milestone milestone = stated_milestone(lab, *options.done);
  const record::Declaration declaration{.actor = record::current_actor(options.actor), .now_ns = host::unix_time_ns()};
  return record::file_entry(lab, options.actor, [&](const std::vector<record::RecordSummary>& records) {
    return record::checked_milestone({lab, records}, milestone, declaration);
  });
}

}  // namespace

ExitCode command_decide(const Arguments& arguments) {
  DecideOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_options(options);
  const record::Lab lab = lab_here();
  Entry entry;
  if (options.open) {
    Question question = question_of(options);
    entry = record::file_entry(lab, options.actor, [&](const auto&) { return question; });
  } else if (options.accept) {
    entry = accept(lab, options);
  } else if (options.adopt || options.revert) {
    entry = settle_change(lab, options);
  } else if (options.done) {
    entry = declare_done(lab, options);
  } else {
    const record::AnswerRequest request = answer_of(lab, options);
    entry = record::file_entry(lab, options.actor,
                               [&](const auto& records) { return record::checked_answer(lab, records, request); });
  }
  if (!options.quiet) print_output(entry_name(entry) + "\n");
  return ExitCode::ok;
}

}  // namespace assay::cli
