#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/console/arguments.hpp"
#include "experiments/console/help/command_description.hpp"
#include "experiments/console/help/help_form.hpp"
#include "experiments/console/value_target.hpp"

namespace assay::console {

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

  /// Whether the parsed words hold the option, also with its default as value.
  [[nodiscard]] bool was_given(std::string_view name) const;
  /// Whether it was given at least once by another name: its short one, or one of `also_called`.
  [[nodiscard]] bool was_given_by_other_name(std::string_view name) const;

  [[nodiscard]] CommandDescription description() const;
  /// The form of help that the parsed words ask for.
  [[nodiscard]] HelpForm help_form() const { return help_form_; }

 private:
  struct Option {
    std::string name;
    char short_name = 0;
    std::string group;
    OptionText text;
    ValueTarget target;
  };
  struct GivenOption {
    std::string name;     ///< the long one
    std::string written;  ///< without its value: "--max-blocks", "-M", "-M30"
  };
  struct CalledOption {
    std::string name;  ///< its own
    std::string as;    ///< the long name that was given: its own, or one of `also_called`
  };
  struct Word {
    OptionText text;
    ValueTarget target;
    Occurs occurs;
  };

  /// What Boost is to read in place of one word.
  struct TakenWord {
    std::vector<std::string> words;
    bool takes_next = false;  ///< its last option takes the next word for its value
  };

  [[nodiscard]] const Option* option_called(char short_name) const;
  [[nodiscard]] const Option* option_called(std::string_view name) const;
  [[nodiscard]] TakenWord taken_long_word(const std::string& word) const;
  /// "-Ni" is two options, "-i=1,2" is one with its value, and so is "-M=30".
  /// \param next  the word after it, or nullptr
  [[nodiscard]] TakenWord taken_short_word(const std::string& word, const std::string* next) const;
  /// Boost would take the next word for an option's value, even if it needs none.
  [[nodiscard]] Arguments with_implied_values(const Arguments& arguments) const;
  /// \throws Error if the value of an option, a word of its own, is the name of another option.
  void refuse_option_as_value(const std::vector<std::string>& tokens) const;
  void take_option(const CalledOption& called, const std::vector<std::string>& values) const;
  void take_words(const std::vector<std::string>& words) const;
  [[nodiscard]] std::string usage() const;
  [[nodiscard]] std::string unknown_option(const std::string& token) const;

  CommandHelp help_;
  std::string group_ = "Options";
  std::vector<Option> options_;
  std::vector<Word> words_;
  std::map<std::string, std::string> other_names_;  ///< to the option's own name
  std::map<std::string, std::string> refused_;      ///< to what is to be done instead
  HelpForm help_form_ = HelpForm::text;
  std::vector<GivenOption> given_;
};

}  // namespace assay::console
