#include "experiments/report/entries/challenge_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/utf8.hpp"
#include "experiments/report/entries/claim_text.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

std::string times_text(double ratio) {
  return beyond_one_text(ratio) + "x";
}

std::string value_or(const std::optional<double>& value, std::string (*text)(double)) {
  return value ? text(*value) : "no bound";
}

std::string range_text(const MeasuredRange& range, std::string (*text)(double)) {
  if (!range.low && !range.high) return "no bound";
  return fmt::format("{} to {}", value_or(range.low, text), value_or(range.high, text));
}

/// Blocks and confidence of the interval.
std::string with_interval(const ChallengeResult& result, std::string (*text)(double)) {
  return fmt::format("({} interval {}), {}", share_text(result.confidence), range_text(result.measured, text),
                     count_text(result.blocks, "block"));
}

struct MeasuredWords {
  const ClaimedMetric& metric;
  const ChallengeResult& result;

  std::string operator()(const ClaimedRatio&) const { return ratio(); }
  std::string operator()(const ClaimedNotWorse&) const { return ratio(); }
  std::string operator()(const ClaimedRate&) const {
    if (!result.estimate) return "nothing was measured";
    return fmt::format("{} succeeded {}", share_text(*result.estimate), with_interval(result, share_text));
  }
  std::string operator()(const ClaimedLimit& claimed) const {
    if (!result.estimate) return "nothing was measured";
    return fmt::format("{} {}, {}", to_string(claimed.statistic),
                       quantity_text(*result.estimate, scale_for(*result.estimate, metric.unit)),
                       count_text(result.blocks, "block"));
  }
  std::string operator()(const ClaimedCorrectness&) const {
    if (!result.estimate) return "nothing was measured";
    return fmt::format("{} of {} passed", share_text(*result.estimate), count_text(result.blocks, "block"));
  }

  [[nodiscard]] std::string ratio() const { return bounds() + among_good(); }

  [[nodiscard]] std::string among_good() const {
    if (!result.among_good) return "";
    const GoodBlocks& good = *result.among_good;
    if (!good.estimate) return "; there is no block in which nothing failed";
    return fmt::format("; {} better in the {} in which nothing failed: no grade", times_text(*good.estimate),
                       count_text(good.blocks, "block"));
  }

  [[nodiscard]] std::string bounds() const {
    if (result.blocks == 0) return "nothing was measured";
    if (!result.estimate && !result.measured.low && !result.measured.high) {
      return fmt::format("nothing bounds it after {}", count_text(result.blocks, "block"));
    }
    const std::string estimate = result.estimate ? times_text(*result.estimate) + " better " : "";
    return estimate + with_interval(result, times_text);
  }
};

std::string why_inconclusive(const GradedClaim& graded) {
  const ChallengeResult& result = graded.result;
  const std::string more = result.blocks_needed ? fmt::format("; about {} would tell",
                                                              count_text(rounded_up(*result.blocks_needed), "block"))
                                                : "";
  switch (result.reason) {
    case GradeReason::plant_missed:
      return "these blocks did not find the planted change, so they cannot show that there is no difference" + more;
    case GradeReason::control_fails:
      return "control was measured in too few blocks";
    case GradeReason::one_session:
      return "this session only: a limit takes six sessions, at least an hour apart";
    case GradeReason::interrupted:
      if (graded.cap == 0) return fmt::format("closed after {}", count_text(result.blocks, "block"));
      return fmt::format("closed after {} of {} blocks", result.blocks, graded.cap);
    case GradeReason::unannounced:
      return "an improvement is shown, but in a place where nothing announces that it is measured, an arm was unlike "
             "all of its trials";
    case GradeReason::earlier_runs:
      return "an improvement is shown, but treatment was slow again in a fresh place: "
             "it lives on what its earlier runs left";
    default:
      return "these blocks hold both what the claim needs and less" + more;
  }
}

std::string why_invalid(GradeReason reason) {
  switch (reason) {
    case GradeReason::control_differs:
      return "control differs from itself, so something else than the arms decides what is measured";
    case GradeReason::guard:
      return "a guard is worse beyond its margin";
    case GradeReason::failed_trials:
      return "treatment fails, or fails checks, where control does not";
    case GradeReason::weakened:
      return "what control's checks catch passes treatment's";
    default:
      return "the comparison is invalid, as its verdict says";
  }
}

