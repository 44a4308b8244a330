#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/definition/key_text.hpp"
#include "experiments/definition/lab/environment_rules.hpp"
#include "experiments/definition/lab/gate_policy.hpp"
#include "experiments/definition/reading/tables.hpp"
#include "experiments/definition/schema.hpp"
#include "tests/support/generated_document.hpp"

// docs/formats/experiment.md and experiment.schema.json follow from the keys that are described for reading.
namespace assay::definition {
namespace key_tables_tests {

const std::string kFolder = ASSAY_SOURCE_FOLDER "/docs/formats/";

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : std::string(separator)) + text;
  return all;
}

std::string row(const Key& key) {
  return fmt::format("| {} | {} | {} |\n", form_of(key.shape), default_of(key), key.meaning);
}

std::string table(const TableDescription& description) {
  std::string text = "| key | value | default | meaning |\n|---|---|---|---|\n";
  for (const Key& key : description.keys) text += fmt::format("| `{}` {}", key.name, row(key));
  return text;
}

std::string kinds(const std::vector<TableDescription>& forms) {
  std::string text = "| kind | meaning |\n|---|---|\n";
  for (const TableDescription& form : forms) text += fmt::format("| `\"{}\"` | {} |\n", form.kind, form.meaning);
  return text;
}

/// A row of one or more forms of a table.
struct SharedRow {
  std::string key;
  std::string row;
  std::vector<std::string> kinds;
};

std::string kinds_text(const SharedRow& row, const std::vector<TableDescription>& forms) {
  if (row.kinds.size() == forms.size()) return "all";
  if (row.kinds.size() + 1 < forms.size() || forms.size() < 4) return joined(row.kinds, ", ");
  const auto is_missing = [&](const TableDescription& form) {
    return std::find(row.kinds.begin(), row.kinds.end(), fmt::format("`{}`", form.kind)) == row.kinds.end();
  };
  return fmt::format("all but `{}`", std::find_if(forms.begin(), forms.end(), is_missing)->kind);
}

/// Each row once, with the kinds that have it; rows of one key stand together.
std::vector<SharedRow> shared_rows(const std::vector<TableDescription>& forms) {
  std::vector<SharedRow> rows;
  for (const TableDescription& form : forms) {
    for (const Key& key : form.keys) {
      const std::string text =
          key.name == "kind" ? fmt::format("| see above | required | {} |\n", key.meaning) : row(key);
      auto place = rows.begin();
      while (place != rows.end() && (place->key != key.name || place->row != text)) ++place;
      if (place == rows.end()) {
        const auto last =
            std::find_if(rows.rbegin(), rows.rend(), [&](const auto& one) { return one.key == key.name; });
        place = rows.insert(last == rows.rend() ? rows.end() : last.base(), {std::string(key.name), text, {}});
      }
      place->kinds.push_back(fmt::format("`{}`", form.kind));
    }
  }
  return rows;
}

std::string keys_by_kind(const std::vector<TableDescription>& forms) {
  std::string text = "| key | of the kinds | value | default | meaning |\n|---|---|---|---|---|\n";
  for (const SharedRow& shared : shared_rows(forms))
    text += fmt::format("| `{}` | {} {}", shared.key, kinds_text(shared, forms), shared.row);
  return text;
}

const test::DocumentTables kTables = {
    {"experiment", [] { return table(experiment_table()); }},
    {"kinds of variables", [] { return kinds(variable_tables()); }},
    {"variable", [] { return keys_by_kind(variable_tables()); }},
    {"level", [] { return table(racing_level_table()); }},
    {"workload", [] { return table(table_of<Workload>()); }},
    {"limits", [] { return table(table_of<Limits>()); }},
    {"weight", [] { return table(weight_table()); }},
    {"state", [] { return table(table_of<State>()); }},
    {"metric", [] { return table(table_of<Metric>()); }},
    {"kinds of checks", [] { return kinds(check_tables()); }},
    {"check", [] { return keys_by_kind(check_tables()); }},
    {"plant", [] { return table(table_of<Plant>()); }},
    {"target", [] { return table(table_of<Target>()); }},
    {"budget", [] { return table(table_of<Budget>()); }},
    {"protocol", [] { return table(table_of<Protocol>()); }},
    {"simulated", [] { return table(table_of<Simulation>()); }},
};

TEST(KeyTables, OfTheDocumentFollowFromTheDescribedKeys) {
  test::expect_tables(kFolder + "experiment.md", kTables);
}

TEST(KeyTables, OfTheFilesOfALabFollowFromTheDescribedKeys) {
  test::expect_tables(kFolder + "gate.md", {{"gate", [] { return table(table_of<GatePolicy>()); }}});
  test::expect_tables(kFolder + "environments.md",
                      {{"environments", [] { return table(table_of<EnvironmentRule>()); }}});
}

TEST(KeyTables, SchemaForEditorsFollowsFromTheDescribedKeys) {
  test::expect_generated(kFolder + "experiment.schema.json", experiment_schema());
}

TEST(WrittenDuration, HasTheLargestUnitThatDividesIt) {
  using namespace std::chrono_literals;
  EXPECT_EQ(written_duration(3600s), "1 h");
  EXPECT_EQ(written_duration(90s), "90 s");
  EXPECT_EQ(written_duration(100ms), "100 ms");
  EXPECT_EQ(written_duration(0s), "0 s");
  EXPECT_EQ(written_duration(7ns), "7 ns");
}

}  // namespace key_tables_tests
}  // namespace assay::definition
