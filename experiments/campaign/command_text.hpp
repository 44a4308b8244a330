#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/variable.hpp"

namespace assay::campaign {

/// The words of one simple command, without quotes, brackets and commas between them.
using CommandWords = std::vector<std::string>;

/// The simple commands of a script, a configuration file or a list, in order. What ends one is the end of a line, `;`,
/// `&`, `|` or a parenthesis. A line that ends with a backslash goes on, and so does a list with one word on each line.
/// `${NAME:-4}` stands for 4. \param lines  without comments
[[nodiscard]] std::vector<CommandWords> simple_commands(const std::vector<std::string_view>& lines);

/// A workload's command as a text has to say it.
struct SaidCommand {
  CommandWords words;     ///< of the simple command, the program first
  std::size_t level = 0;  ///< the first word that the level changes
  std::size_t count = 0;  ///< of words that it changes; 0: the level is the whole command
};

/// The simple commands of a workload's command in which the placeholder of the argument stands, with the value in its
/// place. What a shell is given with -c is taken for the commands.
[[nodiscard]] std::vector<SaidCommand> said_commands(const Argv& command, std::string_view argument,
                                                     std::string_view value);
/// The simple commands of a whole command.
[[nodiscard]] std::vector<SaidCommand> said_commands(const Argv& command);

/// Whether a simple command has all of these words in their order, the program by its name without folders, and what
/// the level changes right behind the word before it. Other words may stand between the others. An option that is there
/// again with another value says nothing.
[[nodiscard]] bool says(const CommandWords& line, const SaidCommand& command);

}  // namespace assay::campaign
