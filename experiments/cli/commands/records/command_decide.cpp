#include <algorithm>
#include <charconv>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/clock.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/adversary/independence.hpp"
#include "experiments/campaign/adoption.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/definition/milestones.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/acceptance.hpp"
#include "experiments/record/history/challenges.hpp"
#include "experiments/record/history/milestones.hpp"
#include "experiments/record/history/questions.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/verification/verification.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/decide_options.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/options.hpp"

namespace assay::cli {
namespace {

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
    adversary::require_other_than_claimant(lab, request->challenge, record::current_actor(options.actor));
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
  const std::string file = lab.root() + '/' + definition::kMilestonesFile;
  const std::vector<Milestone> all = definition::parse_milestones({file, host::read_file(file)});
  const auto found =
      std::find_if(all.begin(), all.end(), [&name](const Milestone& milestone) { return milestone.name == name; });
  if (found != all.end()) return *found;
  const std::vector<std::string_view> names = names_of(all);
  throw Error(fmt::format("\"{}\" is no milestone of {}: expected one of \"{}\"{}", printable(name), file,
                          fmt::join(names, "\", \""), did_you_mean(name, names)));
}

/// Whatever `assay verify` finds. Records that nobody can rely on show nothing.
std::vector<std::string> flaws_of(const record::Lab& lab) {
  record::VerificationScope whole;
  whole.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const record::Verification verification = record::verify_lab(lab, whole);
  if (!verification.difference) return {};
  return {
      fmt::format("the lab does not verify: {}: {}", verification.difference->where, verification.difference->what)};
}

Entry declare_done(const record::Lab& lab, const DecideOptions& options) {
  const Milestone milestone = stated_milestone(lab, *options.done);
  record::Declaration declaration{.actor = record::current_actor(options.actor),
                                  .now_ns = host::unix_time_ns(),
                                  .git_identity = host::git_user_email().value_or("")};
  declaration.objections = flaws_of(lab);
  if (declaration.objections.empty()) {
    declaration.objections = campaign::gone_from_head({lab, record::list_records(lab)}, milestone);
  }
  return record::file_entry(lab, options.actor, [&](const std::vector<record::RecordSummary>& records) {
    return record::checked_milestone({lab, records}, milestone, declaration);
  });
}

}  // namespace

ExitCode command_decide(const Arguments& arguments) {
  DecideOptions options;
  CommandLine line = decide_command_line(options);
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
  if (!options.quiet && std::holds_alternative<AllowedFinding>(entry.content)) {
    print_remark(fmt::format("assay: it counts once it is signed: assay sign {}", entry_name(entry)));
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
