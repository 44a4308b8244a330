#include "experiments/console/output_options.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::console {
namespace output_options_tests {

OutputOptions parsed(const Arguments& arguments) {
  OutputOptions options;
  CommandLine line({.name = "try", .synopsis = "", .about = ""});
  add_output_options(line, options);
  add_style_option(line, options);
  static_cast<void>(line.parse(arguments));
  return options;
}

std::string error_of(const Arguments& arguments) {
  return test::message_of([&] { static_cast<void>(parsed(arguments)); });
}

TEST(OutputOptions, AreReadByName) {
  const OutputOptions output = parsed({"--json", "-q", "--color", "never"});
  EXPECT_TRUE(output.json);
  EXPECT_TRUE(output.quiet);
  EXPECT_EQ(output.colour, When::never);
}

TEST(OutputOptions, AWrongWordListsTheAcceptedOnes) {
  EXPECT_EQ(error_of({"--color", "alway"}),
            "--color: \"alway\" is not one of auto, always, never; did you mean \"always\"?");
}

TEST(StyleOption, MeansWhatHyperfineMeansByIt) {
  EXPECT_TRUE(parsed({"--style", "none"}).quiet);
  const OutputOptions basic = parsed({"--style", "basic"});
  EXPECT_EQ(basic.colour, When::never);
  EXPECT_EQ(basic.progress, When::never);
  const OutputOptions full = parsed({"--style", "full"});
  EXPECT_EQ(full.colour, When::always);
  EXPECT_EQ(full.progress, When::always);
  const OutputOptions without_colour = parsed({"--style", "nocolor"});
  EXPECT_EQ(without_colour.colour, When::never);
  EXPECT_EQ(without_colour.progress, When::automatic);
  EXPECT_EQ(parsed({"--style", "color"}).progress, When::never);
  EXPECT_EQ(parsed({"--style", "auto"}).colour, When::automatic);
  EXPECT_NE(error_of({"--style", "shiny"}), "");
}

}  // namespace output_options_tests
}  // namespace assay::console
