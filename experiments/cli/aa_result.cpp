#include "experiments/cli/aa_result.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/files/digest.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/formats/plan_json.hpp"
#include "experiments/report/text.hpp"

namespace assay::cli {
namespace {

using nlohmann::json;

json attempt_json(const attempt::Outcome& attempt) {
  AttemptHeading heading;
  heading.command = "aa";
  heading.plan_sha256 = host::sha256(formats::plan_json(attempt.plan));
  return result_object(heading, attempt.plan, attempt.result);
}

}  // namespace

bool is_found(const attempt::Outcome& planted) {
  const AttemptResult& result = planted.result;
  if (result.verdict == Verdict::invalid || result.comparisons.empty()) return false;
  const MetricResult& primary = result.comparisons.front().metrics.front();
  const bool higher_is_worse = planted.plan.metrics[primary.metric].direction == Direction::lower;
  if (!primary.effect) return false;
  return higher_is_worse ? primary.effect->interval.low > 0 : primary.effect->interval.high < 0;
}

bool has_passed(const SelfComparison& comparison) {
  const Verdict verdict = comparison.same.result.verdict;
  const bool nothing_claimed = verdict == Verdict::equivalent || verdict == Verdict::inconclusive;
  return nothing_claimed && (!comparison.planted || is_found(*comparison.planted));
}

bool equivalence_is_proven(const SelfComparison& comparison) {
  return comparison.same.result.verdict == Verdict::equivalent && comparison.planted && is_found(*comparison.planted);
}

std::string self_comparison_sentence(const SelfComparison& comparison) {
  switch (comparison.same.result.verdict) {
    case Verdict::equivalent:
      if (equivalence_is_proven(comparison)) return "equivalent, proven: an effect that is there was found here\n";
      return comparison.planted ? "equivalent, not proven: an effect that is there was not found here\n"
                                : "equivalent, not proven: nothing was planted (--plant 3%)\n";
    case Verdict::inconclusive:
      return "inconclusive: no difference was claimed, but this machine is too noisy for the margin and the cap\n";
    case Verdict::invalid:
      return "invalid: what was run does not work, or changed meanwhile\n";
    case Verdict::improved:
    case Verdict::regressed:
      break;
  }
  return fmt::format("{}, though both arms are the same: do not measure with this setup\n",
                     to_string(comparison.same.result.verdict));
}

std::string self_comparison_text(const SelfComparison& comparison, const report::TextStyle& style) {
  std::string text = "control against itself\n";
  text += report::result_sentences(comparison.same.plan, comparison.same.result, style);
  if (comparison.planted) {
    text += fmt::format("\na delay of {} % planted in one arm: {}\n", comparison.plant.value,
                        is_found(*comparison.planted) ? "found" : "not found");
    text += report::result_sentences(comparison.planted->plan, comparison.planted->result, style);
  }
  return text + "\n" + self_comparison_sentence(comparison);
}

json self_comparison_json(const SelfComparison& comparison) {
  json object = {{"schema_version", 1},
                 {"command", "aa"},
                 {"verdict", to_string(comparison.same.result.verdict)},
                 {"passed", has_passed(comparison)},
                 {"equivalence_proven", equivalence_is_proven(comparison)},
                 {"same", attempt_json(comparison.same)},
                 {"planted", nullptr}};
  if (comparison.planted) {
    object["planted"] = attempt_json(*comparison.planted);
    object["planted"]["plant_percent"] = comparison.plant.value;
    object["planted"]["found"] = is_found(*comparison.planted);
  }
  return object;
}

}  // namespace assay::cli