/// Why the largest claim lies above the near end of the interval: nine tenths of a claimed gain confirm it.
std::string why_largest(const ChallengeResult& result) {
  if (!result.measured.low) return "";
  return fmt::format(" (nine tenths of its gain are enough: {})", times_text(*result.measured.low));
}

std::string exaggerated_words(const ChallengeResult& result) {
  if (!result.largest_claim) return "treatment is better, but by less than claimed";
  return fmt::format("treatment is better, but by less; the largest claim that these blocks confirm is {}{}",
                     times_text(*result.largest_claim), why_largest(result));
}

/// A rate of which all of 100 % would have to be shown.
bool cannot_be_confirmed(const ClaimedEffect& effect) {
  const auto* const rate = std::get_if<ClaimedRate>(&effect);
  return rate != nullptr && rate->floor.value_or(rate->rate) >= 1;
}

/// Records of 0.1.0 say only in the words of each check how it came out.
std::vector<std::string_view> worded_as_failed(const std::vector<std::string>& checks) {
  std::vector<std::string_view> failed;
  for (const std::string& check : checks) {
    if (!check.ends_with(": passed") && !check.starts_with("planted ")) failed.emplace_back(check);
  }
  return failed;
}

std::vector<std::string_view> failed_checks(const ChallengeEntry& challenge) {
  if (challenge.failed_checks.empty()) return worded_as_failed(challenge.checks);
  std::vector<std::string_view> failed;
  for (const int number : challenge.failed_checks) {
    const auto index = static_cast<std::size_t>(number - 1);
    if (index < challenge.checks.size()) failed.emplace_back(challenge.checks[index]);
  }
  return failed;
}

}  // namespace

std::string failed_text(const ChallengeEntry& challenge) {
  if (challenge.result.grade != Grade::invalid) return "";
  if (challenge.result.reason == GradeReason::weakened && !challenge.findings.empty()) {
    return finding_text(challenge.findings.front());
  }
  if (challenge.result.reason != GradeReason::failed_trials) return "";
  return fmt::format("{}", fmt::join(failed_checks(challenge), "; "));
}

std::string measured_text(const GradedClaim& graded) {
  return std::visit(MeasuredWords{graded.metric, graded.result}, graded.effect);
}

std::string grade_text(const GradedClaim& graded) {
  const ChallengeResult& result = graded.result;
  const std::string_view grade = to_string(result.grade);
  switch (result.grade) {
    case Grade::confirmed:
      return std::string(grade);
    case Grade::exaggerated:
      return fmt::format("{}: {}", grade, exaggerated_words(result));
    case Grade::refuted:
      return fmt::format("{}: what was measured lies below the claim, and no improvement is shown", grade);
    case Grade::inconclusive:
      return fmt::format("{}: {}", grade, why_inconclusive(graded));
    case Grade::invalid:
      break;
  }
  return fmt::format("{}: {}{}{}", grade, why_invalid(result.reason), graded.failed.empty() ? "" : ": ", graded.failed);
}

std::string next_step_text(const GradedClaim& graded) {
  const ChallengeResult& result = graded.result;
  switch (result.grade) {
    case Grade::confirmed:
      return "commit the lab, so that others see the grade in REVIEW.md";
    case Grade::exaggerated:
      return result.largest_claim ? fmt::format("withdraw the claim and state at most {} instead{}",
                                                times_text(*result.largest_claim), why_largest(result))
                                  : "withdraw the claim and state less";
    case Grade::refuted:
      return "withdraw the claim with: assay claim --withdraw CLAIM --why TEXT";
    case Grade::inconclusive:
      if (result.reason == GradeReason::one_session)
        return "challenge again after an hour, until there are six sessions";
      if (result.reason == GradeReason::unannounced || result.reason == GradeReason::earlier_runs)
        return "find out what the program looks for or leaves behind, and challenge again";
      if (result.reason == GradeReason::interrupted) return "challenge again, and let it measure to its end";
      if (cannot_be_confirmed(graded.effect))
        return "withdraw the claim: no number of trials shows 100 %; state with --at-least what is to be shown";
      return result.blocks_needed ? fmt::format("challenge again with --cap {}", rounded_up(*result.blocks_needed))
                                  : "challenge again, on a quieter machine or with a larger --cap";
    case Grade::invalid:
      break;
  }
  return "fix what failed, and challenge again";
}

