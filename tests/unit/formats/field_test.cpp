#include "experiments/formats/field.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/workload.hpp"

namespace assay::formats {
namespace field_tests {

using nlohmann::json;

template <class Read>
std::string message_of(const json& document, Read read) {
  try {
    (void)read(Field(document));
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Field, WritesKeysAsJsonPointersDo) {
  const json document = {{"a/b", {{"c~d", 1}}}};
  EXPECT_EQ(message_of(document, [](const Field& field) { return field.at("a/b").at("c~d").text(); }),
            "/a~1b/c~0d: expected text, not number");
}

TEST(Field, CountsElementsFromZero) {
  const json document = {1, "two"};
  EXPECT_EQ(message_of(document, [](const Field& field) { return field.elements()[1].integer(); }),
            "/1: expected an integer, not \"two\"");
}

TEST(Field, RefusesAFractionWhereAnIntegerIsMeant) {
  EXPECT_EQ(message_of(json(1.5), [](const Field& field) { return field.integer(); }),
            "/: expected an integer, not 1.5");
}

TEST(Field, RefusesAnIntegerThatSixtyFourBitsDoNotHold) {
  EXPECT_EQ(message_of(json(18446744073709551615U), [](const Field& field) { return field.integer(); }),
            "/: 18446744073709551615 is above 9223372036854775807");
}

TEST(Field, RefusesACountThatAnIntDoesNotHold) {
  EXPECT_EQ(message_of(json(5'000'000'000), [](const Field& field) { return field.count(); }),
            "/: 5000000000 is out of range");
}

TEST(Field, RefusesANegativeIndex) {
  EXPECT_EQ(message_of(json(-1), [](const Field& field) { return field.index(); }),
            "/: expected an index from 0, not -1");
}

TEST(Field, ReadsAWholeNumberWhereARealIsMeant) {
  EXPECT_EQ(Field(json(3)).number(), 3.0);
}

TEST(Field, RefusesAMemberOfWhatIsNoObject) {
  EXPECT_EQ(message_of(json::array(), [](const Field& field) { return field.at("x").text(); }),
            "/: expected an object, not array");
}

}  // namespace field_tests
}  // namespace assay::formats
