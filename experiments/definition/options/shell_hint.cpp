#include "experiments/definition/options/shell_hint.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "core/text/split_command.hpp"
#include "core/text/utf8.hpp"
#include "core/text/wrappers.hpp"

namespace assay::definition {
namespace {

/// Commands of POSIX shells (XCU 2.9, 2.14 and the intrinsic utilities), and those of bash, that no folder of PATH has
/// as a program.
constexpr std::array kShellCommands = std::to_array<std::string_view>(
    {"!",       ".",        ":",        "[[",     "alias",     "bg",       "bind",   "break",   "builtin", "case",
     "cd",      "command",  "continue", "coproc", "declare",   "dirs",     "disown", "do",      "done",    "elif",
     "else",    "enable",   "esac",     "eval",   "exec",      "exit",     "export", "fc",      "fg",      "fi",
     "for",     "function", "getopts",  "hash",   "history",   "if",       "jobs",   "let",     "local",   "logout",
     "mapfile", "popd",     "pushd",    "read",   "readarray", "readonly", "return", "select",  "set",     "shift",
     "shopt",   "source",   "suspend",  "then",   "times",     "trap",     "type",   "typeset", "ulimit",  "umask",
     "unalias", "unset",    "until",    "wait",   "while",     "{"});

constexpr std::string_view kBlanks = " \t";

/// The word around a place, quotes and all.
std::string_view word_around(std::string_view command, std::size_t at) {
  const std::size_t before = command.find_last_of(kBlanks, at);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return command.substr(begin, command.find_first_of(kBlanks, at) - begin);
}

/// Whether a shell would replace the character, outside quotes, by names of files or a home folder: `*`, `?`, a pair of
/// brackets with something in it, and `~` where a word begins. No file has the name of an address, so there `?` is
/// what it says.
bool is_pattern(std::string_view command, std::size_t at) {
  const std::string_view word = word_around(command, at);
  switch (command[at]) {
    case '*':
      return true;
    case '~':
      return at == 0 || kBlanks.find(command[at - 1]) != std::string_view::npos;
    case '?':
      return word.find("://") == std::string_view::npos;
    case '[': {
      const std::size_t inside = static_cast<std::size_t>(&command[at] - word.data()) + 1;
      const std::size_t end = word.find(']', inside + 1);  // as in "[]a]", the first ']' may be what is looked for
      return end != std::string_view::npos && word.find("://") == std::string_view::npos;
    }
    default:
      return false;
  }
}

/// The first pattern outside quotes; empty if there is none.
std::string_view first_pattern(std::string_view command) {
  char quote = 0;
  for (std::size_t at = 0; at < command.size(); ++at) {
    const char character = command[at];
    if (quote != 0) {
      if (character == '\\' && quote == '"') ++at;
      if (character == quote) quote = 0;
    } else if (character == '\\') {
      ++at;
    } else if (character == '\'' || character == '"') {
      quote = character;
    } else if (is_pattern(command, at)) {
      return command.substr(at, 1);
    }
  }
  return {};
}

}  // namespace

void refuse_shell_words(std::string_view command) {
  const std::size_t begin = std::min(command.find_first_not_of(" \t"), command.size());
  const std::string_view rest = command.substr(begin);
  const std::string_view first = rest.substr(0, rest.find_first_of(" \t"));
  if (is_shell_assignment(first) && first.size() < rest.size()) {
    throw NeedsShell(
        fmt::format("{}: a variable before the program needs a shell: give -S sh to use one, or write env {}",
                    in_quotes(command), rest));
  }
  if (std::find(kShellCommands.begin(), kShellCommands.end(), first) != kShellCommands.end()) {
    throw NeedsShell(fmt::format("{}: {} is a word of the shell, not a program: give -S sh to use a shell",
                                 in_quotes(command), in_quotes(first)));
  }
  if (const std::string_view pattern = first_pattern(command); !pattern.empty()) {
    throw NeedsShell(
        fmt::format("{}: {} needs a shell: give -S sh to use one, or put it in single quotes to mean it as "
                    "it is",
                    in_quotes(command), in_quotes(pattern)));
  }
}

bool is_shell(std::string_view words) {
  constexpr std::array kWithValue =
      std::to_array<std::string_view>({"-o", "+o", "-O", "+O", "--emulate", "--rcfile", "--init-file"});
  const auto is_one_of = [](std::string_view word, const auto& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  if (words == "none" || words == "default" || words.find_first_not_of(" \t") == std::string_view::npos) return true;
  Argv argv;
  try {
    argv = split_command(words);
  } catch (const Error&) {
    return false;
  }
  const auto name_of = [](std::string_view word) { return word.substr(word.rfind('/') + 1); };
  auto word = argv.begin();
  if (argv.size() > 1 && (name_of(*word) == "env" || name_of(*word) == "busybox")) ++word;
  if (!is_shell_program(*word)) return false;
  for (++word; word != argv.end(); ++word) {
    const bool is_option = (word->starts_with('-') || word->starts_with('+')) && *word != "-c";
    if (!is_option && !is_one_of(*std::prev(word), kWithValue)) return false;
  }
  return true;
}

}  // namespace assay::definition
