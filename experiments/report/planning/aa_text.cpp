#include "experiments/report/planning/aa_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/report/result_document.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {
namespace {

using nlohmann::json;
using planning::SelfComparison;

json attempt_json(const decide::JudgedAttempt& attempt) {
  AttemptHeading heading;
  heading.command = "aa";
  heading.plan_sha256 = attempt.plan_sha256;
  return result_object(heading, attempt.plan, attempt.result);
}

}  // namespace

std::string self_comparison_sentence(const SelfComparison& comparison) {
  switch (comparison.same.result.verdict) {
    case Verdict::equivalent:
      if (equivalence_is_proven(comparison)) return "equivalent, proven: an effect that is there was found here\n";
      return comparison.planted ? "equivalent, not proven: an effect that is there was not found here\n"
                                : "equivalent, not proven: nothing was planted (--plant 3%)\n";
    case Verdict::inconclusive:
      return "inconclusive: no difference was claimed, but this machine is too noisy for the margin and the cap\n";
    case Verdict::invalid:
      return "invalid: the command does not work, or it changed in the meantime\n";
    case Verdict::improved:
    case Verdict::regressed:
      break;
  }
  return fmt::format("{}, though both arms are the same: do not measure with this setup\n",
                     to_string(comparison.same.result.verdict));
}

std::string self_comparison_text(const SelfComparison& comparison, const TextStyle& style) {
  std::string text = "control against itself\n";
  TextStyle of_the_same = style;
  of_the_same.equal_arms = true;
  text += result_sentences(comparison.same.result, of_the_same);
  if (comparison.planted) {
    text += fmt::format("\na delay of {} % planted in one arm: {}\n", comparison.plant.value,
                        planning::is_found(*comparison.planted) ? "found" : "not found");
    text += result_sentences(comparison.planted->result, style);
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
    object["planted"]["found"] = planning::is_found(*comparison.planted);
  }
  return object;
}

}  // namespace assay::report
