#include "core/text/wrappers.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace assay {
namespace {

/// A program that starts another one.
struct Wrapper {
  std::string_view name;
  std::string_view options_with_value;  ///< letters: "-n 5" is one option in two words
  std::size_t operands = 0;             ///< words between its options and the command
};

constexpr std::array kWrappers = {
    Wrapper{"env", "uCS"},       Wrapper{"timeout", "ks", 1}, Wrapper{"nice", "n"},    Wrapper{"ionice", "cnp"},
    Wrapper{"chrt", "TPD", 1},   Wrapper{"taskset", "", 1},   Wrapper{"nohup", ""},    Wrapper{"setsid", ""},
    Wrapper{"stdbuf", "ioe"},    Wrapper{"time", "fo"},       Wrapper{"command", ""},  Wrapper{"exec", "a"},
    Wrapper{"numactl", "NmpCP"}, Wrapper{"setarch", ""},      Wrapper{"sudo", "ugCp"}, Wrapper{"busybox", ""},
    Wrapper{"unshare", ""},      Wrapper{"prlimit", ""},      Wrapper{"sh", "o"},      Wrapper{"bash", "oO"},
    Wrapper{"dash", "o"},        Wrapper{"ksh", "o"},         Wrapper{"zsh", "o"},     Wrapper{"ash", "o"},
    Wrapper{"python", "WX"},     Wrapper{"python3", "WX"},    Wrapper{"perl", "I"},    Wrapper{"ruby", "IrC"},
    Wrapper{"node", "r"},        Wrapper{"pypy3", "WX"},      Wrapper{"lua", "l"},     Wrapper{"php", "dc"},
};

std::string_view base_name(std::string_view program) {
  return program.substr(program.rfind('/') + 1);  // npos + 1 is 0
}

bool is_shell(std::string_view name) {
  constexpr std::array<std::string_view, 6> kShells = {"sh", "bash", "dash", "ksh", "zsh", "ash"};
  return std::find(kShells.begin(), kShells.end(), name) != kShells.end();
}

/// "NAME=VALUE", as `env` and shells take it.
bool is_assignment(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == 0 || equals == std::string_view::npos) return false;
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
  return word.substr(0, equals).find_first_not_of(kLetters) == std::string_view::npos;
}

Argv words_in(const std::string& line) {
  constexpr const char* kWordBlanks = " \t\n";
  Argv words;
  for (std::size_t begin = line.find_first_not_of(kWordBlanks); begin != std::string::npos;) {
    const std::size_t end = std::min(line.find_first_of(kWordBlanks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(kWordBlanks, end);
  }
  return words;
}

class Unwrapping {
 public:
  explicit Unwrapping(Argv command) : result_{std::move(command), {}} {}

  UnwrappedCommand run() {
    while (take_one_off()) continue;
    return std::move(result_);
  }

 private:
  /// \returns whether a wrapper was there, and something behind it.
  bool take_one_off() {
    const Argv& argv = result_.argv;
    if (argv.empty()) return false;
    const std::string_view name = base_name(argv.front());
    const auto* const wrapper =
        std::find_if(kWrappers.begin(), kWrappers.end(), [name](const Wrapper& one) { return one.name == name; });
    if (wrapper == kWrappers.end()) return false;
    settings_ = result_.settings;
    std::size_t next = 1;
    if (const std::optional<std::size_t> line = skip_options(*wrapper, next)) return take_line(argv[*line]);
    next += wrapper->operands;
    return continue_from(name == "env" ? skip_assignments(argv, next) : next);
  }

  /// \returns the index of the line that a shell is to run, if an option says so.
  std::optional<std::size_t> skip_options(const Wrapper& wrapper, std::size_t& next) {
    const Argv& argv = result_.argv;
    for (; next < argv.size() && argv[next].size() > 1 && argv[next].front() == '-'; ++next) {
      const std::string& word = argv[next];
      if (word == "--") return ++next, std::nullopt;
      if (word.starts_with("--")) continue;
      if (is_shell(wrapper.name) && word.back() == 'c') {
        if (next + 1 < argv.size()) return next + 1;
        next = argv.size();  // nothing is started
        return std::nullopt;
      }
      if (word.size() != 2 || wrapper.options_with_value.find(word[1]) == std::string_view::npos) continue;
      ++next;
      if (wrapper.name == "env" && word == "-u" && next < argv.size()) settings_[argv[next]] = std::nullopt;
    }
    return std::nullopt;
  }

  std::size_t skip_assignments(const Argv& words, std::size_t next) {
    for (; next < words.size() && is_assignment(words[next]); ++next) {
      const std::size_t equals = words[next].find('=');
      settings_[words[next].substr(0, equals)] = words[next].substr(equals + 1);
    }
    return next;
  }

  bool continue_from(std::size_t next) {
    if (next >= result_.argv.size()) return false;
    result_.argv.erase(result_.argv.begin(), result_.argv.begin() + static_cast<std::ptrdiff_t>(next));
    result_.settings = std::move(settings_);
    return true;
  }

  bool take_line(const std::string& line) {
    Argv words = words_in(line);
    const std::size_t next = skip_assignments(words, 0);
    if (next >= words.size()) return false;
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(next));
    result_ = {std::move(words), std::move(settings_)};
    return true;
  }

  UnwrappedCommand result_;
  std::map<std::string, std::optional<std::string>> settings_;  ///< with those of the wrapper at hand
};

}  // namespace

UnwrappedCommand unwrapped(Argv command) {
  return Unwrapping(std::move(command)).run();
}

}  // namespace assay
