#include "experiments/adversary/reviews/document_commands.hpp"

#include <gtest/gtest.h>

#include "experiments/adversary/reviews/command_runs.hpp"

namespace assay::adversary {
namespace document_commands_tests {

using Commands = std::vector<std::string>;

TEST(DocumentCommands, AreTheCodeSpansOfAListBelowTheHeading) {
  EXPECT_EQ(
      document_commands("# Performance\n\n- `assay no`\n\n### Measure again\n\nIn the folder of the lab:\n\n"
                        "- `assay show 0001 --phases`\n- see `docs`\n- `assay verify`\n\n### Else\n\n- `rm -r /`\n"),
      (Commands{"assay show 0001 --phases", "assay verify"}));
}

TEST(DocumentCommands, AreReadBelowHeadingsOfALowerLevel) {
  EXPECT_EQ(document_commands("## Measure again\n\n### Cold\n\n* `make cold`\n\n## Other\n\n* `make other`\n"),
            Commands{"make cold"});
}

TEST(DocumentCommands, AreTheLinesOfShellBlocks) {
  EXPECT_EQ(
      document_commands("## Measure again\n\n```sh\n# first\nmake \\\n  all\nmake check\n```\n\n```toml\nx = 1\n```\n"),
      (Commands{"make \n  all", "make check"}));
}

TEST(DocumentCommands, OfAConsoleStandBehindThePrompt) {
  EXPECT_EQ(document_commands("## Measure again\n\n```console\n$ make check\nall passed\n$ make\n```\n"),
            (Commands{"make check", "make"}));
}

TEST(DocumentCommands, AreThereOnce) {
  EXPECT_EQ(document_commands("# Measure again\n\n- `make`\n- `make`\n"), Commands{"make"});
}

TEST(DocumentCommands, EndWhereAMarkerDoes) {
  EXPECT_EQ(document_commands("# Measure again\n\n- `make`\n- `make check`\n<!-- assay:record performance end -->\n"),
            (Commands{"make", "make check"}));
}

TEST(DocumentCommands, MayMeasureAGain) {
  EXPECT_TRUE(measures_gain("assay baseline a.toml --against 0001-baseline"));
  EXPECT_FALSE(measures_gain("assay baseline a.toml"));
  EXPECT_FALSE(measures_gain("assay show 2 --against 1"));
  EXPECT_FALSE(measures_gain("assay baseline a.toml --against 1 | tail"));
}

TEST(DocumentCommands, AreNoneWithoutTheHeading) {
  EXPECT_TRUE(document_commands("# How to\n\n- `make`\n").empty());
  EXPECT_TRUE(document_commands("").empty());
}

TEST(CommandEnd, IsGoodIfItIsZero) {
  EXPECT_TRUE(is_good_end("make", 0));
  EXPECT_FALSE(is_good_end("make", 2));
  EXPECT_FALSE(is_good_end("make", 127));
}

TEST(CommandEnd, MayBeAVerdictOfAssays) {
  EXPECT_TRUE(is_good_end("assay run a.toml", 2));
  EXPECT_TRUE(is_good_end("assay run a.toml", 3));
  for (const int code : {1, 4, 5, 127}) EXPECT_FALSE(is_good_end("assay run a.toml", code)) << code;
  EXPECT_FALSE(is_good_end("assay run a.toml | tail", 2));
}

}  // namespace document_commands_tests
}  // namespace assay::adversary
