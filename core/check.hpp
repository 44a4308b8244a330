#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/variable.hpp"

namespace assay {

/// A command that must exit 0, run after every trial in the trial's folder and environment.
struct CommandCheck {
  Argv command;
  friend bool operator==(const CommandCheck&, const CommandCheck&) = default;
};
/// The file (or standard output, where `file` is empty) must hold the same bytes in every trial of every arm.
struct SameOutputCheck {
  std::string file;
  friend bool operator==(const SameOutputCheck&, const SameOutputCheck&) = default;
};
using CheckKind = std::variant<CommandCheck, SameOutputCheck>;

/// What must hold on the very trials that were timed; a failure vetoes any speed.
struct Check {
  std::string name;
  CheckKind kind;
  std::vector<std::string> workloads;  ///< only these; empty: all
  friend bool operator==(const Check&, const Check&) = default;
};

}  // namespace assay
