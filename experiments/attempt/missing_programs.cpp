#include "experiments/attempt/missing_programs.hpp"

#include <filesystem>
#include <set>
#include <variant>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/process/process.hpp"
#include "core/host/process/program_lookup.hpp"
#include "core/text/shell_words.hpp"
#include "core/text/utf8.hpp"

namespace assay::attempt {
namespace {

constexpr const char* kPath = "PATH";

/// Whether something that is not run now may make the program, or look for it elsewhere.
bool may_come_later(const Workload& workload) {
  return !workload.hooks.setup.empty() || !workload.hooks.prepare.empty() || workload.set.contains(kPath) ||
         workload.environment == EnvironmentPolicy::clean;
}

bool may_come_later(const Variable& variable) {
  return has_source(variable) || variable.kind == VariableKind::file || variable.name == kPath ||
         std::holds_alternative<SettingsLevel>(variable.levels.front().value);
}

Argv words_of(const Variable& variable, const Level& level, const Workload& workload) {
  if (const auto* command = std::get_if<CommandLevel>(&level.value)) return command->argv;
  if (const auto* argument = std::get_if<ArgumentLevel>(&level.value)) {
    return with_argument(workload.command, variable.name, argument->value);
  }
  return workload.command;
}

bool is_there(const Argv& argv, const std::string& folder) {
  const std::filesystem::path program(argv.front());
  if (program.has_parent_path()) return std::filesystem::exists(std::filesystem::path(folder) / program);
  host::ProcessRequest request;
  request.argv = {argv.front()};
  request.environment = host::caller_environment();
  request.working_directory = folder;
  try {
    (void)host::find_program(request);
    return true;
  } catch (const Error&) {
    return false;
  }
}

/// "["sleep", "0.05"]", for one who wrote a whole line as the program.
std::string as_list(std::string_view line) {
  std::string list;
  while (!line.empty()) {
    const std::string_view word = line.substr(0, line.find(' '));
    if (!word.empty()) list += fmt::format("{}{}", list.empty() ? "" : ", ", in_quotes(word));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
  }
  return '[' + list + ']';
}

std::string sentence(const std::string& cell, const Argv& argv) {
  const std::string& program = argv.front();
  const bool is_a_line = argv.size() == 1 && program.find(' ') != std::string::npos;
  return fmt::format("{} starts {}, and there is no such program now{}", printable(cell), in_quotes(program),
                     is_a_line ? fmt::format(": each word is a text of its own, {}", as_list(program)) : "");
}

}  // namespace

std::vector<std::string> missing_programs(const definition::Definition& definition, const std::string& folder) {
  const Variable& variable = definition.variable;
  std::vector<std::string> sentences;
  if (definition.simulation || may_come_later(variable)) return sentences;
  std::set<Argv> looked_for;
  for (const Workload& workload : definition.workloads) {
    if (may_come_later(workload)) continue;
    const std::string place = (std::filesystem::path(folder) / workload.working_directory).string();
    for (const Level& level : variable.levels) {
      const Argv argv = words_of(variable, level, workload);
      if (argv.empty() || !looked_for.insert({place, argv.front()}).second || is_there(argv, place)) continue;
      sentences.push_back(sentence(fmt::format("{} of {}", level.label, workload.name), argv));
    }
  }
  return sentences;
}

}  // namespace assay::attempt
