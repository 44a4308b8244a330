#include "experiments/definition/schema.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "experiments/definition/definition.hpp"
#include "experiments/definition/shape_mistakes.hpp"
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
    const Definition without = parse(before);
    Definition with = parse(before + line);
    with.states_claim = without.states_claim;  // that it is stated is all that may differ
    EXPECT_EQ(with, without) << line;
  }
  EXPECT_GT(stated, 0) << definition;
}

TEST(Schema, IsTheFileThatIsInstalled) {
  EXPECT_EQ(experiment_schema(), test::source_file("docs/formats/experiment.schema.json"));
}

/// Whether a validator, as editors have one, accepts a document.
class Validator {
 public:
  Validator() : document_(schema()) {
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(document_), schema_);
  }
  bool accepts(const json& value) {
    return valijson::Validator().validate(schema_, valijson::adapters::NlohmannJsonAdapter(value), nullptr);
  }

 private:
  const json document_;
  valijson::Schema schema_;
};

/// Values that stand where others should.
const std::vector<json> kIntruders = {1,
                                      -3,
                                      2.5,
                                      1e300,
                                      true,
                                      nullptr,
                                      "",
                                      "text",
                                      "costly",
                                      "junit",
                                      json::array(),
                                      json::array({"a"}),
                                      json::array({1, 2}),
                                      json::object(),
                                      {{"unset", true}},
                                      {{"shell", "x"}},
                                      {{"command", {"x"}}}};

/// All pointers of a tree.
void collect_places(const json& tree, const json::json_pointer& place, std::vector<json::json_pointer>& places) {
  places.push_back(place);
  if (tree.is_object()) {
    for (const auto& [key, value] : tree.items()) collect_places(value, place / key, places);
  } else if (tree.is_array()) {
    for (std::size_t index = 0; index < tree.size(); ++index) collect_places(tree[index], place / index, places);
  }
}

/// Removes, adds and replaces values of a file at every place.
TEST(Schema, AcceptsWhatTheProgramAccepts) {
  const std::string text = test::source_file("examples/every-key/experiment.toml");
  const formats::Document document = read_document({"a.toml", text});
  Validator validator;
  const auto expect_the_same = [&](const json& tree, const std::string& change) {
    EXPECT_EQ(shape_mistakes({"a.json", tree, {}}).empty(), validator.accepts(tree)) << change;
  };
  expect_the_same(document.tree, "unchanged");
  std::vector<json::json_pointer> places;
  collect_places(document.tree, json::json_pointer(), places);
  EXPECT_GT(places.size(), 100U);
  for (const json::json_pointer& place : places) {
    for (const json& intruder : kIntruders) {
      json tree = document.tree;
      tree[place] = intruder;
      expect_the_same(tree, place.to_string() + " = " + intruder.dump());
    }
    json tree = document.tree;
    if (tree[place].is_object()) tree[place]["another"] = 1;
    expect_the_same(tree, "another key in " + place.to_string());
    if (place.empty() || !document.tree[place.parent_pointer()].is_object()) continue;
    tree = document.tree;
    tree[place.parent_pointer()].erase(place.back());
    expect_the_same(tree, "no " + place.to_string());
  }
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
