#include "experiments/cli/options.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::cli {
namespace options_tests {

struct AllOptions {
  OutputOptions output;
  ResultOptions result;
  ProtocolOptions protocol;
};

AllOptions parsed(const Arguments& arguments) {
  AllOptions options;
  CommandLine line({.name = "try", .synopsis = "", .about = ""});
  add_protocol_options(line, options.protocol);
  add_output_options(line, options.output);
  add_style_option(line, options.output);
  add_result_options(line, options.result);
  static_cast<void>(line.parse(arguments));
  check_protocol_options(options.protocol);
  return options;
}

std::string error_of(const Arguments& arguments) {
  return test::message_of([&] { static_cast<void>(parsed(arguments)); });
}

TEST(OutputOptions, AreReadByName) {
  const OutputOptions output = parsed({"--json", "-q", "--color", "never"}).output;
  EXPECT_TRUE(output.json);
  EXPECT_TRUE(output.quiet);
  EXPECT_EQ(output.colour, When::never);
}

TEST(OutputOptions, AWrongWordListsTheAcceptedOnes) {
  EXPECT_EQ(error_of({"--color", "alway"}),
            "--color: \"alway\" is not one of auto, always, never; did you mean \"always\"?");
}

TEST(StyleOption, MeansWhatHyperfineMeansByIt) {
  EXPECT_TRUE(parsed({"--style", "none"}).output.quiet);
  const OutputOptions basic = parsed({"--style", "basic"}).output;
  EXPECT_EQ(basic.colour, When::never);
  EXPECT_EQ(basic.progress, When::never);
  const OutputOptions full = parsed({"--style", "full"}).output;
  EXPECT_EQ(full.colour, When::always);
  EXPECT_EQ(full.progress, When::always);
  const OutputOptions without_colour = parsed({"--style", "nocolor"}).output;
  EXPECT_EQ(without_colour.colour, When::never);
  EXPECT_EQ(without_colour.progress, When::automatic);
  EXPECT_EQ(parsed({"--style", "color"}).output.progress, When::never);
  EXPECT_EQ(parsed({"--style", "auto"}).output.colour, When::automatic);
  EXPECT_NE(error_of({"--style", "shiny"}), "");
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
}  // namespace assay::cli
