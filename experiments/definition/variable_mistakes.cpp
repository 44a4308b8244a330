#include <algorithm>

#include <fmt/format.h>

#include "experiments/definition/semantics.hpp"
#include "experiments/definition/utf8.hpp"

namespace assay::experiments {
namespace {

bool is_argument_name(std::string_view name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
                              std::string_view::npos;
}

void check_environment_variable(const Definition& definition, Mistakes& mistakes) {
  const std::string& name = definition.variable.name;
  if (!is_environment_name(name)) {
    mistakes.push_back(
        {"/variable/name", fmt::format("{} cannot be the name of an environment variable: expected no blank and no "
                                       "\"=\", for example \"READY_MODE\"",
                                       in_quotes(name))});
  } else if (name.starts_with("ASSAY_")) {
    mistakes.push_back(
        {"/variable/name", fmt::format("{}: names that start with ASSAY_ belong to assay itself", in_quotes(name))});
  }
  for (std::size_t index = 0; index < definition.workloads.size(); ++index) {
    const Workload& workload = definition.workloads[index];
    if (!workload.set.contains(name)) continue;
    mistakes.push_back({pointer_to(fmt::format("/workload/{}/set", index), name),
                        fmt::format("workload {} sets {}, which is what the variable varies: leave it out",
                                    in_quotes(workload.name), in_quotes(name))});
  }
}

void check_argument(const Definition& definition, Mistakes& mistakes) {
  const std::string& name = definition.variable.name;
  if (!is_argument_name(name)) {
    mistakes.push_back({"/variable/name",
                        fmt::format("{} cannot be the name of an argument: expected letters, digits, \"_\" and \"-\", "
                                    "for example \"jobs\", which stands as {{jobs}} in commands",
                                    in_quotes(name))});
    return;
  }
  const std::string mark = "{" + name + "}";
  for (std::size_t index = 0; index < definition.workloads.size(); ++index) {
    const Workload& workload = definition.workloads[index];
    const auto holds_mark = [&mark](const std::string& word) { return word.find(mark) != std::string::npos; };
    if (workload.command.empty() || std::any_of(workload.command.begin(), workload.command.end(), holds_mark)) continue;
    mistakes.push_back(
        {fmt::format("/workload/{}", index),
         fmt::format("the command of workload {} holds no {}: both arms would run the same; write {} where the "
                     "argument belongs",
                     in_quotes(workload.name), mark, mark)});
  }
}

/// Either the variable is the command, or each workload has its own.
void check_commands(const Definition& definition, Mistakes& mistakes) {
  const bool is_variable = definition.variable.kind == VariableKind::command;
  for (std::size_t index = 0; index < definition.workloads.size(); ++index) {
    const Workload& workload = definition.workloads[index];
    if (workload.command.empty() != is_variable) {
      mistakes.push_back(
          {fmt::format("/workload/{}", index),
           is_variable ? fmt::format("workload {} has a command of its own, but the variable is the command: leave it "
                                     "out",
                                     in_quotes(workload.name))
                       : fmt::format("workload {} has nothing to run: give it command = [\"PROGRAM\", \"WORD\"] or "
                                     "shell = \"LINE\"",
                                     in_quotes(workload.name))});
    }
  }
}

}  // namespace

bool is_environment_name(std::string_view name) {
  return !name.empty() && printable(name) == name && name.find_first_of("= ") == std::string_view::npos;
}

void find_variable_mistakes(const Definition& definition, Mistakes& mistakes) {
  if (definition.variable.levels.size() < 2)
    mistakes.push_back({"/variable", "a variable needs two levels, control and treatment"});
  check_commands(definition, mistakes);
  if (definition.variable.kind == VariableKind::env) check_environment_variable(definition, mistakes);
  if (definition.variable.kind == VariableKind::argument) check_argument(definition, mistakes);
}

}  // namespace assay::experiments
