#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/console/help/exit_meaning.hpp"
#include "experiments/console/value_target.hpp"

namespace assay::console {

/// The parts of a command's --help other than its options.
struct CommandHelp {
  std::string name;        ///< "show"
  std::string synopsis;    ///< the words after the name: "WHICH"
  std::string about = {};  ///< what it does, in a sentence or two
  std::vector<ExitMeaning> exit_codes = {};
  std::vector<std::string> examples = {};  ///< whole commands
};

/// What --help says of one option or word.
struct OptionText {
  std::string placeholder;  ///< "PERCENT"; empty for a switch
  std::string help;         ///< with the unit
};

/// How often a word that is not an option may be given.
enum class Occurs { once, at_most_once, at_least_once, any };

struct OptionDescription {
  std::string name;     ///< "max-blocks"
  char short_name = 0;  ///< 'M'; 0: none
  std::string group;    ///< the title under which it is listed
  OptionText text;
  Arity arity = Arity::one;
  std::string default_text;           ///< empty: none
  std::vector<std::string> accepted;  ///< the words that it takes; empty: any
};

struct WordDescription {
  OptionText text;
  Occurs occurs = Occurs::once;
  std::vector<std::string> accepted;
};

/// Everything that is known about one command: its --help, its manual page and its completions follow from it.
struct CommandDescription {
  CommandHelp help;
  std::vector<WordDescription> words;
  std::vector<OptionDescription> options;
  std::string_view summary = {};  ///< the name of its manual page goes on with it
};

/// "usage: assay show WHICH [OPTIONS]" without "usage: ".
[[nodiscard]] std::string usage_of(const CommandHelp& help);

/// " FILE", "[=CODES]", or empty for a switch.
[[nodiscard]] std::string value_in_help(const OptionDescription& option);

}  // namespace assay::console
