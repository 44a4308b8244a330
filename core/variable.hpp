#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"

namespace assay {

/// A command as the kernel takes it: program and arguments, no shell.
using Argv = std::vector<std::string>;

/// What an environment variable is set to; nothing: it is absent.
struct EnvironmentLevel {
  std::optional<std::string> value;
  friend bool operator==(const EnvironmentLevel&, const EnvironmentLevel&) = default;
};
/// What replaces every `{name}` in the workload's command.
struct ArgumentLevel {
  std::string value;
  friend bool operator==(const ArgumentLevel&, const ArgumentLevel&) = default;
};
/// The whole command, in place of the workload's.
struct CommandLevel {
  Argv argv;
  friend bool operator==(const CommandLevel&, const CommandLevel&) = default;
};
/// What several environment variables are set to together; nothing: it is absent. Every level of a variable names the
/// same ones.
struct SettingsLevel {
  std::map<std::string, std::optional<std::string>> set;
  friend bool operator==(const SettingsLevel&, const SettingsLevel&) = default;
};
using LevelValue = std::variant<EnvironmentLevel, ArgumentLevel, CommandLevel, SettingsLevel>;

/// One level of the variable: what makes one arm.
struct Level {
  std::string label;  ///< "control", "treatment", or the user's own name
  LevelValue value;
  friend bool operator==(const Level&, const Level&) = default;
};

enum class VariableKind {
  env,
  argument,
  command,
  level,  ///< several levels that race for the best (docs/methods/levels.md); each of any form that a level can have
};

/// The one thing that differs between the arms.
struct Variable {
  VariableKind kind = VariableKind::command;
  std::string name;           ///< of the environment variable or argument; empty for a command
  std::vector<Level> levels;  ///< control first; at least two
  friend bool operator==(const Variable&, const Variable&) = default;
};

/// "env LC_ALL: unset -> C"; for people.
[[nodiscard]] std::string describe(const Variable& variable);
/// The environment variables that some level sets or removes, each once.
[[nodiscard]] std::vector<std::string> environment_names(const Variable& variable);
/// Whether some level stands in the commands in place of `{name}`.
[[nodiscard]] bool varies_argument(const Variable& variable);

template <>
struct EnumNames<VariableKind> {
  static constexpr std::array<std::string_view, 4> values = {"env", "argument", "command", "level"};
};

}  // namespace assay
