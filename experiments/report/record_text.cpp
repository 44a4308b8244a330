#include <chrono>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/report/command_names.hpp"
#include "experiments/report/entries/challenge_text.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/text.hpp"

namespace assay::report {
namespace {

std::string entry(std::string_view name, const std::string& text, const TextStyle& style) {
  if (text.empty()) return "";
  const std::string left = pad_right(name, 12);
  return wrap(text, style.width, {toned(left, Tone::quiet, style), std::string(12, ' ')});
}

}  // namespace

AttemptResult timed_by_whole_blocks(AttemptResult result, const std::vector<Block>& blocks) {
  if (!result.challenge || !result.advice.blocks_needed) return result;
  std::chrono::duration<double> sum{};
  int count = 0;
  for (const Block& block : blocks) {
    if (block.cell != 0 || is_void(block)) continue;
    sum += measuring_time(block, result.protocol.design);
    ++count;
  }
  if (count > 0) result.advice.seconds_needed = *result.advice.blocks_needed * sum.count() / count;
  return result;
}

std::string record_text(const Record& record, std::string_view sha256, const TextStyle& wanted) {
  const Plan& plan = record.plan;
  TextStyle style = wanted;
  style.rules = plan.rules;
  style.early_end = EarlyEnd::closed;
  std::string text = toned(record_name(record), Tone::strong, style) + "\n\n";
  text += entry("hypothesis", printable(plan.hypothesis), style);
  text += entry("variable", printable(describe(plan.variable)), style);
  text += entry("attempt", fmt::format("{} of {}", plan.attempt, plan.protocol.attempts), style);
  text += entry("interrupted", interruptions_text(record), style);
  text += entry("date", utc_text(record.created_ns), style);
  text += entry("actor", printable(record.actor), style);
  text += entry("environment", printable(plan.environment_name) + (plan.simulation ? " (simulated)" : ""), style);
  text += entry("machine", machine_text(record.machine), style);
  text += entry("seed", plan.seed.to_string(), style);
  text += entry("plan", record.plan_sha256, style);
  text += entry("record", std::string(sha256), style);
  if (record.result.challenge && plan.challenge) text += '\n' + challenge_result_text(plan, *record.result.challenge);
  for (const OwnInputGrade& own : record.result.own_inputs) {
    text += fmt::format("  {}: {}\n", printable(own_input_title(own, "own input")),
                        own_input_text({plan.challenge->metric, plan.challenge->effect, own.result}));
  }
  // A record is shown as its section in DECISIONS.md says it.
  const bool keeps_labels = plan.rules == kOldestRules;
  const AttemptResult result = timed_by_whole_blocks(record.result, record.blocks);
  return text + '\n' + result_text(keeps_labels ? result : named_by_commands(result, plan), style, "");
}

}  // namespace assay::report
