#include "experiments/adversary/reviews/document_challenge.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "experiments/adversary/fresh_copy.hpp"
#include "experiments/adversary/reviews/command_runs.hpp"
#include "experiments/adversary/reviews/document_commands.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/committed_revision.hpp"
#include "experiments/record/history/baselines_in_force.hpp"
#include "experiments/record/reviews/baseline_items.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::adversary {
namespace {

namespace fs = std::filesystem;

/// The baseline of the same experiment and environment that the commands have measured; std::nullopt if none has.
std::optional<Baseline> measured_by_commands(const record::Lab& clone, const ReviewedBaseline& stated) {
  const std::vector<record::RecordSummary> records = record::list_records(clone);
  const record::RecordSummary* const newest =
      record::newest_of(records, stated.summary.kind, {stated.summary.experiment, stated.summary.environment_name});
  if (newest == nullptr || newest->sha256 == stated.summary.sha256) return std::nullopt;
  return content_of(reviewed_baseline(clone, *newest));
}

/// "assay" in a folder of its own, so that documents find this program.
std::string tools_folder(const std::string& root, const std::string& program) {
  const std::string folder = root + "/b";
  host::make_folder(folder);
  std::error_code failure;
  fs::create_symlink(program, folder + "/assay", failure);
  if (failure) throw Error(fmt::format("cannot make {}/assay: {}", folder, failure.message()));
  return folder;
}

Review review_of_commands(const PreparedDocumentChallenge& prepared, const ReviewedBaseline& baseline,
                          const std::vector<ReviewItem>& commands, std::optional<Baseline> again,
                          const ChallengeOptions& options) {
  Review review = begun_review(prepared.lab, baseline, ReviewSubject::document, prepared.document, options.running);
  review.document_sha256 = prepared.document_sha256;
  review.revision = prepared.revision;
  review.again = {"a fresh clone at " + prepared.revision,
                  report::count_text(static_cast<int>(commands.size()), "command") + " of the document"};
  review.items = commands;
  for (const std::string& command : prepared.left_out) {
    review.not_again.push_back(command + ": no change was adopted, so there is no gain to measure");
  }
  if (!again) {
    review.not_again.emplace_back("the figures: no command of the document measured this baseline again");
    return review;
  }
  const std::vector<ReviewItem> figures = record::baseline_items({content_of(baseline), *again});
  review.items.insert(review.items.end(), figures.begin(), figures.end());
  review.samples = std::move(again);
  return review;
}

/// A gain is that of adopted changes: without one its command rightly measures nothing.
void leave_gains_out(const std::vector<record::RecordSummary>& records, PreparedDocumentChallenge& prepared) {
  const bool any_adopted = std::any_of(records.begin(), records.end(), [](const record::RecordSummary& record) {
    return record.kind == RecordKind::adoption;
  });
  if (any_adopted) return;
  const auto gains = std::stable_partition(prepared.commands.begin(), prepared.commands.end(),
                                           [](const std::string& command) { return !measures_gain(command); });
  prepared.left_out.assign(gains, prepared.commands.end());
  prepared.commands.erase(gains, prepared.commands.end());
}

/// Removes the clone however the challenge ends.
class CloneRemoval {
 public:
  explicit CloneRemoval(std::string root) : root_(std::move(root)) {}
  ~CloneRemoval() { remove_copy(root_); }
  CloneRemoval(const CloneRemoval&) = delete;
  CloneRemoval& operator=(const CloneRemoval&) = delete;

 private:
  std::string root_;
};

}  // namespace

PreparedDocumentChallenge prepare_document_challenge(const record::Lab& lab, const std::string& document) {
  const std::string text = host::read_file(fmt::format("{}/{}", lab.root(), document));
  PreparedDocumentChallenge prepared{.lab = lab,
                                     .document = document,
                                     .document_sha256 = host::sha256(text),
                                     .commands = document_commands(text),
                                     .left_out = {},
                                     .revision = record::committed_revision(lab.root()).commit,
                                     .baselines = {}};
  if (prepared.commands.empty()) {
    throw Error(fmt::format("{} names no command below a heading \"{}\": there is nothing to challenge", document,
                            kMeasureAgain));
  }
  if (prepared.revision.empty()) {
    throw Error(fmt::format("{} is in no repository: the commands of a document are run in a clean clone", document));
  }
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  leave_gains_out(records, prepared);
  for (record::BaselineInForce& baseline : record::baselines_in_force(lab, records)) {
    prepared.baselines.push_back({baseline.summary, std::move(baseline.entry)});
  }
  if (prepared.baselines.empty()) {
    throw Error(fmt::format("no baseline is in force: the commands of {} have no figures to give", document));
  }
  return prepared;
}

DocumentEnding run_document_challenge(const PreparedDocumentChallenge& prepared, const std::string& program,
                                      const ChallengeOptions& options, attempt::Observer& observer) {
  const std::string root = new_copy_root();
  const CloneRemoval removal(root);
  const FreshCopy copy = make_lab_copy(prepared.lab.root(), {.root = root, .revision = prepared.revision});
  const auto commands = run_commands(prepared.commands,
                                     {.folder = copy.folder,
                                      .home = copy.home,
                                      .tools = tools_folder(root, program),
                                      .actor = record::current_actor(options.running.actor)},
                                     options.running, observer);
  if (!commands) return DocumentInterrupted{};
  const record::Lab clone = record::Lab::create(copy.folder);
  std::vector<FiledReview> filed;
  for (const ReviewedBaseline& baseline : prepared.baselines) {
    Review review = review_of_commands(prepared, baseline, *commands, measured_by_commands(clone, baseline), options);
    filed.push_back(file_review(prepared.lab, std::move(review), options.running));
  }
  return filed;
}

}  // namespace assay::adversary
