#include "experiments/definition/reading/condition.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/message_of.hpp"

namespace assay::definition {
namespace condition_tests {

const nlohmann::json kResults = nlohmann::json::parse(
    R"({"ok": true, "passed": 81, "total": 81, "rate": 0.5, "host": "ci-1", "none": null, "a == b": 1})");

std::string why(const std::string& condition) {
  return why_unmet(parse_condition(condition), kResults).value_or("");
}

std::string mistake_in(const std::string& condition) {
  return test::message_of([&] { (void)parse_condition(condition); });
}

TEST(Condition, HoldsWhereItIsMet) {
  for (const char* met :
       {"json:/ok == true", "json:/passed == 81", "json:/passed == 81.0", "json:/passed >= 81", "json:/rate < 0.6",
        "json:/rate > 0.4", "json:/passed <= 81", R"(json:/host == "ci-1")", R"(json:/host < "ci-2")",
        "json:/none == null", "json:/passed == json:/total", "json:/ok != false", "  json:/ok  ==  true "}) {
    EXPECT_EQ(why(met), "") << met;
  }
}

TEST(Condition, SaysWhatIsThereWhereItIsNot) {
  EXPECT_EQ(why("json:/ok == false"), "/ok is true, not false");
  EXPECT_EQ(why("json:/passed >= 82"), "/passed is 81, not at least 82");
  EXPECT_EQ(why("json:/rate > 0.5"), "/rate is 0.5, not above 0.5");
  EXPECT_EQ(why("json:/ok != true"), "/ok is true, which is true");
}

TEST(Condition, IsNeverMetByWhatIsNotThere) {
  EXPECT_EQ(why("json:/nothing != 3"), "there is nothing at /nothing");
  EXPECT_EQ(why("json:/ok == json:/nothing"), "there is nothing at /nothing");
}

TEST(Condition, OrdersNumbersAndTextsAlone) {
  EXPECT_EQ(why("json:/ok > false"), "/ok is true, which cannot be more or less than false");
  EXPECT_EQ(why("json:/host > 3"), "/host is \"ci-1\", which cannot be more or less than 3");
}

TEST(Condition, DoesNotTakeATextForANumber) {
  EXPECT_EQ(why(R"(json:/passed == "81")"), R"(/passed is 81, not "81")");
}

TEST(Condition, NamesWhatIsWrongWithIt) {
  EXPECT_EQ(mistake_in("json:/ok"),
            "the condition \"json:/ok\" holds none of == != <= >= < > between blanks; for example json:/ok == true, or "
            "json:/passed == json:/total");
  EXPECT_NE(mistake_in("/ok == true").find("does not start with json:/POINTER"), std::string::npos);
  EXPECT_NE(mistake_in("json:ok == true").find("holds no JSON pointer at \"json:ok\""), std::string::npos);
  EXPECT_NE(mistake_in("json:/ok == yes").find("compares with \"yes\""), std::string::npos);
  EXPECT_NE(mistake_in("json:/ok == ").find("compares with nothing"), std::string::npos);
  EXPECT_NE(mistake_in("json:/ok == [1]").find("expected a number"), std::string::npos);
}

}  // namespace condition_tests
}  // namespace assay::definition
