#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "experiments/report/entries/challenge_text.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/report/entries/review_lines.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/markdown.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

std::string figure_row(std::string_view what, std::string_view figure) {
  return fmt::format("| {} | {} |\n", what, markdown_text(figure));
}

std::string end_text(const std::optional<double>& end) {
  return end ? beyond_one_text(*end) + "x" : "no bound";
}

std::string range_text(const MeasuredRange& range) {
  if (!range.low && !range.high) return "no bound";
  return fmt::format("{} to {}", end_text(range.low), end_text(range.high));
}

/// What the claimant's record shows of the claim. Figures without an interval have two equal ends.
struct RecordWords {
  const ClaimedMetric& metric;
  const MeasuredRange& range;

  std::string operator()(const ClaimedRatio&) const { return range_text(range); }
  std::string operator()(const ClaimedNotWorse&) const { return range_text(range); }
  std::string operator()(const ClaimedLimit& claimed) const {
    if (!range.low) return "no figure";
    return fmt::format("{} {}", to_string(claimed.statistic),
                       quantity_text(*range.low, scale_for(*range.low, metric.unit)));
  }
  std::string operator()(const ClaimedRate&) const { return share("succeeded"); }
  std::string operator()(const ClaimedCorrectness&) const { return share("passed"); }

  [[nodiscard]] std::string share(std::string_view did) const {
    return range.low ? fmt::format("{} of blocks {}", share_text(*range.low), did) : "no figure";
  }
};

std::string claimants_text(const ChallengeEntry& challenge) {
  if (!challenge.rests_on) return "nothing was measured";
  return std::visit(RecordWords{challenge.metric, *challenge.rests_on}, challenge.effect);
}

bool has_controls(const ChallengeEntry& challenge) {
  return challenge.result.again.low || challenge.result.again.high || challenge.result.planted.low ||
         challenge.result.planted.high;
}

/// Figures side by side: what was claimed, what the claimant measured, what the challenger measured.
std::string figures_of(const ChallengeEntry& challenge, const GradedClaim& graded) {
  std::string text = "\n| | |\n|---|---|\n";
  text += figure_row("claimed", claimed_effect_text(challenge.metric, challenge.effect));
  text += figure_row("claimant's record", claimants_text(challenge));
  text += figure_row("challenger", measured_text(graded));
  if (has_controls(challenge)) {
    text += figure_row("control against itself", range_text(challenge.result.again));
    text += figure_row("planted change", fmt::format("{}, {}", challenge.result.planted_found ? "found" : "not found",
                                                     range_text(challenge.result.planted)));
  }
  return text + "\n";
}

const AcceptedFinding* acceptance_of(const ReviewContext& context, int finding) {
  const auto found = std::find_if(context.accepted.begin(), context.accepted.end(),
                                  [finding](const AcceptedFinding& one) { return one.finding == finding; });
  return found == context.accepted.end() ? nullptr : &*found;
}

std::string findings_of(const ChallengeEntry& challenge, const ReviewContext& context) {
  if (challenge.findings.empty()) return review_line("findings", "none");
  std::string text;
  int number = 0;
  for (const ReviewFinding& finding : challenge.findings) {
    const AcceptedFinding* const accepted = acceptance_of(context, ++number);
    text += review_line(fmt::format("finding {}", number),
                        accepted == nullptr ? finding_text(finding) + " (not examined)"
                                            : fmt::format("{} (accepted by {}: {})", finding_text(finding),
                                                          accepted->actor, accepted->reason));
  }
  return text;
}

/// How many edits nobody has examined, as part of the grade.
std::string unexamined_text(const ChallengeEntry& challenge, const ReviewContext& context) {
  int open = 0;
  for (int number = 1; number <= static_cast<int>(challenge.findings.size()); ++number) {
    open += acceptance_of(context, number) == nullptr ? 1 : 0;
  }
  return open == 0 ? "" : fmt::format(", {} not examined", count_text(open, "edit"));
}

/// What the claim comes to beside the claimant's workload.
std::string own_inputs_of(const ChallengeEntry& challenge) {
  std::string text = review_line("in short", own_inputs_summary(challenge.result.grade, challenge.own_inputs));
  for (const OwnInputGrade& own : challenge.own_inputs) {
    text += review_line(markdown_text(own_input_title(own, "challenger's input")),
                        own_input_text({challenge.metric, challenge.effect, own.result}));
  }
  return text;
}

}  // namespace

std::string review_section(const Entry& entry, const ReviewContext& context) {
  const auto& challenge = std::get<ChallengeEntry>(entry.content);
  const std::string failed = failed_text(challenge);
  const GradedClaim graded{challenge.metric, challenge.effect, challenge.result, failed};
  std::string text = fmt::format("## {:04} {}: {}\n\n", entry.number, to_string(challenge.result.grade),
                                 markdown_text(challenge.text));
  text += review_line("claim", "record SHA-256 " + challenge.claim);
  text += review_work_lines(review_work(entry, challenge, context, "claim"));
  text += figures_of(challenge, graded);
  text += review_line("checks", challenge.checks.empty() ? "none are declared" : joined_text(challenge.checks));
  text += findings_of(challenge, context);
  text += review_line("grade", grade_text(graded) + unexamined_text(challenge, context));
  text += own_inputs_of(challenge);
  text += review_line("samples", "record SHA-256 " + challenge.record);
  text += review_line("date", utc_text(entry.created_ns));
  text += fmt::format("- record: {}, SHA-256 {}\n", markdown_code(entry_name(entry) + ".json"), context.sha256);
  return text;
}

}  // namespace assay::report
