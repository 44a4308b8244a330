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
/// A patch file, as `git diff` writes it.
struct Patch {
  std::string file;
  std::string sha256 = {};  ///< of its content; empty until the plan is frozen
  friend bool operator==(const Patch&, const Patch&) = default;
};
/// A git revision, with the patches that are put on it one after another. What the names stand for is looked up when
/// the plan is frozen; until then commit, tree and digests are empty.
struct SourceLevel {
  std::string revision;             ///< as the user names it
  std::vector<Patch> patches = {};  ///< none: the revision as it is
  std::string commit = {};          ///< object id
  std::string tree = {};            ///< object id of all the files, with the patches
  friend bool operator==(const SourceLevel&, const SourceLevel&) = default;
};
/// The file whose content stands at the variable's path while a trial runs.
struct FileLevel {
  std::string file;
  std::string sha256 = {};  ///< of its content; empty until the plan is frozen
  friend bool operator==(const FileLevel&, const FileLevel&) = default;
};
/// How caches and services stand when a trial starts, in place of the cell's state.
struct StateLevel {
  std::string state;
  friend bool operator==(const StateLevel&, const StateLevel&) = default;
};
using LevelValue =
    std::variant<EnvironmentLevel, ArgumentLevel, CommandLevel, SourceLevel, FileLevel, StateLevel, SettingsLevel>;

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
  revision,
  patch,
  file,
  state,
  level,  ///< several levels that race for the best (docs/methods/levels.md); each an argument, one or several
          ///< environment variables, or a revision with patches
};

/// What a clone does beyond taking the files as git stores them.
enum class CheckoutStep {
  submodules,  ///< their commits are checked out too; may ask the network
  filters,     ///< the user's own git configuration is in force, with its filters (git-lfs)
};

/// How arms are made of git revisions.
struct SourceBuild {
  std::string repository;  ///< relative to the experiment's folder; empty: the one that this folder lies in
  Argv build;              ///< run at the top of each clone; empty: nothing is built
  int builds = 1;          ///< of each arm; with more than one, each links in an order of its own
  nanoseconds timeout = std::chrono::hours(1);      ///< of one build
  std::optional<std::vector<std::string>> harness;  ///< globs: what may not differ; nothing: the commands' own scripts
  std::vector<CheckoutStep> checkout;
  friend bool operator==(const SourceBuild&, const SourceBuild&) = default;
};

/// The one thing that differs between the arms.
struct Variable {
  VariableKind kind = VariableKind::command;
  std::string name;  ///< of the environment variable or argument, or the path of the file; empty for other kinds
  std::vector<Level> levels;                    ///< control first; at least two
  std::optional<SourceBuild> source = {};       ///< where the arms are made of git revisions
  std::optional<MetricCondition> reached = {};  ///< shows that the variable acts: true in treatments, false in control
  bool shares = false;  ///< the change makes trials share something: isolation must be challenged before keep
  friend bool operator==(const Variable&, const Variable&) = default;
};

/// "env LC_ALL: unset -> C"; "revision: main (1f0c9aa37d) -> HEAD (9c01d24e51)" once it is frozen; for people.
[[nodiscard]] std::string describe(const Variable& variable);
/// The environment variables that some level sets or removes, each once.
[[nodiscard]] std::vector<std::string> environment_names(const Variable& variable);
/// What stands in commands for an argument: "{name}".
[[nodiscard]] std::string argument_placeholder(std::string_view name);
/// The words with every placeholder of that name replaced; what a value brings along is not replaced again.
[[nodiscard]] Argv with_argument(Argv argv, std::string_view name, std::string_view value);
/// Whether some level stands in the commands in place of `{name}`.
[[nodiscard]] bool varies_argument(const Variable& variable);

/// Whether the arms are made of git revisions.
[[nodiscard]] inline bool has_source(const Variable& variable) {
  return !variable.levels.empty() && std::holds_alternative<SourceLevel>(variable.levels.front().value);
}

/// "HEAD with cache.patch, pool.patch"; the revision alone where there is no patch.
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
