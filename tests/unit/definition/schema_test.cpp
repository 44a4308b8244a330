#include "experiments/definition/schema.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/definition/definition.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "tests/unit/definition/source_tree.hpp"

namespace assay::definition {
namespace schema_tests {

using nlohmann::json;
using test::parse;
using test::small_experiment;

json schema() {
  return formats::parse_json(experiment_schema(), "experiment.schema.json");
}

/// Stating a key's default in a file gives what leaving it out gives. JSON's values are TOML's, as far as used here.
void expect_defaults_hold(const std::string& definition, const std::string& before) {
  const json properties = schema()["definitions"][definition]["properties"];
  int stated = 0;
  for (const auto& [key, property] : properties.items()) {
    if (!property.contains("default")) continue;
    ++stated;
    const std::string line = key + " = " + formats::canonical_json(property["default"]) + "\n";
    EXPECT_EQ(parse(before + line), parse(before)) << line;
  }
  EXPECT_GT(stated, 0) << definition;
}

TEST(Schema, IsTheFileThatIsInstalled) {
  EXPECT_EQ(experiment_schema(), test::source_file("docs/formats/experiment.schema.json"));
}

TEST(Schema, StatesTheDefaultsOfTheProgram) {
  expect_defaults_hold("workload", small_experiment());
  expect_defaults_hold("state", small_experiment("[state.warm]\n"));
  expect_defaults_hold("metric", small_experiment("[[metric]]\nname = \"x\"\nfrom = \"json:/x\"\n"));
  expect_defaults_hold("protocol", small_experiment("[protocol]\n"));
  expect_defaults_hold("simulated", small_experiment("[simulated]\n"));
}

/// Every name under "properties", wherever it stands.
void collect_keys(const json& part, std::set<std::string>& keys) {
  if (part.is_object() && part.contains("properties")) {
    for (const auto& member : part["properties"].items()) keys.insert(member.key());
  }
  if (part.is_structured()) {
    for (const json& value : part) collect_keys(value, keys);
  }
}

TEST(Schema, HasNoKeyThatTheDocumentDoesNotExplain) {
  const std::string document = test::source_file("docs/formats/experiment.md");
  std::set<std::string> keys;
  collect_keys(schema(), keys);
  EXPECT_GT(keys.size(), 50U);
  for (const std::string& key : keys) EXPECT_NE(document.find("`" + key + "`"), std::string::npos) << key;
}

TEST(Schema, HasATitleForEveryMessage) {
  const json whole = schema();
  for (const auto& [name, definition] : whole["definitions"].items()) {
    EXPECT_TRUE(definition.contains("title")) << name;
    const json properties = definition.value("properties", json::object());
    for (const auto& [key, property] : properties.items())
      EXPECT_TRUE(property.contains("title") || property.contains("$ref")) << name << "." << key;
  }
}

}  // namespace schema_tests
}  // namespace assay::definition
