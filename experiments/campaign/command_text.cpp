#include "experiments/campaign/command_text.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

#include "core/text/wrappers.hpp"

namespace assay::campaign {
namespace {

using Text = std::string_view;

/// Stands for the placeholder while a command is taken apart; no command has it.
constexpr char kMark = '\x01';
constexpr Text kBetweenWords = " \t\"'`,[]{}";
constexpr Text kBetweenCommands = ";&|()\n";

bool may_be_in_a_name(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// The length of "${NAME:-" or "${NAME-" at the beginning of the text; 0 if it begins with something else.
std::size_t default_prefix(Text text) {
  if (!text.starts_with("${")) return 0;
  std::size_t at = 2;
  while (at < text.size() && may_be_in_a_name(text[at])) ++at;
  if (at < text.size() && text[at] == ':') ++at;
  return at > 2 && at < text.size() && (text[at] == '-' || text[at] == '=') ? at + 1 : 0;
}

std::vector<CommandWords> taken_apart(Text text) {
  std::vector<CommandWords> commands;
  CommandWords words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  };
  const auto end_command = [&] {
    end_word();
    if (!words.empty()) commands.push_back(std::exchange(words, {}));
  };
  while (!text.empty()) {
    const std::size_t prefix = default_prefix(text);
    const char letter = text.front();
    if (prefix == 0 && kBetweenCommands.find(letter) != Text::npos) {
      end_command();
    } else if (prefix == 0 && kBetweenWords.find(letter) != Text::npos) {
      end_word();
    } else if (prefix == 0) {
      word += letter;
    }
    text.remove_prefix(std::max<std::size_t>(1, prefix));
  }
  end_command();
  return commands;
}

Text name_without_folders(Text program) {
  constexpr Text kMarks = "@-+!";  // of a recipe's line or a service's command
  if (const std::size_t slash = program.rfind('/'); slash != Text::npos) return program.substr(slash + 1);
  if (const std::size_t sign = program.rfind('='); sign != Text::npos) return program.substr(sign + 1);
  while (program.size() > 1 && kMarks.find(program.front()) != Text::npos) program.remove_prefix(1);
  return program;
}

/// What is to be taken apart: the text that a shell is given, or all words.
std::string script_of(const Argv& command) {
  if (command.size() > 2 && is_shell_program(command[0]) && command[1].starts_with('-') && command[1].ends_with('c')) {
    return command[2];
  }
  std::string text;
  for (const std::string& word : command) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// The simple command with the value in place of every mark.
SaidCommand with_value(const CommandWords& words, Text value) {
  SaidCommand said;
  for (const std::string& word : words) {
    if (word.find(kMark) == std::string::npos) {
      said.words.push_back(word);
      continue;
    }
    std::string whole;
    for (const char letter : word) whole += letter == kMark ? std::string(value) : std::string(1, letter);
    if (said.count == 0) said.level = said.words.size();
    for (const CommandWords& part : taken_apart(whole)) {
      said.words.insert(said.words.end(), part.begin(), part.end());
    }
    said.count = said.words.size() - said.level;
  }
  return said;
}

bool is_option(Text word) {
  return word.size() > 1 && word.front() == '-';
}

/// The place behind the level if it stands right behind the word at `at`; npos if it does not. An option may have it
/// behind "=".
std::size_t behind_level(const CommandWords& line, const SaidCommand& command, std::size_t at) {
  const auto begin = command.words.begin() + static_cast<std::ptrdiff_t>(command.level);
  const auto end = begin + static_cast<std::ptrdiff_t>(command.count);
  const std::size_t left = line.size() - at - 1;
  if (left < command.count) return std::string::npos;
  const bool is_there = std::equal(begin, end, line.begin() + static_cast<std::ptrdiff_t>(at) + 1);
  return is_there ? at + 1 + command.count : std::string::npos;
}

/// Whether the word is the one that the command has at that place.
bool is_word(const std::string& word, const SaidCommand& command, std::size_t place) {
  const std::string& expected = command.words[place];
  return place == 0 ? name_without_folders(word) == name_without_folders(expected) : word == expected;
}

/// Whether the option before the level, or the word of the level up to its "=", is there with something else, too.
bool says_another(const CommandWords& line, const SaidCommand& command) {
  if (command.count == 0) return false;
  const std::string& first = command.words[command.level];
  const std::string name = first.substr(0, first.find('=') + 1);
  const auto is_other_joined = [&](const std::string& word) {
    return is_option(name) && word.starts_with(name) && word != first;
  };
  if (std::any_of(line.begin(), line.end(), is_other_joined)) return true;
  if (command.level == 0 || !is_option(command.words[command.level - 1])) return false;
  const std::string& option = command.words[command.level - 1];
  if (std::count(command.words.begin(), command.words.end(), option) > 1) return false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == option && behind_level(line, command, at) == std::string::npos) return true;
    if (line[at].starts_with(option + "=") && line[at] != option + "=" + first) return true;
  }
  return false;
}

/// The place behind the first occurrence of the command's word at `place` and, if the level follows it, of the level.
std::size_t behind_next(const CommandWords& line, const SaidCommand& command, std::size_t place, std::size_t from) {
  const bool is_before_level = command.count > 0 && place + 1 == command.level;
  for (std::size_t at = from; at < line.size(); ++at) {
    if (is_before_level && command.count == 1 && is_option(command.words[place]) &&
        line[at] == command.words[place] + "=" + command.words[command.level]) {
      return at + 1;
    }
    if (!is_word(line[at], command, place)) continue;
    if (!is_before_level) return at + 1;
    if (const std::size_t behind = behind_level(line, command, at); behind != std::string::npos) return behind;
  }
  return std::string::npos;
}

}  // namespace

