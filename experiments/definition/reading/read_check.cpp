#include <array>
#include <type_traits>
#include <utility>

#include "core/named_variant.hpp"
#include "experiments/definition/reading/condition.hpp"
#include "experiments/definition/reading/readers.hpp"

namespace assay::definition {
namespace {

std::string text_or_empty(const Field& table, std::string_view key) {
  const std::optional<Field> found = table.find(key);
  return found ? found->text() : "";
}

Argv argv_or_none(const Field& table, std::string_view key) {
  const std::optional<Field> found = table.find(key);
  return found ? found->argv() : Argv{};
}

/// Exactly one of the three keys says where the report lies, and thereby how it is written.
TestInventoryCheck read_inventory(const Field& table) {
  constexpr std::string_view kStandardOutput = "-";
  std::optional<TestInventoryCheck> check;
  for (std::size_t format = 0; format < EnumNames<ReportFormat>::values.size(); ++format) {
    const std::optional<Field> file = table.find(EnumNames<ReportFormat>::values[format]);
    if (!file) continue;
    if (check) file->fail("a second report: keep one of junit, tap and ctest");
    const std::string name = file->text();
    check = {static_cast<ReportFormat>(format), name == kStandardOutput ? "" : name};
  }
  if (!check) {
    table.fail(R"(where is the report? Give junit = "FILE", tap = "FILE" or ctest = "FILE" ("-" for standard output))");
  }
  return *check;
}

NoLeaksCheck read_no_leaks(const Field& table) {
  NoLeaksCheck check;
  if (const auto watch = table.find("watch")) check.watch = watch->texts();
  if (const auto ignore = table.find("ignore")) check.ignore = ignore->texts();
  if (const auto list = table.find("list")) {
    for (const Field& command : list->elements()) check.list.push_back(command.argv());
  }
  return check;
}

ConditionCheck read_conditions(const Field& require) {
  const bool is_list = require.value().is_array();
  ConditionCheck check;
  for (const Field& text : is_list ? require.elements() : std::vector<Field>{require}) {
    check.require.push_back(text.text());
    try {
      (void)parse_condition(check.require.back());
    } catch (const Error& error) {
      text.fail(error.what());
    }
  }
  return check;
}

/// Reads a check of each kind; a kind without an overload does not compile.
struct CheckKindReader {
  const Field& table;

  CommandCheck operator()(std::type_identity<CommandCheck>) const { return {table.at("command").argv()}; }
  SameOutputCheck operator()(std::type_identity<SameOutputCheck>) const {
    return {text_or_empty(table, "file"), argv_or_none(table, "normalise")};
  }
  TestInventoryCheck operator()(std::type_identity<TestInventoryCheck>) const { return read_inventory(table); }
  NoLeaksCheck operator()(std::type_identity<NoLeaksCheck>) const { return read_no_leaks(table); }
  ConditionCheck operator()(std::type_identity<ConditionCheck>) const { return read_conditions(table.at("require")); }
  IsolationCheck operator()(std::type_identity<IsolationCheck>) const {
    return {text_or_empty(table, "file"), argv_or_none(table, "normalise")};
  }
};

CheckKind read_kind(const Field& table) {
  const Field kind = table.at("kind");
  std::optional<CheckKind> check = make_alternative<CheckKind>(kind.text(), CheckKindReader{table});
  if (!check) kind.fail("\"" + kind.text() + "\" is no kind of check");  // the schema refuses it before
  return std::move(*check);
}

}  // namespace

Check read_check(const Field& table) {
  Check check;
  check.name = table.at("name").text();
  check.kind = read_kind(table);
  if (const auto workloads = table.find("workloads")) check.workloads = workloads->texts();
  return check;
}

}  // namespace assay::definition
