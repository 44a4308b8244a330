#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/mistakes/semantics.hpp"

namespace assay::definition {
namespace {

/// Every pair is tested, at a share of alpha that falls with the square of their number.
constexpr std::size_t kMostLevels = 16;

bool is_argument_name(std::string_view name) {
  return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") ==
                              std::string_view::npos;
}

void check_environment_variable(const Definition& definition, const std::string& name, Mistakes& mistakes) {
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
  const std::string mark = argument_placeholder(name);
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

/// What a race of levels asks for other than the comparison of two arms.
void check_race(const Definition& definition, Mistakes& mistakes) {
  const Protocol& protocol = definition.protocol;
  const auto refuse = [&mistakes](const char* pointer, std::string_view text) {
    mistakes.push_back({pointer, fmt::format("levels race for the best: {}", text)});
  };
  if (protocol.goal != Goal::improve) refuse("/experiment/goal", "\"not-worse\" is no goal of a race, leave it out");
  if (protocol.claim != ClaimRule::any) refuse("/protocol/cells", "each cell has its own, leave it out");
  if (protocol.sidedness != Sidedness::two_sided) {
    refuse("/protocol/direction", "two levels of a pair have no expected direction, leave it out");
  }
  if (looks_anytime(protocol)) refuse("/protocol/anytime", "its looks are fixed beforehand, leave anytime out");
  if (is_costly(protocol.design) || protocol.design == Design::duet) {
    refuse("/protocol/design", fmt::format("{} compares two arms, \"blocks\" and \"abba\" any number",
                                           in_quotes(to_string(protocol.design))));
  }
  if (protocol.confirm == 0) refuse("/protocol/confirm", "the best is always measured afresh, in 6 blocks or more");
  if (definition.variable.levels.size() > kMostLevels) {
    refuse("/variable/levels", fmt::format("{} are more than {}", definition.variable.levels.size(), kMostLevels));
  }
  const bool each_has_shift = definition.simulation && !definition.simulation->shifts.empty();
  if (each_has_shift && definition.simulation->shifts.size() + 1 != definition.variable.levels.size()) {
    refuse("/simulated/shifts",
           fmt::format("expected {} shifts, one for each level after the first, not {}",
                       definition.variable.levels.size() - 1, definition.simulation->shifts.size()));
  }
}

/// git takes a leading "-" for an option, and no revision holds a control character.
bool may_be_revision(std::string_view name) {
  return !name.empty() && name.front() != '-' && printable(name) == name;
}

void check_revisions(const Definition& definition, Mistakes& mistakes) {
  for (const Level& level : definition.variable.levels) {
    const auto& source = std::get<SourceLevel>(level.value);
    if (may_be_revision(source.revision)) continue;
    const bool is_level = definition.variable.kind == VariableKind::revision;
    mistakes.push_back({is_level ? "/variable/" + level.label : "/variable/revision",
                        fmt::format("{} cannot be a git revision: expected a branch, tag or commit, for example "
                                    "\"main\"",
                                    in_quotes(source.revision))});
    if (!is_level) return;  // one for all
  }
}

/// What stands in the way of several builds for each arm.
void check_builds(const Definition& definition, Mistakes& mistakes) {
  const SourceBuild& source = *definition.variable.source;
  if (source.builds == 1) return;
  if (source.build.empty())
    mistakes.push_back({"/variable/builds", "several builds need a build step: write build = [\"make\"]"});
  for (std::size_t index = 0; index < definition.workloads.size(); ++index) {
    const Workload& workload = definition.workloads[index];
    if (sets_up_each_trial(workload)) continue;
    if (workload.hooks.setup.empty() && workload.hooks.cleanup.empty()) continue;
    mistakes.push_back({fmt::format("/workload/{}", index),
                        fmt::format("workload {} has a setup or cleanup for each arm, which has builds = {}: leave "
                                    "one of them out, or set up for each trial: setup = {{ ..., per = \"trial\" }}",
                                    in_quotes(workload.name), source.builds)});
  }
}

void check_file(const Definition& definition, Mistakes& mistakes) {
  if (definition.variable.name.empty()) {
    mistakes.push_back({"/variable/path", "the path is empty: name the file that differs between the arms"});
  }
  for (const Level& level : definition.variable.levels) {
    if (std::get<FileLevel>(level.value).file.empty()) {
      mistakes.push_back(
          {"/variable/" + level.label, "no file has an empty name: expected the file that this arm gets"});
    }
  }
}

void check_states(const Definition& definition, Mistakes& mistakes) {
  const std::vector<std::string_view> names = names_of(definition.states);
  for (const Level& level : definition.variable.levels) {
    const std::string& name = std::get<StateLevel>(level.value).state;
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    mistakes.push_back(
        {"/variable/" + level.label, fmt::format("{} is no state: declare it in a table [state.NAME]{}",
                                                 in_quotes(name), did_you_mean(shortened(name), names))});
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
  for (const std::string& name : environment_names(definition.variable)) {
    check_environment_variable(definition, name, mistakes);
  }
  if (varies_argument(definition.variable)) check_argument(definition, mistakes);
  if (definition.variable.kind == VariableKind::level) check_race(definition, mistakes);
  if (definition.variable.kind == VariableKind::file) check_file(definition, mistakes);
  if (definition.variable.kind == VariableKind::state) check_states(definition, mistakes);
  if (has_source(definition.variable)) {
    check_revisions(definition, mistakes);
    check_builds(definition, mistakes);
  }
}

}  // namespace assay::definition
