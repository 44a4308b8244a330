#include "experiments/formats/json_schema.hpp"

#include <array>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/formats/object.hpp"

namespace assay::formats {
namespace json_schema_tests {

struct Leaf {
  std::optional<double> share;
  std::string colour = "green";
  friend bool operator==(const Leaf&, const Leaf&) = default;
};
struct Pot {
  static constexpr std::string_view kName = "pot";
  int size = 1;
  friend bool operator==(const Pot&, const Pot&) = default;
};
struct Bed {
  static constexpr std::string_view kName = "bed";
  double size = 1;
  bool raised = false;
  friend bool operator==(const Bed&, const Bed&) = default;
};
struct Plant {
  std::string name;
  std::vector<Leaf> leaves;
  std::optional<Leaf> first_leaf;
  std::variant<Pot, Bed> place;
  friend bool operator==(const Plant&, const Plant&) = default;
};
struct Label {
  std::string language;
  std::string text;
  bool printed = false;
  friend bool operator==(const Label&, const Label&) = default;
};

}  // namespace json_schema_tests

using json_schema_tests::Bed;
using json_schema_tests::Label;
using json_schema_tests::Leaf;
using json_schema_tests::Plant;
using json_schema_tests::Pot;

template <>
const Description& description_of<Leaf>() {
  static const Description description = Object<Leaf>("green leaf")
                                             .always<&Leaf::share>("share", "of the light; null: unknown", kShare)
                                             .unless_default<&Leaf::colour>("colour", "see [colours](colours.md)");
  return description;
}
template <>
const Description& description_of<Pot>() {
  static const Description description = Object<Pot>("pot").always<&Pot::size>("size", "in litres", kFromOne);
  return description;
}
template <>
const Description& description_of<Bed>() {
  static const Description description =
      Object<Bed>("bed").always<&Bed::size>("size", "in square metres").always<&Bed::raised>("raised", "from the soil");
  return description;
}
template <>
const Description& description_of<Plant>() {
  static const Description description = Object<Plant>("plant")
                                             .always<&Plant::name>("name", "`x` for an unknown one")
                                             .always<&Plant::leaves>("leaves", "from the soil up", kAtLeastOneElement)
                                             .always<&Plant::first_leaf>("first_leaf", "of all")
                                             .kinds<&Plant::place>("place", "where it grows", "is no place");
  return description;
}
template <>
const Description& description_of<Label>() {
  static const Description description = Object<Label>("label")
                                             .always<&Label::language>("language", "of the text")
                                             .always<&Label::text>("text", "for visitors")
                                             .unless_default<&Label::printed>("printed", "true if it is");
  return description;
}

namespace json_schema_tests {

using nlohmann::json;

json plant_schema() {
  const std::array labels = {SchemaAddition{description_of<Plant>, description_of<Label>, "In shops only."}};
  return json::parse(json_schema({"plant.json", "Plants", "What grows."}, description_of<Plant>(), labels));
}

json properties() {
  return plant_schema()["properties"];
}

TEST(JsonSchema, SaysWhatItIs) {
  const json schema = plant_schema();
  EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
  EXPECT_EQ(schema["$id"], "plant.json");
  EXPECT_EQ(schema["title"], "Plants");
  EXPECT_EQ(schema["description"], "What grows.");
  EXPECT_EQ(schema["type"], "object");
}

TEST(JsonSchema, RequiresTheKeysThatAreAlwaysThere) {
  EXPECT_EQ(plant_schema()["required"], (json{"place", "name", "leaves", "first_leaf"}));
  EXPECT_EQ(plant_schema()["definitions"]["green_leaf"]["required"], json::array({"share"}));
}

TEST(JsonSchema, AcceptsKeysThatNobodyDescribed) {
  EXPECT_FALSE(plant_schema().contains("additionalProperties"));
}

TEST(JsonSchema, DescribesKeysInPlainSentences) {
  EXPECT_EQ(properties()["name"], (json{{"type", "string"}, {"description", "x for an unknown one."}}));
  EXPECT_EQ(plant_schema()["definitions"]["green_leaf"]["properties"]["colour"]["description"], "See colours.");
}

TEST(JsonSchema, DefinesADescribedObjectOnce) {
  const json reference = {{"$ref", "#/definitions/green_leaf"}};
  EXPECT_EQ(properties()["leaves"]["items"], reference);
  EXPECT_EQ(properties()["first_leaf"]["anyOf"], (json{reference, {{"type", "null"}}}));
  EXPECT_EQ(plant_schema()["definitions"].size(), 1U);
}

TEST(JsonSchema, KeepsTheBounds) {
  EXPECT_EQ(properties()["leaves"]["minItems"], 1);
  const json share = plant_schema()["definitions"]["green_leaf"]["properties"]["share"];
  EXPECT_EQ(share["type"], (json{"number", "null"}));
  EXPECT_EQ(share["minimum"], 0);
  EXPECT_EQ(share["maximum"], 1);
}

TEST(JsonSchema, OffersTheMembersOfEveryAlternativeBesideTheKind) {
  const json place = {{"type", "string"}, {"enum", {"pot", "bed"}}, {"description", "Where it grows."}};
  EXPECT_EQ(properties()["place"], place);
  EXPECT_EQ(properties()["raised"]["type"], "boolean");
  EXPECT_EQ(properties()["size"]["anyOf"][0]["type"], "integer");
  EXPECT_EQ(properties()["size"]["anyOf"][1]["type"], "number");
}

TEST(JsonSchema, RequiresNoAddedKeyUnlessTheFirstIsThere) {
  const json schema = plant_schema();
  EXPECT_EQ(schema["properties"]["text"]["description"], "For visitors. In shops only.");
  EXPECT_EQ(schema["dependencies"], (json{{"language", json::array({"text"})}}));
}

}  // namespace json_schema_tests
}  // namespace assay::formats
