#include "experiments/screen/emit.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/shell_words.hpp"
#include "experiments/report/command_names.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/report/text.hpp"
#include "experiments/screen/options.hpp"

namespace assay::screen {
namespace {

ExitCode exit_code_of(Shortfall shortfall) {
  switch (shortfall) {
    case Shortfall::regressed:
    case Shortfall::guard:
    case Shortfall::equivalent:
      return ExitCode::worse;
    case Shortfall::inconclusive:
      return ExitCode::inconclusive;
    case Shortfall::invalid:
      return ExitCode::invalid;
  }
  return ExitCode::error;
}

/// Where the result is kept.
std::string recorded_text(const AttemptHeading& heading) {
  if (heading.record_name.empty()) return "";
  return fmt::format("recorded: .assay/records/{}.json and DECISIONS.md; again with: assay show {}\n",
                     heading.record_name, heading.record_name.substr(0, heading.record_name.find('-')));
}

/// A record of an attempt that stopped before its verdict is that of a closed one.
report::EarlyEnd early_end_of(const AttemptHeading& heading, const AttemptResult& result) {
  if (!heading.record_name.empty()) return report::EarlyEnd::closed;
  return result.stop == Stop::interrupted ? report::EarlyEnd::interrupted : report::EarlyEnd::stopped;
}

}  // namespace

AttemptHeading heading_of(std::string_view command, const attempt::Ending& ending) {
  const auto* finished = std::get_if<attempt::Finished>(&ending);
  const attempt::Outcome& outcome =
      finished != nullptr ? finished->outcome : std::get<attempt::Interrupted>(ending).outcome;
  AttemptHeading heading{std::string(command), "", "", outcome.plan_sha256, outcome.actor};
  if (finished != nullptr && finished->record) {
    heading.record_name = finished->record->name;
    heading.record_sha256 = finished->record->sha256;
  }
  return heading;
}

attempt::Outcome outcome_of(attempt::Ending ending) {
  if (auto* finished = std::get_if<attempt::Finished>(&ending)) return std::move(finished->outcome);
  return std::move(std::get<attempt::Interrupted>(ending).outcome);
}

void print_result(const AttemptHeading& heading, const Plan& plan, const AttemptResult& result,
                  const OutputOptions& output, const ResultOptions& options, std::string_view rerun_command) {
  if (output.json) {
    print_json(result_object(heading, plan, result));
    return;
  }
  report::TextStyle style = output_style(read_terminal(), output);
  style.time_unit = options.time_unit;
  style.explains = true;
  style.rules = plan.rules;
  style.early_end = early_end_of(heading, result);
  style.equal_arms = report::compares_with_itself(plan);
  // A record is shown as its section in DECISIONS.md says it.
  const bool keeps_labels = heading.command == "show" && plan.rules == kOldestRules;
  const AttemptResult named = keeps_labels ? result : report::named_by_commands(result, plan);
  if (output.quiet) {
    print_output(report::result_sentences(named, style));
    return;
  }
  print_output(report::long_commands(plan) + report::result_text(named, style, rerun_command) + recorded_text(heading));
}

ExitCode exit_code_of(const AttemptResult& result, const ResultOptions& options) {
  const std::optional<Shortfall> shortfall = shortfall_of(result);
  if (!shortfall || options.fail_on.count(*shortfall) == 0) return ExitCode::ok;
  return exit_code_of(*shortfall);
}

Arguments without_option(const Arguments& words, const OptionSpelling& option) {
  Arguments kept;
  const auto end = std::find(words.begin(), words.end(), "--");
  for (auto word = words.begin(); word != end; ++word) {
    const bool may_be_short = !option.short_name.empty();
    if (*word == option.name || (may_be_short && *word == option.short_name)) {
      if (std::next(word) != end) ++word;  // its value
    } else if (!word->starts_with(option.name + "=") && !(may_be_short && word->starts_with(option.short_name))) {
      kept.push_back(*word);
    }
  }
  kept.insert(kept.end(), end, words.end());
  return kept;
}

Arguments with_option(const Arguments& words, const OptionSpelling& option, const std::string& value) {
  Arguments all = without_option(words, option);
  all.insert(all.begin(), {option.name, value});
  return all;
}

std::string advice_command(const Arguments& words, const Plan& plan, const AttemptResult& result) {
  if (!result.advice.blocks_needed || is_costly(plan.protocol.design)) return {};
  const int blocks = report::rounded_up(*result.advice.blocks_needed);
  if (blocks > kMostBlocks) return {};  // no command can ask for that
  // A fixed number of blocks gives way to the cap.
  Arguments asked = without_option({words.begin() + 1, words.end()}, {"--runs", "-r"});
  // Half as much again: what is needed is known only roughly.
  const double seconds = 1.5 * result.advice.seconds_needed.value_or(0);
  if (plan.protocol.max_time && seconds > std::chrono::duration<double>(*plan.protocol.max_time).count()) {
    asked = with_option(asked, {"--max-time", ""}, fmt::format("{}min", std::ceil(seconds / 60)));
  }
  asked = with_option(asked, {"--max-blocks", "-M"}, std::to_string(blocks));
  Arguments whole = {"assay", words.front()};
  whole.insert(whole.end(), asked.begin(), asked.end());
  return shell_words(whole);
}

}  // namespace assay::screen
