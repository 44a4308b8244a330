#include "experiments/trial/audit/difference.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace assay::trial {
namespace {

bool holds_placeholder(const Workload& workload, const Variable& variable, std::size_t word) {
  return word < workload.command.size() &&
         workload.command[word].find(argument_placeholder(variable.name)) != std::string::npos;
}

/// True unless both arms have the part from outside of their clones. A library that only one arm loads is one that its
/// own program asks for.
bool is_of_clones(const ArmDifference& difference) {
  const Part path = path_part(difference.part);
  const std::string* const one = find_part(difference.control.parts, path);
  const std::string* const other = find_part(difference.treatment.parts, path);
  return one == nullptr || other == nullptr || lies_in_clone(*one) || lies_in_clone(*other);
}

/// The file that the variable swaps may be the program itself, or a library of it, or also a declared input.
bool is_of_file(const ArmDifference& difference) {
  const Part& part = difference.part;
  const std::string file = path_in(difference.plan.folder, difference.plan.variable.name);
  const bool holds_a_file =
      part.kind == PartKind::swapped_file || part.kind == PartKind::input || part.kind == PartKind::standard_input;
  if (holds_a_file) return part.name == file;
  if (!is_of_program(part)) return false;
  const std::string* const path = find_part(difference.control.parts, path_part(part));
  const std::string* const other = find_part(difference.treatment.parts, path_part(part));
  const std::string* const program = find_part(difference.control.parts, {PartKind::executable});
  const bool program_is_file = program != nullptr && *program == file;  // it may ask for other libraries
  return program_is_file || (path != nullptr && other != nullptr && *path == file);
}

/// True for variables that the dynamic linker and the search for programs use.
bool leads_to_programs(const std::string& name) {
  return name == "PATH" || name.starts_with("LD_");
}

/// True if the variable's levels set or remove this, or lead to other programs by it.
bool declares_environment(const ArmDifference& difference) {
  const std::vector<std::string> names = environment_names(difference.plan.variable);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return difference.part == Part{PartKind::environment, name} ||
           (leads_to_programs(name) && is_of_program(difference.part));
  });
}

bool declares_argument(const ArmDifference& difference) {
  const Variable& variable = difference.plan.variable;
  const Workload& workload = difference.workload;
  if (is_of_program(difference.part)) return holds_placeholder(workload, variable, 0);
  for (std::size_t word = 0; word < workload.command.size(); ++word) {
    if (difference.part == argument_part(word)) return holds_placeholder(workload, variable, word);
  }
  return false;
}

bool declares_source(const ArmDifference& difference) {
  return difference.part.kind == PartKind::named_file || (is_of_program(difference.part) && is_of_clones(difference));
}

}  // namespace

bool is_declared(const ArmDifference& difference) {
  const Variable& variable = difference.plan.variable;
  const Part& part = difference.part;
  switch (variable.kind) {
    case VariableKind::env:
      return declares_environment(difference);
    case VariableKind::argument:
      return declares_argument(difference);
    case VariableKind::level:
      if (has_source(variable)) return declares_source(difference);
      return declares_environment(difference) || (varies_argument(variable) && declares_argument(difference));
    case VariableKind::command:
      return part.kind == PartKind::argument || is_of_program(part);
    case VariableKind::revision:
    case VariableKind::patch:
      return declares_source(difference);
    case VariableKind::file:
      return is_of_file(difference);
    case VariableKind::state:
      return part.kind == PartKind::state;
  }
  return false;
}

}  // namespace assay::trial
