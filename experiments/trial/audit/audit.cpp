#include "experiments/trial/audit/audit.hpp"

#include <algorithm>
#include <set>
#include <variant>

#include <fmt/format.h>

#include "core/assert.hpp"

namespace assay::trial {
namespace {

using Parts = std::map<std::string, std::string>;

/// Names of the parts that are not the same in both.
std::set<std::string> differing(const Parts& one, const Parts& other) {
  std::set<std::string> names;
  const auto compare = [&names](const Parts& here, const Parts& there) {
    for (const auto& [name, value] : here) {
      const auto found = there.find(name);
      if (found == there.end() || found->second != value) names.insert(name);
    }
  };
  compare(one, other);
  compare(other, one);
  return names;
}

/// Which program runs, and what is loaded with it.
bool is_program(const std::string& part) {
  return part.starts_with("executable") || part.starts_with("interpreter") || part.starts_with("library ");
}

const std::string* find_part(const Fingerprint& fingerprint, const std::string& part) {
  const auto found = fingerprint.parts.find(part);
  return found == fingerprint.parts.end() ? nullptr : &found->second;
}

/// The part that holds the path of what this part is the content of, in whichever build.
std::string path_part(const std::string& part) {
  return part.substr(0, part.rfind(" content"));
}

bool holds_placeholder(const Workload& workload, const Variable& variable, std::size_t word) {
  return word < workload.command.size() &&
         workload.command[word].find(argument_placeholder(variable.name)) != std::string::npos;
}

/// Two arms of one cell, and the part in which they differ.
struct Difference {
  const Plan& plan;
  const Workload& workload;
  const Fingerprint& control;
  const Fingerprint& treatment;
  const std::string& part;

  /// A path in an arm's own clone is relative; a library that one arm alone loads is one that its own program asks for.
  [[nodiscard]] bool is_of_clones() const {
    const std::string path = path_part(part);
    const std::string* const one = find_part(control, path);
    const std::string* const other = find_part(treatment, path);
    if (one == nullptr || other == nullptr) return true;
    return !one->starts_with('/') || !other->starts_with('/');
  }

  /// The variable's file is the program itself, or a library of it, or also a declared input.
  [[nodiscard]] bool is_of_file() const {
    const std::string file = path_in(plan.folder, plan.variable.name);
    if (part == "file " + file || part == "input " + file || part == "standard input " + file) return true;
    const std::string* const path = find_part(control, path_part(part));
    const std::string* const other = find_part(treatment, path_part(part));
    const std::string* const program = find_part(control, "executable");
    const bool program_is_file = program != nullptr && *program == file;  // it may ask for other libraries
    return is_program(part) && (program_is_file || (path != nullptr && other != nullptr && *path == file));
  }
};

/// The dynamic linker and the search for programs go by these.
bool leads_to_programs(const std::string& name) {
  return name == "PATH" || name.starts_with("LD_");
}

/// The variable's levels set or remove this, or lead to other programs by it.
bool declares_environment(const Difference& difference) {
  const std::vector<std::string> names = environment_names(difference.plan.variable);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return difference.part == "env " + name || (leads_to_programs(name) && is_program(difference.part));
  });
}

bool declares_argument(const Difference& difference) {
  const Variable& variable = difference.plan.variable;
  const Workload& workload = difference.workload;
  if (is_program(difference.part)) return holds_placeholder(workload, variable, 0);
  for (std::size_t word = 0; word < workload.command.size(); ++word) {
    if (difference.part == fmt::format("argv[{}]", word)) return holds_placeholder(workload, variable, word);
  }
  return false;
}

bool declares_source(const Difference& difference) {
  return difference.part.starts_with("named file ") || (is_program(difference.part) && difference.is_of_clones());
}

/// Whether the variable's levels may make this part differ.
bool declares(const Difference& difference) {
  const Variable& variable = difference.plan.variable;
  const std::string& part = difference.part;
  switch (variable.kind) {
    case VariableKind::env:
      return declares_environment(difference);
    case VariableKind::argument:
      return declares_argument(difference);
    case VariableKind::level:
      if (has_source(variable)) return declares_source(difference);
      return declares_environment(difference) || (varies_argument(variable) && declares_argument(difference));
    case VariableKind::command:
      return part.starts_with("argv[") || is_program(part);
    case VariableKind::revision:
    case VariableKind::patch:
      return declares_source(difference);
    case VariableKind::file:
      return difference.is_of_file();
    case VariableKind::state:
      return part == "state";
  }
  return false;
}

constexpr std::string_view kHarness = "harness ";
constexpr std::string_view kChangedFile = "changed file ";

/// How an intruder is told: by its name, and for what the machine is like by both values.
std::string intruder_text(const std::string& label, const std::string& part) {
  if (part.starts_with(kHarness)) {
    return fmt::format("the harness file {} differs: the change also alters what measures it",
                       part.substr(kHarness.size()));
  }
  return fmt::format("{} also differs in {}", label, part);
}

