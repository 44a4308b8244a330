#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/named_variant.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/reading/condition.hpp"
#include "experiments/definition/reading/readers.hpp"
#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

/// Conditions that can be understood.
struct Conditions : FileValue<std::vector<std::string>> {
  static void read(const Field& require, std::vector<std::string>& conditions) {
    const bool is_list = require.is_list();
    for (const Field& text : is_list ? require.elements() : std::vector<Field>{require}) {
      conditions.push_back(text.text());
      try {
        (void)parse_condition(conditions.back());
      } catch (const Error& error) {
        text.fail(error.what());
      }
    }
  }
};

Shape written_file() {
  return shape::path("a path, from the working directory").such_as(R"("out/index.html")");
}

Shape filter() {
  Shape filter = shape::action();
  filter.title = R"(a filter: a list of words, or { shell = "..." })";
  filter.definition = "normalise";
  filter.note = "Reads the output on standard input and writes what is compared.";
  filter.examples = {R"(["sed", "s/[0-9]* ms//"])"};
  return filter;
}

Shape test_report() {
  Shape report = shape::path("a path, from the working directory, or \"-\" for standard output");
  report.definition = "testReport";
  report.note = "The report that every trial writes.";
  return report.such_as(R"("out/junit.xml")");
}

Shape conditions() {
  const Shape condition = shape::text("a condition");
  Shape conditions = shape::choice({condition, shape::some_of(condition, "a list of conditions")},
                                   R"(a condition such as "json:/ok == true", or a list of them)");
  conditions.written = "a condition, or a list of them";
  return conditions.such_as(R"("json:/ok == true")");
}

Shape list_of_paths(std::string_view title, std::string_view example) {
  Shape paths = shape::list_of(shape::some_text("a path"), title);
  paths.written = "list of paths";
  return paths.such_as(example);
}

Shape test_names() {
  Shape patterns = shape::list_of(shape::some_text("a pattern"),
                                  "a list of patterns of test names; * and ? stand for any characters");
  patterns.written = "list of patterns";
  return patterns.such_as(R"(["*0x*"])");
}

Shape shape_of(CheckValue value) {
  switch (value) {
    case CheckValue::action:
      return shape::action();
    case CheckValue::actions: {
      Shape actions = shape::list_of(shape::action(), "a list of commands");
      actions.written = "list of actions";
      return actions.such_as(R"([["docker", "ps", "-q"]])");
    }
    case CheckValue::filter:
      return filter();
    case CheckValue::written_file:
    case CheckValue::compared_file:
      return written_file();
    case CheckValue::test_report:
      return test_report();
    case CheckValue::folders:
      return list_of_paths("a list of folders, from the working directory", R"(["/srv/cache"])");
    case CheckValue::patterns: {
      Shape patterns = shape::list_of(shape::some_text("a pattern"),
                                      "a list of patterns of paths; * and ? stand for any characters, / too");
      patterns.written = "list of patterns";
      return patterns.such_as(R"(["*/.cache/*"])");
    }
    case CheckValue::test_names:
      return test_names();
    case CheckValue::conditions:
      return conditions();
  }
  ASSAY_ASSERT(false);
  return {};
}

/// Exactly one of the three keys says where the report lies, and thereby how it is written.
void find_report(TestInventoryCheck& check, const Field& table) {
  constexpr std::string_view kStandardOutput = "-";
  bool is_found = false;
  for (std::size_t format = 0; format < EnumNames<ReportFormat>::values.size(); ++format) {
    const std::optional<Field> file = table.find(EnumNames<ReportFormat>::values[format]);
    if (!file) continue;
    if (is_found) file->fail("a second report: keep one of junit, tap and ctest");
    is_found = true;
    const std::string name = file->text();
    check.format = static_cast<ReportFormat>(format);
    check.file = name == kStandardOutput ? "" : name;
  }
  if (!is_found) {
    table.fail(R"(where is the report? Give junit = "FILE", tap = "FILE" or ctest = "FILE" ("-" for standard output))");
  }
}

/// How the values of a key are written, by the type of the member and by what it may be.
template <class Value, CheckValue value>
struct CheckFileValue : FileValue<Value> {};
template <CheckValue value>
struct CheckFileValue<std::vector<Argv>, value> : FileList<Argv, FileAction> {};
template <>
struct CheckFileValue<Argv, CheckValue::action> : FileAction {};
template <>
struct CheckFileValue<Argv, CheckValue::filter> : FileAction {};
template <>
struct CheckFileValue<std::vector<std::string>, CheckValue::conditions> : Conditions {};

template <class Kind, std::size_t index>
void add_key(Table<Kind>& table) {
  constexpr auto kKey = std::get<index>(kCheckKeys<Kind>);
  using Value = detail::MemberValue<kKey.member>;
  table.template key<kKey.member, CheckFileValue<Value, kKey.value>>(
      {.name = kKey.name,
       .shape = shape_of(kKey.value),
       .meaning = kKey.meaning,
       .need = kKey.use == CheckKeyUse::required ? Need::required : Need::optional});
}

template <class Kind>
void add_keys(Table<Kind>& table) {
  using Keys = std::remove_const_t<decltype(kCheckKeys<Kind>)>;
  [&table]<std::size_t... indices>(std::index_sequence<indices...>) {
    (add_key<Kind, indices>(table), ...);
  }
  (std::make_index_sequence<std::tuple_size_v<Keys>>());
}

/// In a file the format of the report is the key that names it.
template <>
void add_keys(Table<TestInventoryCheck>& table) {
  for (const std::string_view format : EnumNames<ReportFormat>::values)
    table.key_read_later(
        {format, test_report(), "the report that every trial writes; a file has exactly one of these"});
  constexpr auto kKeys = kCheckKeys<TestInventoryCheck>;
  constexpr auto kNormalise = std::get<2>(kKeys);
  constexpr auto kIgnore = std::get<3>(kKeys);
  table.key<&TestInventoryCheck::normalise, FileAction>({kNormalise.name, filter(), kNormalise.meaning});
  constexpr auto kFlaky = std::get<4>(kKeys);
  table.key<&TestInventoryCheck::ignore>({kIgnore.name, test_names(), kIgnore.meaning});
  table.key<&TestInventoryCheck::flaky>({kFlaky.name, test_names(), kFlaky.meaning});
  table.then<find_report>();
}

template <class Kind>
TableDescription form_of_kind() {
  static const std::string title = "a check of the kind " + std::string(Kind::kName);
  Table<Kind> table({.title = title, .meaning = Kind::kMeaning, .kind = Kind::kName});
  table.key_read_later({.name = "name",
                        .shape = shape::name().such_as(Kind::kExample),
                        .meaning = "what results call it",
                        .need = Need::required});
  table.key_read_later({.name = "kind", .meaning = "what is checked", .need = Need::required});
  add_keys(table);
  table.key_read_later({"workloads", shape::workload_names(), "only in these", "all"});
  return table;
}

template <class... Kinds>
std::vector<TableDescription> forms_of_kinds(std::type_identity<std::variant<Kinds...>>) {
  return {form_of_kind<Kinds>()...};
}

struct KindReader {
  const Field& table;

  template <class Kind>
  Kind operator()(std::type_identity<Kind>) const {
    for (const TableDescription& form : check_tables()) {
      if (form.kind != Kind::kName) continue;
      Kind kind;
      read_table(form, table, &kind);
      return kind;
    }
    ASSAY_ASSERT(false);
    return {};
  }
};

}  // namespace

const std::vector<TableDescription>& check_tables() {
  static const std::vector<TableDescription> forms = forms_of_kinds(std::type_identity<CheckKind>());
  return forms;
}

Check read_check(const Field& table) {
  Check check;
  check.name = table.at("name").text();
  const Field kind = table.at("kind");
  std::optional<CheckKind> read = make_alternative<CheckKind>(kind.text(), KindReader{table});
  if (!read) kind.fail(fmt::format("{} is no kind of check", in_quotes(kind.text())));  // the schema refuses it before
  check.kind = std::move(*read);
  if (const auto workloads = table.find("workloads")) check.workloads = workloads->texts();
  return check;
}

}  // namespace assay::definition