std::string controls_text(const GradedClaim& graded, double planted_percent) {
  if (planted_percent <= 0) return "";
  const ChallengeResult& result = graded.result;
  return fmt::format("control against itself {}; a planted change of {} was {}found ({})",
                     range_text(result.again, times_text), amount_text(planted_percent),
                     result.planted_found ? "" : "not ", range_text(result.planted, times_text));
}

namespace {

std::string figures_text(const GradedClaim& graded, const std::string& controls) {
  return fmt::format("  claimed   {}\n  measured  {}\n{}  grade     {}\n",
                     printable(claimed_effect_text(graded.metric, graded.effect)), printable(measured_text(graded)),
                     controls, printable(grade_text(graded)));
}

}  // namespace

std::string challenge_result_text(const Plan& plan, const ChallengeResult& result, std::string_view failed) {
  const ChallengeTerms& terms = *plan.challenge;
  const GradedClaim graded{terms.metric, terms.effect, result, failed, plan.protocol.max_blocks};
  const std::string controls = controls_text(graded, terms.planted_percent);
  return figures_text(graded, controls.empty() ? "" : fmt::format("  controls  {}\n", controls));
}

std::string challenge_result_text(const GradedClaim& graded) {
  return figures_text(graded, "");
}

std::string own_input_title(const OwnInputGrade& own, std::string_view called) {
  if (own.workload.empty()) return fmt::format("in the state {}", own.state);
  return fmt::format("{} {} ({})", called, own.workload, own.state);
}

std::string own_input_text(const GradedClaim& graded) {
  return fmt::format("{}; {}", grade_text(graded), measured_text(graded));
}

namespace {

/// What a claim comes to in other places: where it holds, where not, and where nobody can tell.
struct PlacesByGrade {
  std::vector<std::string> held;
  std::vector<std::string> failed;
  std::vector<std::string> open;

  void add(Grade grade, std::string name) {
    const bool is_open = grade == Grade::inconclusive || grade == Grade::invalid;
    (grade == Grade::confirmed ? held : is_open ? open : failed).push_back(std::move(name));
  }
  /// "; not on the challenger's large (warm)", with what such places are called.
  [[nodiscard]] std::string text(std::string_view places) const {
    std::string text;
    const auto add_list = [&](std::string_view what, const std::vector<std::string>& names) {
      if (!names.empty()) text += fmt::format("; {} {} {}", what, places, fmt::join(names, ", "));
    };
    add_list("holds", held);
    add_list("not", failed);
    add_list("cannot be told", open);
    return text;
  }
};

}  // namespace

std::string own_inputs_summary(Grade of_claim, const std::vector<OwnInputGrade>& own) {
  if (own.empty()) return "";
  PlacesByGrade states;
  PlacesByGrade inputs;
  for (const OwnInputGrade& input : own) {
    if (input.workload.empty()) {
      states.add(input.result.grade, input.state);
    } else {
      inputs.add(input.result.grade, fmt::format("{} ({})", input.workload, input.state));
    }
  }
  const std::string claim = of_claim == Grade::confirmed
                                ? "holds on the claimant's workload"
                                : fmt::format("{} on the claimant's workload", to_string(of_claim));
  return claim + states.text("in the state") + inputs.text("on the challenger's");
}

std::string own_inputs_text(const ChallengeEntry& challenge) {
  std::string text;
  for (const OwnInputGrade& own : challenge.own_inputs) {
    text += fmt::format("  {}: {}\n", printable(own_input_title(own, "own input")),
                        own_input_text({challenge.metric, challenge.effect, own.result}));
  }
  const std::string summary = own_inputs_summary(challenge.result.grade, challenge.own_inputs);
  return summary.empty() ? text : text + fmt::format("  in short  {}\n", printable(summary));
}

std::string challenge_headline(const ChallengeEntry& challenge) {
  return fmt::format("{}: {}", to_string(challenge.result.grade), challenge.text);
}

std::string finding_text(const ReviewFinding& finding) {
  return finding.file.empty() ? finding.what : fmt::format("{}: {}", finding.file, finding.what);
}

}  // namespace assay::report
