#include "experiments/console/value_target.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "core/metric.hpp"
#include "tests/support/message_of.hpp"

namespace assay::console {
namespace value_target_tests {

using namespace std::chrono_literals;

std::string error_of(const ValueTarget& target, const std::string& text) {
  return test::message_of([&] { target.take(text); });
}

TEST(ValueTarget, ShowsThePresentValueAsTheDefault) {
  int blocks = 200;
  double alpha = 0.05;
  nanoseconds limit = 10min;
  Percent margin{3};
  Direction direction = Direction::higher;
  std::optional<int> none;
  EXPECT_EQ(into(blocks, {1, 1000}).default_text, "200");
  EXPECT_EQ(into(alpha, {0, 1}).default_text, "0.05");
  EXPECT_EQ(into(limit).default_text, "10 min");
  EXPECT_EQ(into(margin).default_text, "3%");
  EXPECT_EQ(into(direction).default_text, "higher");
  EXPECT_EQ(into(none, {1, 2}).default_text, "");
}

TEST(ValueTarget, ShowsALimitInTheLargestUnitThatFits) {
  for (const auto& [limit, text] : {std::pair<nanoseconds, const char*>{1h, "1 h"},
                                    {90s, "90 s"},
                                    {5400s, "90 min"},
                                    {1500ms, "1.50 s"},
                                    {0s, "0 s"}}) {
    nanoseconds target = limit;
    EXPECT_EQ(into(target).default_text, text);
  }
}

TEST(ValueTarget, WritesIntoItsVariable) {
  std::optional<Seed> seed;
  std::optional<nanoseconds> limit;
  Percent margin;
  into(seed).take("0x2a");
  into(limit).take("90 s");
  into(margin).take("2.5%");
  EXPECT_EQ(seed, Seed(42));
  EXPECT_EQ(limit, 90s);
  EXPECT_EQ(margin.value, 2.5);
}

TEST(ValueTarget, AWholeNumberIsNothingElse) {
  int number = 0;
  const ValueTarget target = into(number, {6, 200});
  for (const char* text : {"", "x", "6x", "6.5", " 7", "5", "201", "99999999999999999999", "-7", "0x10"}) {
    EXPECT_NE(error_of(target, text), "") << text;
  }
  target.take("200");
  EXPECT_EQ(number, 200);
}

TEST(ValueTarget, ARealNumberLiesInItsRange) {
  double number = 0;
  const ValueTarget target = into(number, {0, 0.5});
  for (const char* text : {"nan", "inf", "0.51", "-0.1", "1e", ""}) EXPECT_NE(error_of(target, text), "") << text;
  EXPECT_EQ(error_of(target, "2"), "\"2\" is not a number from 0 to 0.5");
  target.take("1e-3");
  EXPECT_EQ(number, 0.001);
}

TEST(ValueTarget, AnUnknownNameListsTheKnownOnes) {
  Direction direction = Direction::lower;
  EXPECT_EQ(error_of(into(direction), "highr"), "\"highr\" is not one of lower, higher; did you mean \"higher\"?");
}

}  // namespace value_target_tests
}  // namespace assay::console
