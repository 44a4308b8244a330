#include "experiments/console/terminal.hpp"

#include <gtest/gtest.h>

namespace assay::console {
namespace terminal_tests {

Terminal real_terminal() {
  Terminal terminal;
  terminal.output_is_terminal = true;
  terminal.error_is_terminal = true;
  terminal.width = 120;
  terminal.utf8 = true;
  return terminal;
}

TEST(OutputStyle, OfATerminalHasEverything) {
  const report::TextStyle style = output_style(real_terminal(), {});
  EXPECT_TRUE(style.colour);
  EXPECT_TRUE(style.unicode);
  EXPECT_TRUE(style.breaks_sentences);
  EXPECT_EQ(style.width, 120);
}

TEST(OutputStyle, OfAFileIsPlain) {
  Terminal terminal = real_terminal();
  terminal.output_is_terminal = false;
  const report::TextStyle style = output_style(terminal, {});
  EXPECT_FALSE(style.colour);
  EXPECT_FALSE(style.unicode);
  EXPECT_FALSE(style.breaks_sentences);
  EXPECT_EQ(style.width, 80);
}

TEST(OutputStyle, NoColorAndDumbTerminalsAreHonoured) {
  Terminal without_colour = real_terminal();
  without_colour.no_colour = true;
  EXPECT_FALSE(output_style(without_colour, {}).colour);
  Terminal dumb = real_terminal();
  dumb.dumb = true;
  EXPECT_FALSE(output_style(dumb, {}).colour);
  EXPECT_FALSE(output_style(dumb, {}).unicode);
}

TEST(OutputStyle, WhatIsAskedForOverridesTheTerminal) {
  OutputOptions always;
  always.colour = When::always;
  Terminal file = real_terminal();
  file.output_is_terminal = false;
  file.no_colour = true;
  EXPECT_TRUE(output_style(file, always).colour);
  OutputOptions never;
  never.colour = When::never;
  EXPECT_FALSE(output_style(real_terminal(), never).colour);
}

TEST(ProgressMode, FollowsStandardErrorAlone) {
  Terminal terminal = real_terminal();
  terminal.output_is_terminal = false;
  EXPECT_EQ(progress_mode(terminal, {}), ProgressMode::line);
  terminal.error_is_terminal = false;
  EXPECT_EQ(progress_mode(terminal, {}), ProgressMode::plain);
}

TEST(ProgressMode, ADumbTerminalGetsPlainLines) {
  Terminal terminal = real_terminal();
  terminal.dumb = true;
  EXPECT_EQ(progress_mode(terminal, {}), ProgressMode::plain);
}

TEST(ProgressMode, QuietIsSilent) {
  OutputOptions quiet;
  quiet.quiet = true;
  quiet.progress = When::always;
  EXPECT_EQ(progress_mode(real_terminal(), quiet), ProgressMode::silent);
}

TEST(ProgressMode, CanBeForcedOrForbidden) {
  OutputOptions options;
  options.progress = When::always;
  EXPECT_EQ(progress_mode(Terminal{}, options), ProgressMode::line);
  options.progress = When::never;
  EXPECT_EQ(progress_mode(real_terminal(), options), ProgressMode::silent);
}

}  // namespace terminal_tests
}  // namespace assay::console
