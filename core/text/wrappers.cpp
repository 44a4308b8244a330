#include "core/text/wrappers.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <vector>

#include "core/text/shell_line.hpp"

namespace assay {
namespace {

/// A program that starts another one.
struct Wrapper {
  std::string_view name;
  std::string_view options_with_value;    ///< letters: "-n 5" is one option in two words
  std::size_t operands = 0;               ///< words between its options and the command
  std::string_view long_with_value = {};  ///< "adjustment,": "--adjustment 5" is one option in two words
};

constexpr auto kWrappers = std::to_array<Wrapper>({
    {"env", "uCS", 0, "unset,chdir,split-string,"},
    {"timeout", "ks", 1, "kill-after,signal,"},
    {"nice", "n", 0, "adjustment,"},
    {"ionice", "cnp", 0, "class,classdata,"},
    {"chrt", "TPD", 1, "sched-runtime,sched-period,sched-deadline,"},
    {"taskset", "", 1},
    {"nohup", ""},
    {"setsid", ""},
    {"stdbuf", "ioe", 0, "input,output,error,"},
    {"time", "fo", 0, "format,output,"},
    {"command", ""},
    {"exec", "a"},
    {"builtin", ""},
    {"eval", ""},
    {"numactl", "NmpCilS", 0, "interleave,preferred,membind,cpunodebind,physcpubind,localalloc,"},
    {"setarch", ""},
    {"linux32", ""},
    {"linux64", ""},
    {"i386", ""},
    {"x86_64", ""},
    {"sudo", "ugCpDhRTrt", 0, "user,group,prompt,chdir,host,"},
    {"doas", "uC"},
    {"busybox", ""},
    {"toybox", ""},
    {"unshare", "SGRw", 0, "setuid,setgid,root,wd,"},
    {"nsenter", "tSGrw", 0, "target,setuid,setgid,"},
    {"prlimit", "p", 0, "pid,"},
    {"choom", "n", 0, "adjust,"},
    {"flock", "wE", 1, "timeout,wait,conflict-exit-code,"},
    {"setpriv", "", 0,
     "ambient-caps,inh-caps,bounding-set,ruid,euid,rgid,egid,reuid,regid,groups,securebits,pdeathsig,"
     "selinux-label,apparmor-profile,ptracer,"},
    {"systemd-run", "upEtMHG", 0,
     "unit,property,setenv,slice,description,uid,gid,nice,working-directory,host,machine,service-type,"},
    {"systemd-inhibit", "", 0, "what,who,why,mode,"},
    {"chronic", ""},
    {"unbuffer", ""},
    {"xargs", "InPLsdaE", 0, "max-args,max-procs,max-lines,max-chars,delimiter,arg-file,replace,"},
    {"fakeroot", "lifusb"},
    {"eatmydata", ""},
    {"catchsegv", ""},
    {"dbus-run-session", ""},
    {"tini", ""},
    {"dumb-init", ""},
    {"gosu", "", 1},
    {"chroot", "", 1},
    {"cgexec", "g"},
    {"sh", "o"},
    {"bash", "oO", 0, "rcfile,init-file,"},
    {"dash", "o"},
    {"ksh", "o"},
    {"zsh", "o"},
    {"ash", "o"},
    {"mksh", "o"},
    {"yash", "o"},
    {"posh", "o"},
    {"python", "WX"},
    {"python3", "WX"},
    {"perl", "I"},
    {"ruby", "IrC"},
    {"node", "r"},
    {"pypy3", "WX"},
    {"lua", "l"},
    {"php", "dc"},
});

std::string_view base_name(std::string_view program) {
  return program.substr(program.rfind('/') + 1);  // npos + 1 is 0
}

/// Shells, first those whose lines `shell_line.hpp` understands.
constexpr std::array kShells =
    std::to_array<std::string_view>({"sh", "bash", "dash", "ksh", "zsh", "ash", "mksh", "yash", "posh",  //
                                     "fish", "csh", "tcsh", "rc", "nu", "elvish", "pwsh"});
constexpr std::size_t kPosixShells = 9;

bool is_posix_shell(std::string_view name) {
  const auto end = kShells.begin() + kPosixShells;
  return std::find(kShells.begin(), end, name) != end;
}

/// "NAME=VALUE", as `env` takes it: the name may begin with a digit.
bool is_assignment(std::string_view word) {
  const std::size_t equals = word.find('=');
  if (equals == 0 || equals == std::string_view::npos) return false;
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
  return word.substr(0, equals).find_first_not_of(kLetters) == std::string_view::npos;
}

/// The first word of `setarch`, which may be left out.
bool is_architecture(std::string_view word) {
  constexpr std::array<std::string_view, 9> kNames = {"linux32", "linux64", "i386",  "i486",   "i586",
                                                      "i686",    "x86_64",  "amd64", "aarch64"};
  return std::find(kNames.begin(), kNames.end(), word) != kNames.end();
}

bool is_shell_option(std::string_view word) {
  return word.size() > 1 && (word.front() == '-' || word.front() == '+');
}

/// Commands that do nothing to what comes after them.
bool has_no_effect(const Argv& command) {
  constexpr std::array<std::string_view, 7> kNames = {"true", ":", "set", "wait", "test", "[", "exit"};
  return std::find(kNames.begin(), kNames.end(), command.front()) != kNames.end();
}

/// Commands that stand around the one that does the work.
bool is_helper(const Argv& command) {
  constexpr std::array<std::string_view, 19> kNames = {"cd",   "echo", "printf", "cat",   "tee",  "ulimit", "umask",
                                                       "sync", "rm",   "mkdir",  "cp",    "mv",   "date",   "head",
                                                       "tail", "grep", "wc",     "sleep", "touch"};
  return std::find(kNames.begin(), kNames.end(), command.front()) != kNames.end();
}

using Settings = std::map<std::string, std::optional<std::string>>;

void set_by(std::string_view assignment, Settings& settings) {
  const std::size_t equals = assignment.find('=');
  settings[std::string(assignment.substr(0, equals))] = std::string(assignment.substr(equals + 1));
}

class Unwrapping {
 public:
  explicit Unwrapping(Argv command) : result_{std::move(command), {}} {}

