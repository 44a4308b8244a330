#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/engine/cluster_options.hpp"
#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "core/units.hpp"

namespace assay::engine {

// What the files of a spool hold (docs/formats/spool.md). Each has canonical JSON of one of these values.

/// The tasks of one job array, written before the array is submitted.
struct Generation {
  int number = 1;
  std::string job_name;
  std::vector<BlockOrder> orders;  ///< one for each task, by its index in the array
  bool mixed_cpus = false;         ///< whether nodes with processors of different models may run them
  friend bool operator==(const Generation&, const Generation&) = default;
};

/// Who may run a block in a generation: whoever makes the claim's file first.
enum class Claimant {
  task,     ///< the first trial is about to start
  stopped,  ///< nobody: somebody asked the attempt to stop
  missing,  ///< nobody: the task was not seen any more before it started a trial
};

/// Who has the right to run a block in one generation. It is given once.
struct Claim {
  Claimant claimant = Claimant::task;
  std::string node = {};            ///< of the task
  std::optional<Block> block = {};  ///< of the task: as it would be if it were broken off now
  friend bool operator==(const Claim&, const Claim&) = default;
};

/// How far a task has come. It is written between trials, never while one is timed.
struct TaskProgress {
  std::string node;
  std::string step;                 ///< "warm-up of treatment"
  nanoseconds allowed{};            ///< after so long without another file the task counts as lost
  std::optional<Block> block = {};  ///< as it would be if it were broken off now; empty before its first trial
  friend bool operator==(const TaskProgress&, const TaskProgress&) = default;
};

/// What a task hands in.
struct TaskResult {
  std::string plan_sha256;
  int generation = 1;
  std::string node;
  Block block;
  std::vector<std::string> notes = {};
  std::vector<std::string> intruders = {};  ///< what differs between the arms on this node and was not declared
  nanoseconds held{};                       ///< how long the task held its node
  friend bool operator==(const TaskResult&, const TaskResult&) = default;
};

/// Why a task could not run its block although the cluster did its part.
struct TaskFailure {
  std::string plan_sha256;
  int generation = 1;
  std::string node;
  std::string message;
  ErrorKind kind = ErrorKind::mistake;
  bool is_final = false;  ///< another node would say the same
  friend bool operator==(const TaskFailure&, const TaskFailure&) = default;
};

template <class Value>
[[nodiscard]] std::string spool_text(const Value& value);
/// \throws Error with the place of what is wrong.
template <class Value>
[[nodiscard]] Value parse_spool_text(std::string_view text);

}  // namespace assay::engine

template <>
struct assay::EnumNames<assay::engine::Claimant> {
  static constexpr std::array<std::string_view, 3> values = {"task", "stopped", "missing"};
};
template <>
struct assay::EnumNames<assay::ErrorKind> {
  static constexpr std::array<std::string_view, 3> values = {"mistake", "refused", "invalid"};
};
