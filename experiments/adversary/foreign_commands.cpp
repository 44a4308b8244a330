#include "experiments/adversary/foreign_commands.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/text/shell_words.hpp"

namespace assay::adversary {
namespace {

/// Gathers commands with their places, each once.
class Commands {
 public:
  void add(std::string_view where, const Argv& command) {
    if (command.empty()) return;
    std::string text = fmt::format("{}: {}", where, shell_words(command));
    if (std::find(commands_.begin(), commands_.end(), text) == commands_.end()) commands_.push_back(std::move(text));
  }
  void add(std::string_view where, const std::vector<Argv>& commands) {
    for (const Argv& command : commands) add(where, command);
  }
  [[nodiscard]] std::vector<std::string> take() && { return std::move(commands_); }

 private:
  std::vector<std::string> commands_;
};

// The members of a plan's parts that may hold a command. Each part is taken apart into all of its members, so that a
// new member does not compile before somebody has decided whether it is run.

struct StateCommands {
  const Argv& prepare;
  const Argv& prove;
  const Argv& conclude;
};
StateCommands commands_of(const State& state) {
  const auto& [name, warmup, evict, reads, prepare, conclude, prove] = state;
  return {prepare, prove, conclude};
}

struct HookCommands {
  const Argv& setup;
  const Argv& prepare;
  const Argv& conclude;
  const Argv& cleanup;
};
HookCommands commands_of(const Hooks& hooks) {
  const auto& [setup, prepare, conclude, cleanup, setup_per] = hooks;
  return {setup, prepare, conclude, cleanup};
}

const Argv& command_of(const SourceBuild& source) {
  const auto& [repository, build, builds, timeout, harness, checkout] = source;
  return build;
}

/// What runs a trial of one level. A new kind of level does not compile without a case.
struct TrialCommand {
  const Workload& workload;
  std::string_view variable;

  Argv operator()(const CommandLevel& level) const { return level.argv; }
  Argv operator()(const ArgumentLevel& level) const { return with_argument(workload.command, variable, level.value); }
  Argv operator()(const EnvironmentLevel&) const { return workload.command; }
  Argv operator()(const SourceLevel&) const { return workload.command; }
  Argv operator()(const FileLevel&) const { return workload.command; }
  Argv operator()(const StateLevel&) const { return workload.command; }
  Argv operator()(const SettingsLevel&) const { return workload.command; }
};

/// Every key of a check whose value is a command, or commands, whatever the kind: the kinds list their keys.
void add_check(const Check& check, Commands& commands) {
  const auto add_key = [&commands](const auto& kind, const auto& key) {
    const auto& value = kind.*key.member;
    using Value = std::decay_t<decltype(value)>;
    const bool is_run =
        key.value == CheckValue::action || key.value == CheckValue::actions || key.value == CheckValue::filter;
    if constexpr (std::is_same_v<Value, Argv> || std::is_same_v<Value, std::vector<Argv>>) {
      if (is_run) commands.add(key.name == "command" ? "check" : fmt::format("check ({})", key.name), value);
    } else {
      ASSAY_ASSERT(!is_run);
    }
  };
  std::visit(
      [&add_key](const auto& kind) {
        using Kind = std::decay_t<decltype(kind)>;
        std::apply([&](const auto&... keys) { (add_key(kind, keys), ...); }, kCheckKeys<Kind>);
      },
      check.kind);
}

}  // namespace

std::vector<std::string> foreign_commands(const Plan& plan) {
  Commands commands;
  if (plan.variable.source) commands.add("build", command_of(*plan.variable.source));
  for (const Workload& workload : plan.workloads) commands.add("setup", commands_of(workload.hooks).setup);
  for (const Workload& workload : plan.workloads) commands.add("prepare", commands_of(workload.hooks).prepare);
  for (const State& state : plan.states) {
    commands.add("prepare", commands_of(state).prepare);
    commands.add("prove", commands_of(state).prove);
  }
  for (const Workload& workload : plan.workloads) {
    for (const Level& level : plan.variable.levels) {
      commands.add("trial", std::visit(TrialCommand{workload, plan.variable.name}, level.value));
    }
  }
  for (const Check& check : plan.checks) add_check(check, commands);
  for (const State& state : plan.states) commands.add("conclude", commands_of(state).conclude);
  for (const Workload& workload : plan.workloads) commands.add("conclude", commands_of(workload.hooks).conclude);
  for (const Workload& workload : plan.workloads) commands.add("cleanup", commands_of(workload.hooks).cleanup);
  return std::move(commands).take();
}

}  // namespace assay::adversary
