#pragma once

#include <array>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"
#include "core/variable.hpp"

namespace assay {

// The kinds of checks, each with the name that files and plans have for it.

/// Runs a command after every trial, in the trial's folder and environment; it must exit with 0.
struct CommandCheck {
  static constexpr std::string_view kName = "command";
  Argv command;
  friend bool operator==(const CommandCheck&, const CommandCheck&) = default;
};
/// The file, or standard output if `file` is empty, must hold the same bytes in every trial of every arm.
struct SameOutputCheck {
  static constexpr std::string_view kName = "same-output";
  std::string file;
  Argv normalise = {};  ///< a filter that removes what may differ, run outside the clock; empty: every byte counts
  friend bool operator==(const SameOutputCheck&, const SameOutputCheck&) = default;
};
/// The format of a test report.
enum class ReportFormat { junit, tap, ctest };
/// No test that control runs may be missing, skipped, failed or weaker in any trial, according to the report that the
/// trial writes.
struct TestInventoryCheck {
  static constexpr std::string_view kName = "test-inventory";
  ReportFormat format = ReportFormat::junit;
  std::string file;  ///< empty: standard output
  friend bool operator==(const TestInventoryCheck&, const TestInventoryCheck&) = default;
};
/// A trial may leave nothing behind: processes, mounts, listening ports, files, or lines of the list commands.
struct NoLeaksCheck {
  static constexpr std::string_view kName = "no-leaks";
  std::vector<std::string> watch;   ///< folders to watch in addition to those that always are
  std::vector<Argv> list;           ///< commands whose output is compared before and after, line by line
  std::vector<std::string> ignore;  ///< patterns of paths that other programs write to
  friend bool operator==(const NoLeaksCheck&, const NoLeaksCheck&) = default;
};
/// Each of these conditions must hold for the trial's own results: "json:/ok == true".
struct ConditionCheck {
  static constexpr std::string_view kName = "condition";
  std::vector<std::string> require;
  friend bool operator==(const ConditionCheck&, const ConditionCheck&) = default;
};
/// An arm must give the same output alone, a second time, and beside a second instance of itself. Run once per arm,
/// before the first block.
struct IsolationCheck {
  static constexpr std::string_view kName = "isolation";
  std::string file;
  Argv normalise = {};
  friend bool operator==(const IsolationCheck&, const IsolationCheck&) = default;
};
using CheckKind =
    std::variant<CommandCheck, SameOutputCheck, TestInventoryCheck, NoLeaksCheck, ConditionCheck, IsolationCheck>;

/// What must hold in the very trials that were timed. If it fails, no speed counts.
struct Check {
  std::string name;
  CheckKind kind;
  std::vector<std::string> workloads;  ///< only these; empty: all
  friend bool operator==(const Check&, const Check&) = default;
};

template <>
struct EnumNames<ReportFormat> {
  static constexpr std::array<std::string_view, 3> values = {"junit", "tap", "ctest"};
};

}  // namespace assay
