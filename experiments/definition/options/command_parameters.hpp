#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::definition {

/// A name that stands in commands as {name}, and what is put in its place, one arm for each.
struct CommandParameter {
  std::string name;
  std::vector<std::string> values;
  friend bool operator==(const CommandParameter&, const CommandParameter&) = default;
};

/// Reads "VAR VALUES" with values apart by commas; "\," is a comma. \throws Error
[[nodiscard]] CommandParameter parameter_list(std::string_view text);

/// Reads "VAR MIN MAX". Numbers are decimal, exact, and written as hyperfine writes them: 0.1 to 0.3 by 0.1 is 0.1,
/// 0.2, 0.3, and 1 to 2 by 0.5 is 1, 1.5, 2.0.
/// \param step  empty: 1, if the numbers are whole \throws Error
[[nodiscard]] CommandParameter parameter_scan(std::string_view text, std::string_view step);

/// A command with every parameter's value in its place.
struct ParameterisedCommand {
  std::string command;
  std::string label;    ///< "threads=4"; with several commands "make -j {threads}, threads=4"
  std::string written;  ///< as it was given, with the places
  std::map<std::string, std::string> values = {};  ///< of every parameter, also of those that it does not hold
};
/// Every command with every combination of values, in hyperfine's order, which names of commands follow: the command
/// changes fastest, then the first parameter.
/// \param also  other texts that may hold the parameters \throws Error if a parameter occurs in none, or is given
/// twice.
[[nodiscard]] std::vector<ParameterisedCommand> with_parameters(const std::vector<std::string>& commands,
                                                                const std::vector<std::string>& also,
                                                                const std::vector<CommandParameter>& parameters);

/// The text with every value in the place of its parameter. A place inside a value stays as it is.
[[nodiscard]] std::string with_values(std::string_view text, const std::map<std::string, std::string>& values);
/// " (threads = 4)": the values of the parameters that the text has no place for; empty if there are none.
[[nodiscard]] std::string values_without_place(std::string_view text, const std::map<std::string, std::string>& values);

/// Whether a text holds a parameter's place.
[[nodiscard]] bool holds_parameter(std::string_view text, const std::vector<CommandParameter>& parameters);

}  // namespace assay::definition
