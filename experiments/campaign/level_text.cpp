#include "experiments/campaign/level_text.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "experiments/campaign/setting_text.hpp"

namespace assay::campaign {
namespace {

using LevelLine = std::string_view;

bool is_word_letter(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

/// Whether what is before the word belongs to another word. "4" is not the number of "-4", "1.4" or "14".
bool continues_before(std::string_view line, std::size_t start) {
  if (start == 0) return false;
  const char first = line[start];
  const char before = line[start - 1];
  if (is_word_letter(first) && is_word_letter(before)) return true;
  if (before == '-' && is_default_operator(line, start - 1)) return false;
  return is_digit(first) && (before == '-' || before == '.');
}

bool continues_after(std::string_view line, std::size_t end) {
  if (end >= line.size()) return false;
  const char last = line[end - 1];
  if (is_word_letter(last) && is_word_letter(line[end])) return true;
  return is_digit(last) && line[end] == '.' && end + 1 < line.size() && is_digit(line[end + 1]);
}

/// The place behind the first occurrence of the word from `from` on; npos if there is none. An empty word is an empty
/// pair of quotes, or the end of the line after "=".
std::size_t end_of_word(std::string_view line, std::string_view word, std::size_t from = 0) {
  if (word.empty()) {
    for (const std::string_view quotes : {"\"\"", "''"}) {
      if (const std::size_t at = line.find(quotes, from); at != std::string_view::npos) return at + quotes.size();
    }
    return !line.empty() && line.back() == '=' ? line.size() : std::string_view::npos;
  }
  for (std::size_t at = line.find(word, from); at != std::string_view::npos; at = line.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (!continues_before(line, at) && !continues_after(line, end)) return end;
  }
  return std::string_view::npos;
}

/// All of the words, one after the other.
bool has_words(std::string_view line, const std::vector<std::string>& words) {
  std::size_t at = 0;
  for (const std::string& word : words) {
    at = end_of_word(line, word, at);
    if (at == std::string_view::npos) return false;
  }
  return true;
}

bool is_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return true;
  return line[first] == '#' || line[first] == ';' || line.substr(first, 2) == "//";
}

/// The line without the comment at its end: from a "#" after a blank that stands in no quotes.
LevelLine without_trailing_comment(LevelLine line) {
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char letter = line[at];
    if (quote != '\0') {
      if (letter == quote) quote = '\0';
    } else if (letter == '"' || letter == '\'') {
      quote = letter;
    } else if (letter == '#' && at > 0 && (line[at - 1] == ' ' || line[at - 1] == '\t')) {
      return line.substr(0, at);
    }
  }
  return line;
}

std::vector<LevelLine> lines_that_count(std::string_view text) {
  std::vector<LevelLine> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    LevelLine line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!is_comment(line)) lines.push_back(without_trailing_comment(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// The words that a level puts into a command, as it is written: "-j" and "4", or "--jobs=4".
std::vector<std::vector<std::string>> argument_words(const Plan& plan, const std::string& value) {
  const std::string placeholder = argument_placeholder(plan.variable.name);
  std::vector<std::vector<std::string>> all;
  for (const Workload& workload : plan.workloads) {
    const Argv& command = workload.command;
    for (std::size_t index = 0; index < command.size(); ++index) {
      if (command[index].find(placeholder) == std::string::npos) continue;
      const Argv whole = with_argument({command[index]}, plan.variable.name, value);
      const bool stands_apart = command[index] == placeholder && index > 0;
      if (stands_apart) {
        all.push_back({command[index - 1], whole.front()});
      } else {
        all.push_back(whole);
      }
    }
  }
  return all;
}

/// Whether a line has to give a variable its value, or only to have both words.
enum class Demand { assignment, words };

class LevelFinder {
 public:
  LevelFinder(std::string_view text, const Plan& plan, Demand demand)
      : lines_(lines_that_count(text)), plan_(plan), demand_(demand) {}

  bool operator()(const EnvironmentLevel& level) const { return says_setting(plan_.variable.name, level.value); }
  bool operator()(const SettingsLevel& level) const {
    return std::all_of(level.set.begin(), level.set.end(),
                       [this](const auto& one) { return says_setting(one.first, one.second); });
  }
  bool operator()(const ArgumentLevel& level) const {
    const auto all = argument_words(plan_, level.value);
    return !all.empty() && std::all_of(all.begin(), all.end(), [this](const auto& words) { return any_has(words); });
  }
  bool operator()(const CommandLevel& level) const { return any_has(level.argv); }
  bool operator()(const SourceLevel&) const { return false; }
  bool operator()(const FileLevel&) const { return false; }
  bool operator()(const StateLevel&) const { return false; }

 private:
  [[nodiscard]] bool any_has(const std::vector<std::string>& words) const {
    return std::any_of(lines_.begin(), lines_.end(), [&words](LevelLine line) { return has_words(line, words); });
  }
  [[nodiscard]] bool says_setting(const std::string& name, const std::optional<std::string>& value) const {
    if (!value) return !any_has({name});
    if (demand_ == Demand::words) return any_has({name, *value});
    return std::any_of(lines_.begin(), lines_.end(), [&](LevelLine line) { return assigns(line, name, *value); });
  }

  std::vector<LevelLine> lines_;
  const Plan& plan_;
  Demand demand_;
};

struct IsWritten {
  bool operator()(const EnvironmentLevel& level) const { return level.hmac.empty(); }
  bool operator()(const SettingsLevel& level) const { return level.set_hmac.empty(); }
  bool operator()(const ArgumentLevel&) const { return true; }
  bool operator()(const CommandLevel&) const { return true; }
  bool operator()(const SourceLevel&) const { return false; }
  bool operator()(const FileLevel&) const { return false; }
  bool operator()(const StateLevel&) const { return false; }
};

}  // namespace

bool says_level(std::string_view text, const Plan& plan, ArmIndex arm) {
  return std::visit(LevelFinder(text, plan, Demand::assignment), plan.variable.levels.at(arm).value);
}

bool may_say_level(std::string_view text, const Plan& plan, ArmIndex arm) {
  return std::visit(LevelFinder(text, plan, Demand::words), plan.variable.levels.at(arm).value);
}

bool is_written_in_a_file(const LevelValue& level) {
  return std::visit(IsWritten{}, level);
}

}  // namespace assay::campaign
