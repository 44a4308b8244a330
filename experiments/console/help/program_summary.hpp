#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::console {

/// A command as the list of all commands shows it.
struct CommandSummary {
  std::string_view name;
  std::string_view summary;
};

/// What completions need to know of a program as a whole.
struct ProgramSummary {
  std::vector<CommandSummary> commands;  ///< in the order in which they are listed
  std::string list_of_records;  ///< the command that prints the records, a line each that begins with its number
};

}  // namespace assay::console
