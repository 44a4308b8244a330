#include "experiments/campaign/level_text.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>
#include <vector>

#include "experiments/campaign/command_text.hpp"
#include "experiments/campaign/setting_text.hpp"

namespace assay::campaign {
namespace {

using LevelLine = std::string_view;

/// The text with blanks in place of comments that may be longer than a line: <!-- --> and /* */. What is not closed is
/// none, nor is the "/*" of a path.
std::string without_block_comments(std::string_view text) {
  std::string clean(text);
  for (const auto& [open, close] : {std::pair("<!--", "-->"), std::pair("/*", "*/")}) {
    for (std::size_t at = clean.find(open); at != std::string::npos; at = clean.find(open, at + 1)) {
      const bool is_part_of_word =
          *open == '/' && at > 0 && std::isspace(static_cast<unsigned char>(clean[at - 1])) == 0;
      const std::size_t end = clean.find(close, at + 2);
      if (is_part_of_word || end == std::string::npos) continue;
      std::replace_if(
          clean.begin() + static_cast<std::ptrdiff_t>(at),
          clean.begin() + static_cast<std::ptrdiff_t>(end + std::string_view(close).size()),
          [](char letter) { return letter != '\n'; }, ' ');
    }
  }
  return clean;
}

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
  const LevelLine content = line.substr(first);
  return content.front() == '#' || content.front() == ';' || content.starts_with("//") || content == "--" ||
         content.starts_with("-- ") || content.starts_with("REM ") || content.starts_with("rem ");
}

/// The line without the comment at its end: from a "#", or a "//" before a blank, after a blank that stands in no
/// quotes.
LevelLine without_trailing_comment(LevelLine line) {
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char letter = line[at];
    if (quote != '\0') {
      if (letter == quote) quote = '\0';
    } else if (letter == '"' || letter == '\'') {
      quote = letter;
    } else if (at > 0 && (line[at - 1] == ' ' || line[at - 1] == '\t') &&
               (letter == '#' || line.substr(at).starts_with("// "))) {
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
  LevelFinder(std::string_view text, const Plan& plan, ArmIndex arm, Demand demand)
      : text_(without_block_comments(text)),
        lines_(lines_that_count(text_)),
        commands_(simple_commands(lines_)),
        plan_(plan),
        arm_(arm),
        demand_(demand) {}
  LevelFinder(const LevelFinder&) = delete;  // the lines are views of the text
  LevelFinder& operator=(const LevelFinder&) = delete;

  bool operator()(const EnvironmentLevel& level) const { return says_setting(plan_.variable.name, level.value); }
  bool operator()(const SettingsLevel& level) const {
    return std::all_of(level.set.begin(), level.set.end(),
                       [this](const auto& one) { return says_setting(one.first, one.second); });
  }
  bool operator()(const ArgumentLevel& level) const {
    const bool is_blank = level.value.find_first_not_of(" \t") == std::string::npos;
    if (demand_ == Demand::words || is_blank) return has_argument_words(level.value);
    bool is_said = false;
    for (const Workload& workload : plan_.workloads) {
      const bool is_here = says_argument(workload, level.value);
      if (!is_here && says_other_argument(workload)) return false;  // one workload may have it, and this one has not
      is_said = is_said || is_here;
    }
    return is_said;
  }
  bool operator()(const CommandLevel& level) const {
    if (demand_ == Demand::words) return any_has(level.argv);
    const std::vector<SaidCommand> all = said_commands(level.argv);
    return !all.empty() && std::all_of(all.begin(), all.end(), [&](const SaidCommand& command) {
      return std::any_of(commands_.begin(), commands_.end(), [&](const CommandWords& line) {
        return says(line, command) && !says_longer_level(line, command);
      });
    });
  }
  bool operator()(const SourceLevel&) const { return false; }
  bool operator()(const FileLevel&) const { return false; }
  bool operator()(const StateLevel&) const { return false; }

 private:
  [[nodiscard]] bool any_has(const std::vector<std::string>& words) const {
    return std::any_of(lines_.begin(), lines_.end(), [&words](LevelLine line) { return has_words(line, words); });
  }
  [[nodiscard]] bool has_argument_words(const std::string& value) const {
    const auto all = argument_words(plan_, value);
    return !all.empty() && std::all_of(all.begin(), all.end(), [this](const auto& words) { return any_has(words); });
  }
  [[nodiscard]] bool says_other_argument(const Workload& workload) const {
    for (const Level& level : plan_.variable.levels) {
      const auto* const other = std::get_if<ArgumentLevel>(&level.value);
      if (&level != &plan_.variable.levels[arm_] && other != nullptr && says_argument(workload, other->value))
        return true;
    }
    return false;
  }
  /// Every simple command of the workload that has the argument.
  [[nodiscard]] bool says_argument(const Workload& workload, const std::string& value) const {
    const std::vector<SaidCommand> all = said_commands(workload.command, plan_.variable.name, value);
    return !all.empty() && std::all_of(all.begin(), all.end(), [&](const SaidCommand& command) {
      return std::any_of(commands_.begin(), commands_.end(),
                         [&](const CommandWords& line) { return says(line, command); });
    });
  }
  /// Whether the line says another level, whose command has these words and more.
  [[nodiscard]] bool says_longer_level(const CommandWords& line, const SaidCommand& command) const {
    for (const Level& level : plan_.variable.levels) {
      const auto* const other = std::get_if<CommandLevel>(&level.value);
      if (other == nullptr) continue;
      for (const SaidCommand& longer : said_commands(other->argv)) {
        if (longer.words.size() > command.words.size() && says(longer.words, command) && says(line, longer))
          return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool says_setting(const std::string& name, const std::optional<std::string>& value) const {
    if (!value) return !any_has({name});
    if (demand_ == Demand::words) return any_has({name, *value});
    return std::any_of(lines_.begin(), lines_.end(), [&](LevelLine line) { return assigns(line, name, *value); });
  }

  std::string text_;
  std::vector<LevelLine> lines_;
  std::vector<CommandWords> commands_;
  const Plan& plan_;
  ArmIndex arm_;
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
  return std::visit(LevelFinder(text, plan, arm, Demand::assignment), plan.variable.levels.at(arm).value);
}

bool may_say_level(std::string_view text, const Plan& plan, ArmIndex arm) {
  return std::visit(LevelFinder(text, plan, arm, Demand::words), plan.variable.levels.at(arm).value);
}

bool is_written_in_a_file(const LevelValue& level) {
  return std::visit(IsWritten{}, level);
}

}  // namespace assay::campaign
