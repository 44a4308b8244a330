#include "experiments/cli/advice_command.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/text/shell_words.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::cli {

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

}  // namespace assay::cli
