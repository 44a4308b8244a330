#include "experiments/formats/description.hpp"

#include <gtest/gtest.h>

#include "experiments/formats/described.hpp"
#include "experiments/formats/object.hpp"
#include "tests/support/message_of.hpp"

namespace assay::formats {
namespace description_tests {

struct Circle {
  static constexpr std::string_view kName = "circle";
  double radius = 1;
  friend bool operator==(const Circle&, const Circle&) = default;
};
struct Square {
  static constexpr std::string_view kName = "square";
  double side = 1;
  friend bool operator==(const Square&, const Square&) = default;
};
struct Tile {
  std::string name;
  std::variant<Circle, Square> shape;
  std::optional<int> weight;
  std::vector<std::string> colours = {"grey"};
  bool shiny = false;
  friend bool operator==(const Tile&, const Tile&) = default;
};

void refuse_heavy(const Tile& tile, const Field& field) {
  if (tile.weight.value_or(0) > 100) field.at("weight").fail("too heavy");
}

}  // namespace description_tests

using description_tests::Circle;
using description_tests::Square;
using description_tests::Tile;

template <>
const Description& description_of<Circle>() {
  static const Description description = Object<Circle>("circle").always<&Circle::radius>("radius", "in cm");
  return description;
}
template <>
const Description& description_of<Square>() {
  static const Description description = Object<Square>("square").always<&Square::side>("side", "in cm");
  return description;
}
template <>
const Description& description_of<Tile>() {
  static const Description description = Object<Tile>("tile")
                                             .always<&Tile::name>("name", "what people call it")
                                             .kinds<&Tile::shape>("shape", "its outline", "is no shape")
                                             .if_set<&Tile::weight>("weight", "in kg")
                                             .unless_default<&Tile::colours>("colours", "from the edge to the middle")
                                             .unless_default<&Tile::shiny>("shiny", "true if it is")
                                             .checked<description_tests::refuse_heavy>();
  return description;
}

namespace description_tests {

Tile read(const std::string& text) {
  const nlohmann::json tree = nlohmann::json::parse(text);
  return read_as<Tile>(Field(tree));
}

std::string objection_to(const std::string& text) {
  return test::message_of([&] { (void)read(text); });
}

TEST(Description, WritesKeysInByteOrderWithThoseOfTheAlternativeAmongThem) {
  EXPECT_EQ(text_of(Tile{"a", Square{2}, 7, {}, true}),
            R"({"colours":[],"name":"a","shape":"square","shiny":true,"side":2,"weight":7})");
}

TEST(Description, LeavesOutDefaultsAndWhatIsNotSet) {
  EXPECT_EQ(text_of(Tile{"a", Circle{0.5}, {}}), R"({"name":"a","radius":0.5,"shape":"circle"})");
}

TEST(Description, ReadsBackWhatItWrote) {
  for (const Tile& tile : {Tile{"a", Square{2}, 7, {}, true}, Tile{"b", Circle{0.5}, {}}, Tile{}}) {
    EXPECT_EQ(read(text_of(tile)), tile);
  }
}

TEST(Description, KeepsTheDefaultOfAKeyThatIsNotThere) {
  EXPECT_EQ(read(R"({"name":"a","shape":"circle","radius":1})").colours, Tile{}.colours);
}

TEST(Description, PassesOverKeysThatLaterVersionsAdd) {
  EXPECT_EQ(read(R"({"name":"a","shape":"circle","radius":1,"age":3})"), (Tile{"a", Circle{1}, {}}));
}

TEST(Description, NamesAMissingKeyAndItsPlace) {
  EXPECT_EQ(objection_to(R"({"name":"a","shape":"square"})"), "/: \"side\" is missing");
  EXPECT_EQ(objection_to(R"({"name":"a"})"), "/: \"shape\" is missing");
}

TEST(Description, RefusesNullForAValueThatMayBeLeftOut) {
  EXPECT_EQ(objection_to(R"({"name":"a","shape":"circle","radius":1,"weight":null})"),
            "/weight: expected an integer, not null");
}

TEST(Description, RefusesAnAlternativeThatItDoesNotKnow) {
  EXPECT_EQ(objection_to(R"({"name":"a","shape":"star"})"), "/shape: \"star\" is no shape");
}

TEST(Description, ChecksTheWholeAfterItsMembers) {
  EXPECT_EQ(objection_to(R"({"name":"a","shape":"circle","radius":1,"weight":101})"), "/weight: too heavy");
}

}  // namespace description_tests
}  // namespace assay::formats
