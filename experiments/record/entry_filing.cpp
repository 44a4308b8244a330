#include "experiments/cli/entry_filing.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "core/date.hpp"
#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/cli/version.hpp"
#include "experiments/record/actor.hpp"
#include "experiments/record/documents/decisions.hpp"

namespace assay::cli {

std::string given_text(const std::string& option, const std::string& text) {
  std::string line = valid_text(text);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char letter) { return std::iscntrl(letter) != 0; }, ' ');
  const std::size_t first = line.find_first_not_of(' ');
  if (first == std::string::npos) throw Error(fmt::format("{} is missing or empty: say it in a few words", option));
  return line.substr(first, line.find_last_not_of(' ') + 1 - first);
}

std::string given_day(const std::string& option, const std::string& text) {
  try {
    const Date day = parse_date(text);
    if (day < date_of(host::unix_time_ns())) throw Error(fmt::format("{} is past: expected today or later", text));
    return format_date(day);
  } catch (const Error& error) {
    throw error.within(option);
  }
}

Entry file_entry(const record::Lab& lab, const std::optional<std::string>& actor, const record::EntryRule& rule) {
  Entry draft;
  draft.program_version = program_version();
  draft.created_ns = host::unix_time_ns();
  draft.actor = record::current_actor(actor);
  Entry filed = record::store_entry(lab, std::move(draft), rule);
  record::write_decision(lab, filed);
  return filed;
}

}  // namespace assay::cli
