#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/command_line.hpp"
#include "experiments/cli/inputs.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/cli/output.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/acceptance.hpp"
#include "experiments/record/history/challenges.hpp"
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
  std::vector<std::string> evidence;
  std::optional<std::string> why;
  std::optional<std::string> actor;
  bool quiet = false;
};

CommandLine command_line(DecideOptions& options) {
  CommandLine line(
      {.name = "decide",
       .synopsis = "",
       .about = "Records what people have to decide, and what they decided; accepts a finding that holds back a keep. "
                "`assay status` and DECISIONS.md show open questions until they are closed.",
       .exit_codes = {ExitCode::ok, ExitCode::error, ExitCode::refused},
       .examples = {"assay decide --open 'Which cache?' --option local --option shared --owner ada",
                    "assay decide --close 12 --choose shared --evidence 7 --why 'hits 94 %'",
                    "assay decide --accept 9 --why 'the flag means something else in this tool'",
                    "assay decide --accept 9:1 --why 'the removed sleep is the change'"}});
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
  line.begin_group("Options");
  add_actor_option(line, options.actor);
  line.option("quiet,q", {"", "print nothing"}, into(options.quiet));
  return line;
}

/// \throws Error for options that belong to the other half of the command.
void check_options(const DecideOptions& options) {
  const int asked = (options.open ? 1 : 0) + (options.close ? 1 : 0) + (options.accept ? 1 : 0);
  if (asked != 1) throw Error("decide: say one of --open QUESTION, --close RECORD and --accept RECORD");
  const bool answers = options.choose || !options.evidence.empty();
  if (!options.close && answers) throw Error("--choose and --evidence belong to --close");
  if (options.open && options.why) throw Error("--why belongs to --close and --accept, not to --open");
  const bool asks = !options.options.empty() || options.owner || options.due;
  if (!options.open && asks) throw Error("--option, --owner and --due belong to --open");
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
  } else {
    const record::AnswerRequest request = answer_of(lab, options);
    entry = record::file_entry(lab, options.actor,
                               [&](const auto& records) { return record::checked_answer(lab, records, request); });
  }
  if (!options.quiet) print_output(entry_name(entry) + "\n");
  return ExitCode::ok;
}

}  // namespace assay::cli
