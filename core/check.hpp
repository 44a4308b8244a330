#pragma once

#include <array>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"
#include "core/variable.hpp"

namespace assay {

// The kinds of checks. Each has the name that files and plans have for it, one phrase about it, and after it the list
// of its keys. Reading files, reading and writing plans, the schema and the tables of docs/formats follow from these,
// so a new kind is a struct here and its rule in experiments/trial/checks.

/// What the value of a check's key may be, beside what the member's type says.
enum class CheckValue {
  action,         ///< a command
  actions,        ///< a list of commands
  filter,         ///< a command that reads standard input and writes standard output
  written_file,   ///< a path from the working directory: a file that every trial writes
  compared_file,  ///< the same, but of a trial that is run before the first block
  test_report,    ///< a report that every trial writes; in files its format is the key
  folders,        ///< a list of paths
  patterns,       ///< a list of patterns of paths
  test_names,     ///< a list of patterns of test names
  conditions,     ///< a list of conditions on the results; in files one may stand alone
};

/// Whether files must have a key, and plans have it always.
enum class CheckKeyUse {
  required,  ///< files must have it
  optional,  ///< files may leave it out; plans always have it
  later,     ///< files may leave it out, and so do plans: it came later, and the hashes of older plans must hold
};

/// One key of a kind of check.
template <class Kind, class Value>
struct CheckKey {
  Value Kind::*member;
  std::string_view name;
  CheckValue value;
  CheckKeyUse use;
  std::string_view meaning;  ///< one phrase
  constexpr CheckKey(Value Kind::*its_member, std::string_view its_name, CheckValue its_value, CheckKeyUse its_use,
                     std::string_view its_meaning)
      : member(its_member), name(its_name), value(its_value), use(its_use), meaning(its_meaning) {}
};

/// The keys of a kind, in the order in which they are explained. Every kind has its own list.
template <class Kind>
inline constexpr std::tuple<> kCheckKeys;

/// Runs a command after every trial, in the trial's folder and environment; it must exit with 0.
struct CommandCheck {
  static constexpr std::string_view kName = "command";
  static constexpr std::string_view kExample = R"("page is served")";  ///< what such a check may be called
  static constexpr std::string_view kMeaning = "a command that is run after every trial and must exit 0";
  Argv command;
  friend bool operator==(const CommandCheck&, const CommandCheck&) = default;
};
template <>
inline constexpr auto kCheckKeys<CommandCheck> = std::tuple{CheckKey(
    &CommandCheck::command, "command", CheckValue::action, CheckKeyUse::required, "must exit 0 after every trial")};

/// The file, or standard output if `file` is empty, must hold the same bytes in every trial of every arm.
struct SameOutputCheck {
  static constexpr std::string_view kName = "same-output";
  static constexpr std::string_view kExample = R"("same page")";  ///< what such a check may be called
  static constexpr std::string_view kMeaning =
      "a file or standard output must hold the same bytes in every trial of every arm";
  std::string file;
  Argv normalise = {};  ///< a filter that removes what may differ, run outside the clock; empty: every byte counts
  friend bool operator==(const SameOutputCheck&, const SameOutputCheck&) = default;
};
template <>
inline constexpr auto kCheckKeys<SameOutputCheck> =
    std::tuple{CheckKey(&SameOutputCheck::file, "file", CheckValue::written_file, CheckKeyUse::optional,
                        "the file that is compared; empty: standard output"),
               CheckKey(&SameOutputCheck::normalise, "normalise", CheckValue::filter, CheckKeyUse::later,
                        "a filter that removes what may differ (times, ports); run outside the clock")};

/// The format of a test report.
enum class ReportFormat { junit, tap, ctest };
/// No test that more than half of control's trials pass may be missing, skipped, failed or weaker in any trial,
/// according to the report that the trial writes.
struct TestInventoryCheck {
  static constexpr std::string_view kName = "test-inventory";
  static constexpr std::string_view kExample = R"("no test lost")";  ///< what such a check may be called
  static constexpr std::string_view kMeaning =
      "no test that more than half of control's trials pass may be missing, skipped, failed or weaker, by the report "
      "that every trial writes";
  ReportFormat format = ReportFormat::junit;
  std::string file;                      ///< empty: standard output
  Argv normalise = {};                   ///< a filter that removes what changes by itself, run outside the clock
  std::vector<std::string> ignore = {};  ///< patterns of names that do not count: `*` and `?` match any characters
  std::vector<std::string> flaky = {};   ///< the same of tests that may fail: how often they do is a guard
  friend bool operator==(const TestInventoryCheck&, const TestInventoryCheck&) = default;
};
template <>
inline constexpr auto kCheckKeys<TestInventoryCheck> =
    std::tuple{CheckKey(&TestInventoryCheck::format, "format", CheckValue::test_report, CheckKeyUse::required,
                        "how the test report is written"),
               CheckKey(&TestInventoryCheck::file, "file", CheckValue::test_report, CheckKeyUse::optional,
                        "the test report; empty: standard output"),
               CheckKey(&TestInventoryCheck::normalise, "normalise", CheckValue::filter, CheckKeyUse::later,
                        "a filter that removes what changes by itself, such as addresses; run outside the clock"),
               CheckKey(&TestInventoryCheck::ignore, "ignore", CheckValue::test_names, CheckKeyUse::later,
                        "patterns of test names that do not count; `*` and `?` match any characters"),
               CheckKey(&TestInventoryCheck::flaky, "flaky", CheckValue::test_names, CheckKeyUse::later,
                        "patterns of the names of tests that are known to fail now and then; they must be run, and may "
                        "fail")};

/// A trial may leave nothing behind: processes, mounts, listening ports, files, or lines of the list commands.
struct NoLeaksCheck {
  static constexpr std::string_view kName = "no-leaks";
  static constexpr std::string_view kExample = R"("nothing left")";  ///< what such a check may be called
  static constexpr std::string_view kMeaning =
      "no process, mount, listening port, file or listed thing may be left behind by a trial and its conclude; at most "
      "one for each workload";
  std::vector<std::string> watch;   ///< folders to watch in addition to those that always are
  std::vector<Argv> list;           ///< commands whose output is compared before and after, line by line
  std::vector<std::string> ignore;  ///< patterns of paths that other programs write to
  friend bool operator==(const NoLeaksCheck&, const NoLeaksCheck&) = default;
};
template <>
inline constexpr auto kCheckKeys<NoLeaksCheck> = std::tuple{
    CheckKey(&NoLeaksCheck::watch, "watch", CheckValue::folders, CheckKeyUse::optional,
             "folders that are watched beside the working directory, $TMPDIR, $HOME, /tmp, /var/tmp and /dev/shm"),
    CheckKey(&NoLeaksCheck::list, "list", CheckValue::actions, CheckKeyUse::optional,
             "commands that print what is there, a line each; a trial may add no line"),
    CheckKey(&NoLeaksCheck::ignore, "ignore", CheckValue::patterns, CheckKeyUse::optional,
             "patterns of absolute paths that other programs create and remove")};

/// Each of these conditions must hold for the trial's own results: "json:/ok == true".
struct ConditionCheck {
  static constexpr std::string_view kName = "condition";
  static constexpr std::string_view kExample = R"("all deployed")";  ///< what such a check may be called
  static constexpr std::string_view kMeaning = "conditions that the results of every trial must meet";
  std::vector<std::string> require;
  friend bool operator==(const ConditionCheck&, const ConditionCheck&) = default;
};
template <>
inline constexpr auto kCheckKeys<ConditionCheck> =
    std::tuple{CheckKey(&ConditionCheck::require, "require", CheckValue::conditions, CheckKeyUse::required,
                        "conditions that the results must meet, such as `json:/ok == true`")};

/// An arm must give the same output alone, a second time, and beside a second instance of itself. Run once per arm,
/// before the first block.
struct IsolationCheck {
  static constexpr std::string_view kName = "isolation";
  static constexpr std::string_view kExample = R"("no cross-talk")";  ///< what such a check may be called
  static constexpr std::string_view kMeaning =
      "an arm gives the same output alone, a second time and beside a second instance of itself; tried once before the "
      "first block";
  std::string file;
  Argv normalise = {};
  friend bool operator==(const IsolationCheck&, const IsolationCheck&) = default;
};
template <>
inline constexpr auto kCheckKeys<IsolationCheck> =
    std::tuple{CheckKey(&IsolationCheck::file, "file", CheckValue::compared_file, CheckKeyUse::optional,
                        "the file that is compared; empty: standard output"),
               CheckKey(&IsolationCheck::normalise, "normalise", CheckValue::filter, CheckKeyUse::later,
                        "a filter that removes what may differ (times, ports); run outside the clock")};

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
