#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"
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
  Argv normalise = {};  ///< a filter that takes out what may differ, run outside the clock; empty: every byte counts
  friend bool operator==(const SameOutputCheck&, const SameOutputCheck&) = default;
};
/// How a test report is written.
enum class ReportFormat { junit, tap, ctest };
/// No test of control's may be missing, skipped, failed or weaker in any trial, by the report that the trial writes.
struct TestInventoryCheck {
  ReportFormat format = ReportFormat::junit;
  std::string file;  ///< empty: standard output
  friend bool operator==(const TestInventoryCheck&, const TestInventoryCheck&) = default;
};
/// A trial may leave nothing behind: processes, mounts, listening ports, files, or lines of the list commands.
struct NoLeaksCheck {
  std::vector<std::string> watch;   ///< folders watched beside those that always are
  std::vector<Argv> list;           ///< commands whose output is compared before and after, line by line
  std::vector<std::string> ignore;  ///< patterns of paths that others come and go in
  friend bool operator==(const NoLeaksCheck&, const NoLeaksCheck&) = default;
};
/// Each of these must hold for the trial's own results: "json:/ok == true".
struct ConditionCheck {
  std::vector<std::string> require;
  friend bool operator==(const ConditionCheck&, const ConditionCheck&) = default;
};
/// An arm gives the same output alone, a second time, and beside a second instance of itself. Run once per arm, before
/// the first block.
struct IsolationCheck {
  std::string file;
  Argv normalise = {};
  friend bool operator==(const IsolationCheck&, const IsolationCheck&) = default;
};
using CheckKind =
    std::variant<CommandCheck, SameOutputCheck, TestInventoryCheck, NoLeaksCheck, ConditionCheck, IsolationCheck>;

/// What must hold on the very trials that were timed; a failure vetoes any speed.
struct Check {
  std::string name;
  CheckKind kind;
  std::vector<std::string> workloads;  ///< only these; empty: all
  friend bool operator==(const Check&, const Check&) = default;
};

/// The kinds as files and plans write them, in the order of the variant.
inline constexpr std::array<std::string_view, 6> kCheckKinds = {"command",  "same-output", "test-inventory",
                                                                "no-leaks", "condition",   "isolation"};
static_assert(kCheckKinds.size() == std::variant_size_v<CheckKind>);

template <>
struct EnumNames<ReportFormat> {
  static constexpr std::array<std::string_view, 3> values = {"junit", "tap", "ctest"};
};

}  // namespace assay