  UnwrappedCommand run() {
    // Each turn takes a word off, except those that read a line; the bound is for a line that names itself.
    for (int turn = 0; turn < kMostWrappers && take_one_off(); ++turn) continue;
    return std::move(result_);
  }

 private:
  static constexpr int kMostWrappers = 100;

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
    if (name == "setarch" && argv.size() > 1 && is_architecture(argv[1])) ++next;
    if (name == "eval") return take_line(joined(argv, next), {});
    if (const std::optional<std::size_t> line = skip_options(*wrapper, next)) {
      if (name == "env") return take_split(argv[*line], *line + 1);
      return take_line(argv[*line], rest_behind(*line + 1));
    }
    next += wrapper->operands;
    if (name == "flock" && next + 1 < argv.size() && (argv[next] == "-c" || argv[next] == "--command")) {
      return take_line(argv[next + 1], {});
    }
    return continue_from(name == "env" || name == "sudo" ? skip_assignments(argv, next, is_assignment) : next);
  }

  static std::string joined(const Argv& words, std::size_t from) {
    std::string line;
    for (std::size_t word = from; word < words.size(); ++word) line += words[word] + " ";
    return line;
  }

  /// The words that a line for a shell may name as "$@": those behind its $0.
  [[nodiscard]] Argv rest_behind(std::size_t name) const {
    if (name + 1 >= result_.argv.size()) return {};
    return {result_.argv.begin() + static_cast<std::ptrdiff_t>(name) + 1, result_.argv.end()};
  }

  /// \returns the index of the line that a shell is to run, or `env` to split, if an option says so.
  std::optional<std::size_t> skip_options(const Wrapper& wrapper, std::size_t& next) {
    Argv& argv = result_.argv;
    const bool is_of_shell = is_posix_shell(wrapper.name);
    for (; next < argv.size() && (is_of_shell ? is_shell_option(argv[next]) : is_option(argv[next])); ++next) {
      const std::string word = argv[next];
      if (word == "--") return ++next, std::nullopt;
      if (word.starts_with("--")) {
        if (const auto line = take_long(wrapper, word.substr(2), next)) return line;
        continue;
      }
      if (is_of_shell && word.front() == '-' && word.back() == 'c') {
        if (next + 1 < argv.size()) return next + 1;
        next = argv.size();  // nothing is started
        return std::nullopt;
      }
      // In "-nw 5" the value belongs to the w; in "-n5" it is part of the word.
      const std::size_t letter = word.find_first_of(wrapper.options_with_value, 1);
      if (wrapper.options_with_value.empty() || letter == std::string::npos) continue;
      const bool is_glued = letter + 1 < word.size();
      if (!is_glued) ++next;
      if (next >= argv.size()) return std::nullopt;
      const std::string value = is_glued ? word.substr(letter + 1) : argv[next];
      if (wrapper.name == "env" && word[letter] == 'S') return argv[next] = value, next;
      take_value(wrapper, word[letter] == 'u' ? "unset" : word[letter] == 'E' ? "setenv" : "", value);
    }
    return std::nullopt;
  }