bool is_of_machine(const std::string& part) {
  return part == "host" || part == "boot" || part == "kernel" || part == "governor" || part.starts_with("limit ") ||
         part.starts_with("cgroup ");
}

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

void compare_arms(const Plan& plan, const Fingerprint& control, const Fingerprint& treatment, AuditResult& result) {
  const Workload& workload = workload_of(plan, cells(plan)[treatment.cell]);
  for (const std::string& part : differing(control.parts, treatment.parts)) {
    if (part.starts_with(kChangedFile)) continue;  // held against time
    if (declares({plan, workload, control, treatment, part})) {
      add_once(result.differs, name_of(plan.variable));
    } else {
      add_once(result.intruders, intruder_text(plan.variable.levels[treatment.arm].label, part));
    }
  }
}

std::string changed_text(const std::string& part, const Fingerprint& first, const Fingerprint& now) {
  if (!is_of_machine(part)) return fmt::format("{} changed during the attempt", part);
  const std::string* const before = find_part(first, part);
  const std::string* const after = find_part(now, part);
  return fmt::format("{} changed during the attempt (from {} to {})", part, before == nullptr ? "none" : *before,
                     after == nullptr ? "none" : *after);
}

/// A reboot alone is told and forgiven: both trials of a block are on one side of it.
void compare_times(const Fingerprint& first, const Fingerprint& now, AuditResult& result) {
  for (const std::string& part : differing(first.parts, now.parts)) {
    if (part.starts_with(kChangedFile)) continue;  // told of each arm by itself
    if (part == "boot") {
      add_once(result.notes, "the machine was started anew during the attempt");
    } else {
      add_once(result.intruders, changed_text(part, first, now));
    }
  }
}

/// No clone may change once it was built, be it by another arm's build, by its own trials or by another's. Those of an
/// earlier session are gone: what counts are these.
void find_changed_files(const Plan& plan, const Fingerprint& now, AuditResult& result) {
  for (const auto& [part, how] : now.parts) {
    if (!part.starts_with(kChangedFile)) continue;
    add_once(result.intruders, fmt::format("file {} of {}'s clone {}", part.substr(kChangedFile.size()),
                                           plan.variable.levels[now.arm].label, how));
  }
}

bool holds_one_tree(const Variable& variable) {
  const auto tree = [](const Level& level) { return std::get<SourceLevel>(level.value).tree; };
  return std::all_of(variable.levels.begin(), variable.levels.end(),
                     [&](const Level& level) { return tree(level) == tree(variable.levels.front()); });
}

/// What a build makes anew.
bool is_built(const Variable& variable, const Fingerprint& fingerprint, const std::string& part) {
  if (!has_source(variable) || part.find(" content") == std::string::npos) return false;
  const std::string* const path = find_part(fingerprint, path_part(part));
  return path != nullptr && !path->starts_with('/');
}

}  // namespace

AuditResult audit(const Plan& plan, const std::vector<Fingerprint>& first, const std::vector<Fingerprint>& now) {
  ASSAY_ASSERT(first.size() == now.size() && now.size() == cells(plan).size() * arm_count(plan));
  AuditResult result;
  for (std::size_t index = 0; index < now.size(); ++index) {
    const std::size_t control = index - now[index].arm;
    if (now[index].arm != kControl) compare_arms(plan, now[control], now[index], result);
    compare_times(first[index], now[index], result);
    find_changed_files(plan, now[index], result);
  }
  // What the files are tell the commits; what came of it in the programs, the proof of their reach.
  if (has_source(plan.variable) && !holds_one_tree(plan.variable)) add_once(result.differs, name_of(plan.variable));
  if (result.differs.empty() && result.intruders.empty()) {
    result.notes.emplace_back("both arms are the same: an A/A comparison");
  }
  result.passed = result.intruders.empty();
  return result;
}

std::vector<std::string> take_over_builds(const Plan& plan, std::vector<Fingerprint>& first,
                                          const std::vector<Fingerprint>& now) {
  std::vector<std::string> notes;
  for (std::size_t index = 0; index < now.size(); ++index) {
    for (const std::string& part : differing(first[index].parts, now[index].parts)) {
      if (!is_built(plan.variable, now[index], part)) continue;
      add_once(notes,
               fmt::format("{} of {} was built again when the attempt was taken up, and is not the same as before",
                           part, plan.variable.levels[now[index].arm].label));
      first[index].parts[part] = *find_part(now[index], part);
    }
  }
  return notes;
}

std::string name_of(const Variable& variable) {
  if (variable.name.empty()) return std::string(to_string(variable.kind));
  return fmt::format("{} {}", to_string(variable.kind), variable.name);
}

}  // namespace assay::trial
