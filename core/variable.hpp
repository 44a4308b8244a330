#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/condition.hpp"
#include "core/enum_names.hpp"
#include "core/units.hpp"

namespace assay {

/// The position of an arm's level in the variable's list. 0 is control; the others are treatments.
using ArmIndex = std::size_t;
inline constexpr ArmIndex kControl = 0;

/// A command as the kernel takes it: a program and its arguments, without a shell.
using Argv = std::vector<std::string>;

/// The value of an environment variable; std::nullopt if it is not set.
struct EnvironmentLevel {
  std::optional<std::string> value;
  std::string hmac = {};  ///< of a value that no plan or record holds; then `value` is there only while trials run
  friend bool operator==(const EnvironmentLevel&, const EnvironmentLevel&) = default;
};
/// The value, "unset", or "(hidden 1f2e3d4c)" if no reader may see it.
[[nodiscard]] std::string describe_value(const EnvironmentLevel& level);
/// The text that replaces every `{name}` in the workload's command.
struct ArgumentLevel {
  std::string value;
  friend bool operator==(const ArgumentLevel&, const ArgumentLevel&) = default;
};
/// The whole command, which replaces that of the workload.
struct CommandLevel {
  Argv argv;
  friend bool operator==(const CommandLevel&, const CommandLevel&) = default;
};
/// The values of several environment variables that are set together; std::nullopt for one that is not set. Every level
/// of a variable names the same ones.
struct SettingsLevel {
  std::map<std::string, std::optional<std::string>> set;
  /// Name -> HMAC of a value that no plan or record holds; then it is in `set` only while trials run.
  std::map<std::string, std::string> set_hmac = {};
  friend bool operator==(const SettingsLevel&, const SettingsLevel&) = default;
};
/// What readers may see of the values: "(hidden 1f2e3d4c)" for one that nobody may see.
[[nodiscard]] std::map<std::string, std::optional<std::string>> shown_settings(const SettingsLevel& level);
/// A patch file in the format of `git diff`.
struct Patch {
  std::string file;
  std::string sha256 = {};  ///< of its content; empty until the plan is frozen
  friend bool operator==(const Patch&, const Patch&) = default;
};
/// A git revision and the patches that are applied to it one after another. The names are resolved when the plan is
/// frozen; until then commit, tree and digests are empty.
struct SourceLevel {
  std::string revision;             ///< as the user wrote it
  std::vector<Patch> patches = {};  ///< empty: the revision as it is
  std::string commit = {};          ///< object id
  std::string tree = {};            ///< object id of all files with the patches applied
  friend bool operator==(const SourceLevel&, const SourceLevel&) = default;
};
/// A file whose content is put at the path of the variable while a trial runs.
struct FileLevel {
  std::string file;
  std::string sha256 = {};  ///< of its content; empty until the plan is frozen
  friend bool operator==(const FileLevel&, const FileLevel&) = default;
};
/// A state that replaces that of the cell: the condition of caches and services when a trial starts.
struct StateLevel {
  std::string state;
  friend bool operator==(const StateLevel&, const StateLevel&) = default;
};
using LevelValue =
    std::variant<EnvironmentLevel, ArgumentLevel, CommandLevel, SourceLevel, FileLevel, StateLevel, SettingsLevel>;

/// One level of the variable, which makes one arm.
struct Level {
  std::string label;  ///< "control", "treatment", or the user's own name
  LevelValue value;
  friend bool operator==(const Level&, const Level&) = default;
};

enum class VariableKind {
  env,
  argument,
  command,
  revision,
  patch,
  file,
  state,
  level,  ///< several levels that race for the best (docs/methods/levels.md); each is an argument, some environment
          ///< variables, or a revision with patches
};

/// What a clone does besides taking the files as git stores them.
enum class CheckoutStep {
  submodules,  ///< checks out their commits too; may use the network
  filters,     ///< puts the user's git configuration in force, with its filters (git-lfs)
};

/// How arms are built from git revisions.
struct SourceBuild {
  std::string repository;  ///< relative to the experiment's folder; empty: the one that contains this folder
  Argv build;              ///< runs at the top of each clone; empty: nothing is built
  int builds = 1;          ///< number of builds of each arm; if several, each has its own link order
  nanoseconds timeout = std::chrono::hours(1);  ///< time limit of one build
  std::optional<std::vector<std::string>>
      harness;  ///< globs of files that may not differ; std::nullopt: the commands' own scripts
  std::vector<CheckoutStep> checkout;
  friend bool operator==(const SourceBuild&, const SourceBuild&) = default;
};

/// The one thing that differs between the arms.
struct Variable {
  VariableKind kind = VariableKind::command;
  std::string name;           ///< name of the environment variable or argument, or path of the file; else empty
  std::vector<Level> levels;  ///< control first; at least two
  std::optional<SourceBuild> source = {};       ///< set if the arms are built from git revisions
  std::optional<MetricCondition> reached = {};  ///< shows that the variable acts: true in treatments, false in control
  bool shares = false;                          ///< trials share something, so isolation must be challenged before keep
  friend bool operator==(const Variable&, const Variable&) = default;
};

/// A description for people: "env LC_ALL: unset -> C", or "revision: main (1f0c9aa37d) -> HEAD (9c01d24e51)" once it is
/// frozen.
[[nodiscard]] std::string describe(const Variable& variable);
/// The environment variables that some level sets or removes, each once.
[[nodiscard]] std::vector<std::string> environment_names(const Variable& variable);
/// The placeholder of an argument in commands: "{name}".
[[nodiscard]] std::string argument_placeholder(std::string_view name);
/// The words with every placeholder of that name replaced. Placeholders inside the value are not replaced.
[[nodiscard]] Argv with_argument(Argv argv, std::string_view name, std::string_view value);
/// Whether levels replace `{name}` in the commands.
[[nodiscard]] bool varies_argument(const Variable& variable);

/// Whether the arms are built from git revisions.
[[nodiscard]] inline bool has_source(const Variable& variable) {
  return !variable.levels.empty() && std::holds_alternative<SourceLevel>(variable.levels.front().value);
}

/// "HEAD with cache.patch, pool.patch"; only the revision if there are no patches.
[[nodiscard]] std::string describe(const SourceLevel& level);

/// The first digits of an object id, enough for people.
[[nodiscard]] std::string short_object_id(const std::string& id);

template <>
struct EnumNames<VariableKind> {
  static constexpr std::array<std::string_view, 8> values = {"env",   "argument", "command", "revision",
                                                             "patch", "file",     "state",   "level"};
};

template <>
struct EnumNames<CheckoutStep> {
  static constexpr std::array<std::string_view, 2> values = {"submodules", "filters"};
};

}  // namespace assay