std::vector<CommandWords> simple_commands(const std::vector<std::string_view>& lines) {
  std::vector<CommandWords> commands;
  CommandWords list;  // of the lines so far that have one word each
  std::string going_on;
  const auto end_list = [&] {
    if (list.size() > 1) commands.push_back(list);
    list.clear();
  };
  for (std::string_view line : lines) {
    if (line.ends_with('\\')) {
      going_on += std::string(line.substr(0, line.size() - 1)) + " ";
      continue;
    }
    going_on += line;
    std::vector<CommandWords> found = taken_apart(std::exchange(going_on, {}));
    CommandWords* const only = found.size() == 1 ? &found.front() : nullptr;
    if (only != nullptr && only->size() == 2 && only->front() == "-") only->erase(only->begin());
    const bool is_one_word = only != nullptr && only->size() == 1 && !only->front().ends_with(':');
    if (is_one_word) {
      list.push_back(only->front());
    } else {
      end_list();
    }
    std::move(found.begin(), found.end(), std::back_inserter(commands));
  }
  end_list();
  return commands;
}

std::vector<SaidCommand> said_commands(const Argv& command, std::string_view argument, std::string_view value) {
  std::vector<SaidCommand> all;
  for (const CommandWords& words : taken_apart(script_of(with_argument(command, argument, std::string(1, kMark))))) {
    SaidCommand said = with_value(words, value);
    if (said.count > 0) all.push_back(std::move(said));
  }
  return all;
}

std::vector<SaidCommand> said_commands(const Argv& command) {
  std::vector<SaidCommand> all;
  for (CommandWords& words : taken_apart(script_of(command))) all.push_back({.words = std::move(words)});
  return all;
}

bool says(const CommandWords& line, const SaidCommand& command) {
  std::size_t at = 0;
  for (std::size_t place = 0; place < command.words.size(); ++place) {
    const bool is_level_itself = command.count > 0 && place >= command.level && place < command.level + command.count;
    if (is_level_itself && command.level > 0) continue;  // found with the word before it
    at = behind_next(line, command, place, at);
    if (at == std::string::npos) return false;
  }
  return !says_another(line, command);
}

}  // namespace assay::campaign
