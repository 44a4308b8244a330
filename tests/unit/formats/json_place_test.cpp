#include "experiments/formats/json_place.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/workload.hpp"

namespace assay::formats {
namespace json_place_tests {

using nlohmann::json;

template <class Read>
std::string message_of(const json& document, Read read) {
  try {
    (void)read(JsonPlace(document));
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(JsonPlace, WritesKeysAsJsonPointersDo) {
  const json document = {{"a/b", {{"c~d", 1}}}};
  EXPECT_EQ(message_of(document, [](const JsonPlace& place) { return place.at("a/b").at("c~d").text(); }),
            "/a~1b/c~0d: expected text, not number");
}

TEST(JsonPlace, CountsElementsFromZero) {
  const json document = {1, "two"};
  EXPECT_EQ(message_of(document, [](const JsonPlace& place) { return place.elements()[1].integer(); }),
            "/1: expected an integer, not \"two\"");
}

TEST(JsonPlace, RefusesAFractionWhereAnIntegerIsMeant) {
  EXPECT_EQ(message_of(json(1.5), [](const JsonPlace& place) { return place.integer(); }),
            "/: expected an integer, not 1.5");
}

TEST(JsonPlace, RefusesAnIntegerThatSixtyFourBitsDoNotHold) {
  EXPECT_EQ(message_of(json(18446744073709551615U), [](const JsonPlace& place) { return place.integer(); }),
            "/: 18446744073709551615 is above 9223372036854775807");
}

TEST(JsonPlace, RefusesACountThatAnIntDoesNotHold) {
  EXPECT_EQ(message_of(json(5'000'000'000), [](const JsonPlace& place) { return place.count(); }),
            "/: 5000000000 is out of range");
}

TEST(JsonPlace, RefusesANegativeIndex) {
  EXPECT_EQ(message_of(json(-1), [](const JsonPlace& place) { return place.index(); }),
            "/: expected an index from 0, not -1");
}

TEST(JsonPlace, ReadsAWholeNumberWhereARealIsMeant) {
  EXPECT_EQ(JsonPlace(json(3)).number(), 3.0);
}

TEST(JsonPlace, RefusesAMemberOfWhatIsNoObject) {
  EXPECT_EQ(message_of(json::array(), [](const JsonPlace& place) { return place.at("x").text(); }),
            "/: expected an object, not array");
}

}  // namespace json_place_tests
}  // namespace assay::formats
