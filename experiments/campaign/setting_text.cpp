#include "experiments/campaign/setting_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>

namespace assay::campaign {
namespace {

using Text = std::string_view;

constexpr Text kBlanks = " \t";
constexpr Text kQuotes = "\"'`";

bool is_name_letter(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

bool skip(Text& text, Text what) {
  if (!text.starts_with(what)) return false;
  text.remove_prefix(what.size());
  return true;
}

/// \returns whether there was one of the letters.
bool skip_all(Text& text, Text letters) {
  const std::size_t count = std::min(text.find_first_not_of(letters), text.size());
  text.remove_prefix(count);
  return count > 0;
}

/// "${NAME:-" and the like: what follows is the value if nothing else is given.
void skip_reading(Text& text) {
  Text rest = text;
  if (!skip(rest, "${")) return;
  while (!rest.empty() && is_name_letter(rest.front())) rest.remove_prefix(1);
  for (const Text operation : {":-", ":=", "-", "="}) {
    if (!skip(rest, operation)) continue;
    text = rest;
    return;
  }
}

bool ends_a_value(Text rest) {
  constexpr Text kDelimiters = " \t\"'`;,})]&|<>";
  return rest.empty() || kDelimiters.find(rest.front()) != Text::npos;
}

bool is_value(Text text, Text value) {
  skip_all(text, kBlanks);
  if (value.empty()) {
    return text.empty() || text.starts_with("\"\"") || text.starts_with("''") || text.front() == ';' ||
           text.front() == '&';
  }
  if (skip(text, value)) return ends_a_value(text);  // it may begin with a quote itself
  skip_all(text, kQuotes);
  skip_reading(text);
  skip_all(text, kQuotes);
  return skip(text, value) && ends_a_value(text);
}

/// Whether a blank is enough between the name and its value: "ENV MODE fast", "mode fast".
bool is_first_word(Text before) {
  skip_all(before, kBlanks);
  const std::size_t last = before.find_last_not_of(kBlanks);
  const Text word = before.substr(0, last == Text::npos ? 0 : last + 1);
  constexpr std::array<Text, 7> kKeywords = {"", "ENV", "ARG", "SetEnv", "setenv", "set", "set -x"};
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

/// What stands behind the name and what joins it to a value; std::nullopt if nothing does.
std::optional<Text> behind_separator(Text rest, Text before) {
  const bool was_closed = skip_all(rest, "\"'`])");
  const bool has_blank = skip_all(rest, kBlanks);
  if (rest.starts_with("==") || rest.starts_with("=~")) return std::nullopt;
  if (was_closed && skip(rest, ",")) {
    skip_all(rest, kBlanks);
    for (const Text key : {"\"value\"", "'value'"}) {
      if (!skip(rest, key)) continue;
      skip_all(rest, kBlanks);
      if (!skip(rest, ":")) return std::nullopt;
    }
    return rest;
  }
  for (const Text joint : {"=>", ":=", "?=", "=", ":"}) {
    if (skip(rest, joint)) return rest;
  }
  return has_blank && !was_closed && is_first_word(before) ? std::optional(rest) : std::nullopt;
}

}  // namespace

bool assigns(Text line, Text name, Text value) {
  for (std::size_t at = line.find(name); at != Text::npos; at = line.find(name, at + 1)) {
    const Text before = line.substr(0, at);
    const Text rest = line.substr(at + name.size());
    const bool is_longer =
        (!before.empty() && is_name_letter(before.back())) || (!rest.empty() && is_name_letter(rest.front()));
    if (is_longer || before.ends_with('$')) continue;
    if (before.ends_with("${")) {
      Text reading = line.substr(at - 2);
      skip_reading(reading);
      if (reading.size() < rest.size() && is_value(reading, value)) return true;
      continue;
    }
    const std::optional<Text> given = behind_separator(rest, before);
    if (given && is_value(*given, value)) return true;
  }
  return false;
}

bool is_default_operator(Text line, std::size_t dash) {
  std::size_t at = dash;
  if (at > 0 && line[at - 1] == ':') --at;
  const std::size_t end = at;
  while (at > 0 && is_name_letter(line[at - 1])) --at;
  return at < end && line.substr(0, at).ends_with("${");
}

}  // namespace assay::campaign
