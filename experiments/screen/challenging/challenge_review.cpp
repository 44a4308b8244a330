#include "experiments/screen/challenging/challenge_review.hpp"

#include <filesystem>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/adversary/foreign_commands.hpp"
#include "experiments/adversary/reviews/attribution_challenge.hpp"
#include "experiments/adversary/reviews/baseline_challenge.hpp"
#include "experiments/adversary/reviews/document_challenge.hpp"
#include "experiments/adversary/reviews/document_commands.hpp"
#include "experiments/campaign/control_plan.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/tree.hpp"
#include "experiments/report/entries/review_text.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/screen/refusal_text.hpp"

namespace assay::screen {
namespace {

using adversary::FiledReview;

const Review& review_of(const FiledReview& filed) {
  return std::get<Review>(filed.entry.content);
}

nlohmann::json review_json(const FiledReview& filed) {
  Review content = review_of(filed);
  content.samples.reset();
  nlohmann::json object = formats::tree_of(content);
  object["record_name"] = entry_name(filed.entry);
  object["record_sha256"] = filed.sha256;
  object["challenger"] = filed.entry.actor;
  object["grade_text"] = report::review_grade_text(content);
  object["next_step"] = report::review_next_step(content, entry_name(filed.entry));
  return object;
}

std::string review_text(const FiledReview& filed) {
  const Review& review = review_of(filed);
  std::string text =
      fmt::format("\n{}: {} {}\n", entry_name(filed.entry), to_string(review.subject), printable(review.text));
  if (review.independence == Independence::self_check) {
    text += "  counts as a self-check: the claimant's name, git identity or key is yours\n";
  }
  for (const ReviewItem& item : review.items) {
    const bool holds = item.fault == ReviewFault::none;
    text += fmt::format("  {}  {}\n", holds ? "holds   " : "NOT SO  ", printable(report::review_item_text(item)));
  }
  for (const std::string& left : review.not_again) text += fmt::format("  not done  {}\n", printable(left));
  text += fmt::format("  grade     {}\n", printable(report::review_grade_text(review)));
  return text + fmt::format("  next      {}\n", printable(report::review_next_step(review, entry_name(filed.entry))));
}

ExitCode print_reviews(const std::vector<FiledReview>& all, const ChallengeCommandOptions& options) {
  const Grade grade = adversary::grade_of_all(all);
  if (options.output.json) {
    nlohmann::json reviews = nlohmann::json::array();
    for (const FiledReview& filed : all) reviews.push_back(review_json(filed));
    print_json({{"schema_version", 1},
                {"command", "challenge"},
                {"grade", to_string(grade)},
                {"reviews", std::move(reviews)}});
    return exit_code_of(grade);
  }
  for (const FiledReview& filed : all) {
    print_output(options.output.quiet ? fmt::format("{}: {}\n", entry_name(filed.entry),
                                                    printable(report::review_grade_text(review_of(filed))))
                                      : review_text(filed));
  }
  return exit_code_of(grade);
}

std::string preview_text(const adversary::PreparedBaselineChallenge& prepared) {
  const Review& review = prepared.review;
  std::string text =
      fmt::format("{}: baseline {}\n  recorded by {}; this is challenge {}\n", prepared.target.summary.name,
                  printable(review.text), printable(review.claimant), review.number);
  if (review.independence == Independence::self_check) {
    text += "  the claimant's name, git identity or key is yours: a self-check, which does not count as verified\n";
  }
  text += fmt::format("  {} of each of {}\n", report::count_text(prepared.repetition.runs, "trial"),
                      report::count_text(static_cast<int>(cells(prepared.repetition.plan).size()), "cell"));
  text += prepared.repetition.copy.revision.empty()
              ? fmt::format("It will run foreign code, from a copy of the declared inputs in {}:\n",
                            printable(prepared.lab.root()))
              : fmt::format("It will build and run foreign code, from a fresh clone of {} at {}:\n",
                            printable(prepared.lab.root()), prepared.repetition.copy.revision);
  for (const std::string& command : adversary::foreign_commands(campaign::control_plan(prepared.repetition.plan))) {
    text += fmt::format("  {}\n", printable(command));
  }
  return text;
}

ExitCode run_prepared(const adversary::PreparedBaselineChallenge& prepared, const ChallengeCommandOptions& options) {
  ProgressDisplay display(real_progress_output(options.output));
  adversary::ReviewEnding ending = adversary::run_baseline_challenge(prepared, options.challenge, display);
  if (const auto* refusal = std::get_if<Refusal>(&ending)) throw error_of(*refusal);
  if (const auto* interrupted = std::get_if<campaign::BaselineInterrupted>(&ending)) {
    print_remark(fmt::format("assay: interrupted after {} of {} trials; nothing was recorded", interrupted->measured,
                             interrupted->planned));
    return ExitCode::interrupted;
  }
  return print_reviews({std::get<FiledReview>(std::move(ending))}, options);
}

std::string preview_text(const adversary::PreparedDocumentChallenge& prepared) {
  std::string text = fmt::format(
      "{}: what it says below \"{}\"\nIt will run these commands in a fresh clone of {} at {}:\n",
      printable(prepared.document), adversary::kMeasureAgain, printable(prepared.lab.root()), prepared.revision);
  for (const std::string& command : prepared.commands) text += fmt::format("  {}\n", printable(command));
  return text;
}

ExitCode run_prepared(const adversary::PreparedDocumentChallenge& prepared, const ChallengeCommandOptions& options) {
  ProgressDisplay display(real_progress_output(options.output));
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").string();
  const adversary::DocumentEnding ending =
      adversary::run_document_challenge(prepared, program, options.challenge, display);
  if (const auto* filed = std::get_if<std::vector<FiledReview>>(&ending)) return print_reviews(*filed, options);
  print_remark("assay: interrupted; nothing was recorded");
  return ExitCode::interrupted;
}

}  // namespace

std::optional<std::string> challenged_document(const record::Lab& lab, const std::string& word) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (!fs::is_regular_file(word, ignored)) return std::nullopt;
  const fs::path relative =
      fs::weakly_canonical(host::absolute_path(word)).lexically_relative(fs::weakly_canonical(lab.root()));
  if (relative.empty() || *relative.begin() == "..") {
    throw Error(
        fmt::format("{} is not a document of the lab in {}: its documents lie below that folder", word, lab.root()));
  }
  return relative.string();
}

ExitCode challenge_baseline(const record::Lab& lab, const record::RecordSummary& given,
                            const ChallengeCommandOptions& options) {
  const adversary::PreparedBaselineChallenge prepared =
      adversary::prepare_baseline_challenge(lab, given, options.challenge);
  if (talks(options)) print_output(preview_text(prepared));
  try {
    if (agrees(options)) return run_prepared(prepared, options);
  } catch (...) {
    adversary::remove_copy(prepared.repetition.copy.root);
    throw;
  }
  adversary::remove_copy(prepared.repetition.copy.root);
  return ExitCode::refused;
}

ExitCode challenge_document(const record::Lab& lab, const std::string& document,
                            const ChallengeCommandOptions& options) {
  if (document == adversary::kAttributionDocument) {
    return print_reviews(adversary::challenge_attributions(lab, options.challenge), options);
  }
  const adversary::PreparedDocumentChallenge prepared = adversary::prepare_document_challenge(lab, document);
  if (talks(options)) print_output(preview_text(prepared));
  return agrees(options) ? run_prepared(prepared, options) : ExitCode::refused;
}

}  // namespace assay::screen
