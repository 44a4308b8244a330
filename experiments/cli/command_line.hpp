#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/cli/command.hpp"
#include "experiments/cli/value_target.hpp"

namespace assay::cli {

/// The parts of a command's --help other than its options.
struct CommandHelp {
  std::string name;        ///< "show"
  std::string synopsis;    ///< the words after the name: "WHICH"
  std::string about = {};  ///< what it does, in a sentence or two
  std::vector<ExitCode> exit_codes = {ExitCode::ok, ExitCode::error};
  std::vector<std::string> examples = {};  ///< whole commands
};

/// What --help says of one option or word.
struct OptionText {
  std::string placeholder;  ///< "PERCENT"; empty for a switch
  std::string help;         ///< with the unit
};

/// How often a word that is not an option may be given.
enum class Occurs { once, at_most_once, at_least_once, any };

enum class Parsed { ready, help_wanted };

/// The command line of one command: what it accepts, where that goes, and its help.
///
/// Parsing reads no file, clock or environment. Boost.Program_options does the splitting: long names in full, short
/// names, `--name=value`, and `--` before words that begin with a dash.
class CommandLine {
 public:
  explicit CommandLine(CommandHelp help);

  /// The help lists options that are added from here on under this title.
  void begin_group(std::string title);
  /// \param names  "margin", or "max-blocks,M" with a short name.
  void option(std::string_view names, OptionText text, ValueTarget target);
  /// Accepts another name of an option, which is not in the help.
  void also_called(std::string other, std::string name);
  /// Answers an option that similar programs have: why it does not exist here, and what to use.
  void refuse(std::string name, std::string advice);
  /// A word that is not an option. Words are filled in the order of their declaration; only the last may occur more
  /// than once.
  void word(OptionText text, ValueTarget target, Occurs occurs);

  /// Reads the words into the bound variables.
  /// \throws Error in one line if an option is unknown (names the nearest one), a value is missing or malformed, or
  /// there is a word too many.
  [[nodiscard]] Parsed parse(const Arguments& arguments);

  /// Usage, options with units and defaults, exit codes, examples; ends with a newline.
  [[nodiscard]] std::string help_text(int width = 80) const;

 private:
  struct Option {
    std::string name;
    char short_name = 0;
    std::string group;
    OptionText text;
    ValueTarget target;
  };
  struct Word {
    OptionText text;
    ValueTarget target;
    Occurs occurs;
  };

  /// Boost would take the next word for an option's value, even if it needs none.
  [[nodiscard]] Arguments with_implied_values(const Arguments& arguments) const;
  void take_option(const std::string& name, const std::vector<std::string>& values, bool repeated) const;
  void take_words(const std::vector<std::string>& words) const;
  [[nodiscard]] std::string usage() const;
  [[nodiscard]] std::string unknown_option(const std::string& token) const;

  CommandHelp help_;
  std::string group_ = "Options";
  std::vector<Option> options_;
  std::vector<Word> words_;
  std::map<std::string, std::string> other_names_;  ///< to the option's own name
  std::map<std::string, std::string> refused_;      ///< to what is to be done instead
};

/// Prints the help to standard output.
ExitCode print_help(const CommandLine& line);

}  // namespace assay::cli