  /// "--unset NAME" or "--unset=NAME". \returns the index of a line that `env` is to split.
  std::optional<std::size_t> take_long(const Wrapper& wrapper, const std::string& option, std::size_t& next) {
    Argv& argv = result_.argv;
    const std::size_t equals = option.find('=');
    const std::string name = option.substr(0, equals);
    std::string value;
    if (equals != std::string::npos) {
      value = option.substr(equals + 1);
    } else if (wrapper.long_with_value.find(name + ",") != std::string_view::npos && next + 1 < argv.size()) {
      value = argv[++next];
    }
    if (wrapper.name == "env" && name == "split-string") return argv[next] = value, next;
    take_value(wrapper, name, value);
    return std::nullopt;
  }

  void take_value(const Wrapper& wrapper, std::string_view option, const std::string& value) {
    if (wrapper.name == "env" && option == "unset") settings_[value] = std::nullopt;
    if (wrapper.name == "systemd-run" && option == "setenv" && is_assignment(value)) set_by(value, settings_);
  }

  static bool is_option(const std::string& word) { return word.size() > 1 && word.front() == '-'; }

  std::size_t skip_assignments(const Argv& words, std::size_t next, bool (*is_one)(std::string_view)) {
    for (; next < words.size() && is_one(words[next]); ++next) set_by(words[next], settings_);
    return next;
  }

  bool continue_from(std::size_t next) {
    if (next >= result_.argv.size()) return false;
    result_.argv.erase(result_.argv.begin(), result_.argv.begin() + static_cast<std::ptrdiff_t>(next));
    result_.settings = std::move(settings_);
    return true;
  }

  /// `env -S "A=1 ./work" x`: the line is split into words of env's own.
  bool take_split(const std::string& line, std::size_t rest) {
    Argv words = {"env"};
    for (const Argv& command : shell_commands(line)) words.insert(words.end(), command.begin(), command.end());
    words.insert(words.end(), result_.argv.begin() + static_cast<std::ptrdiff_t>(rest), result_.argv.end());
    if (words.size() == 1) return false;
    result_ = {std::move(words), std::move(settings_)};
    return true;
  }

  /// The last command of a line does the work, unless it only stands around others. The words of the others, so far as
  /// they do anything, follow its own, so that a line with one more of them is another command, but a near one.
  bool take_line(const std::string& line, const Argv& arguments) {
    std::vector<Argv> working;
    for (Argv& command : shell_commands(line)) {
      if (!takes_settings(command) && !has_no_effect(command)) working.push_back(std::move(command));
    }
    if (working.empty()) return false;
    const auto last = std::find_if_not(working.rbegin(), working.rend(), is_helper);
    const auto main = last == working.rend() ? std::prev(working.end()) : std::prev(last.base());
    Argv words = std::move(*main);
    working.erase(main);
    words.erase(words.begin(),
                words.begin() + static_cast<std::ptrdiff_t>(skip_assignments(words, 0, is_shell_assignment)));
    words = with_arguments(words, arguments);
    if (words.empty() || words.front().empty()) return false;
    for (const Argv& command : working) words.insert(words.end(), command.begin(), command.end());
    result_ = {std::move(words), std::move(settings_)};
    return true;
  }

  /// `export A=1`, `A=1` and `unset A` hold for the commands after them.
  bool takes_settings(const Argv& command) {
    const bool is_export = command.front() == "export" || command.front() == "declare" || command.front() == "typeset";
    if (command.front() == "unset") {
      for (std::size_t word = 1; word < command.size(); ++word) settings_[command[word]] = std::nullopt;
      return true;
    }
    if (!is_export &&
        !std::all_of(command.begin(), command.end(), [](const auto& word) { return is_shell_assignment(word); }))
      return false;
    for (const std::string& word : command) {
      if (is_shell_assignment(word)) set_by(word, settings_);
    }
    return true;
  }

  static Argv with_arguments(const Argv& words, const Argv& arguments) {
    Argv result;
    for (const std::string& word : words) {
      const bool is_all = word == "$@" || word == "$*" || word == "${@}";
      if (is_all) {
        result.insert(result.end(), arguments.begin(), arguments.end());
      } else if (word.size() == 2 && word.front() == '$' && word[1] >= '1' && word[1] <= '9' &&
                 static_cast<std::size_t>(word[1] - '1') < arguments.size()) {
        result.push_back(arguments[static_cast<std::size_t>(word[1] - '1')]);
      } else {
        result.push_back(word);
      }
    }
    return result;
  }

  UnwrappedCommand result_;
  Settings settings_;  ///< with those of the wrapper at hand
};

}  // namespace

UnwrappedCommand unwrapped(Argv command) {
  return Unwrapping(std::move(command)).run();
}

bool is_shell_program(std::string_view program) {
  return std::find(kShells.begin(), kShells.end(), base_name(program)) != kShells.end();
}

bool is_shell_assignment(std::string_view word) {
  return is_assignment(word) && (word.front() < '0' || word.front() > '9');
}

}  // namespace assay
