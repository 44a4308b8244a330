#include "experiments/screen/options.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::screen {
namespace options_tests {

struct AllOptions {
  ResultOptions result;
  ProtocolOptions protocol;
};

AllOptions parsed(const Arguments& arguments) {
  AllOptions options;
  CommandLine line({.name = "try", .synopsis = "", .about = ""});
  add_protocol_options(line, options.protocol);
  add_result_options(line, options.result);
  static_cast<void>(line.parse(arguments));
  definition::check_protocol_options(options.protocol);
  return options;
}

std::string error_of(const Arguments& arguments) {
  return test::message_of([&] { static_cast<void>(parsed(arguments)); });
}

TEST(FailOn, IsAListOfResults) {
  EXPECT_EQ(parsed({}).result.fail_on,
            std::set({Shortfall::regressed, Shortfall::guard, Shortfall::inconclusive, Shortfall::invalid}));
  EXPECT_EQ(parsed({"--fail-on", "regressed,equivalent"}).result.fail_on,
            std::set({Shortfall::regressed, Shortfall::equivalent}));
  EXPECT_EQ(parsed({"--fail-on", "none"}).result.fail_on, std::set<Shortfall>());
  EXPECT_EQ(parsed({"--fail-on", "any"}).result.fail_on.size(), 5);
}

TEST(FailOn, RefusesWhatIsNoResult) {
  for (const char* list : {"", "regressed,", "slower", "any,none", "regressed equivalent"}) {
    EXPECT_NE(error_of({"--fail-on", list}), "") << list;
  }
}

TEST(TimeUnit, TakesHyperfinesNamesToo) {
  EXPECT_EQ(parsed({"-u", "millisecond"}).result.time_unit, "ms");
  EXPECT_EQ(parsed({"--time-unit", "us"}).result.time_unit, "us");
  EXPECT_NE(error_of({"-u", "fortnight"}), "");
}

TEST(ProtocolOptions, DefaultsAreThoseOfThePlan) {
  const ProtocolOptions protocol = parsed({}).protocol;
  EXPECT_EQ(protocol.protocol, Protocol{});
  EXPECT_FALSE(protocol.margin.has_value());
  EXPECT_FALSE(protocol.seed.has_value());
}

TEST(ProtocolOptions, AreReadWithTheirUnits) {
  const ProtocolOptions protocol = parsed({"--margin", "2%", "--alpha", "0.01", "--kappa", "1", "-m", "12", "-M", "60",
                                           "--max-time", "10min", "--seed", "7", "--alpha-eq", "0.1"})
                                       .protocol;
  EXPECT_EQ(protocol.margin->value, 2);
  EXPECT_EQ(protocol.protocol.alpha, 0.01);
  EXPECT_EQ(protocol.protocol.alpha_equivalence, 0.1);
  EXPECT_EQ(protocol.protocol.kappa, 1);
  EXPECT_EQ(protocol.protocol.min_blocks, 12);
  EXPECT_EQ(protocol.protocol.max_blocks, 60);
  EXPECT_EQ(protocol.protocol.max_time, std::chrono::minutes(10));
  EXPECT_EQ(protocol.seed, Seed(7));
}

TEST(ProtocolOptions, RefuseWhatNoProtocolAllows) {
  for (const Arguments& arguments :
       {Arguments{"--margin", "3"}, Arguments{"--margin", "0%"}, Arguments{"--margin", "-3%"},
        Arguments{"--alpha", "0"}, Arguments{"--alpha", "1.5"}, Arguments{"--kappa", "2"}, Arguments{"-m", "5"},
        Arguments{"-M", "0"}, Arguments{"--max-time", "60"}, Arguments{"--max-time", "0 s"},
        Arguments{"--seed", "lucky"}}) {
    EXPECT_NE(error_of(arguments), "") << arguments[0] << ' ' << arguments[1];
  }
}

TEST(ProtocolOptions, TheFirstLookLiesWithinTheCap) {
  EXPECT_EQ(error_of({"-m", "30", "-M", "20"}),
            "--min-blocks 30 is more than --max-blocks 20: the first look would lie beyond the cap");
}

}  // namespace options_tests
}  // namespace assay::screen
