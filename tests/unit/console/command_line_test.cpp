#include "experiments/console/command_line.hpp"

#include <gtest/gtest.h>

#include "experiments/console/help/help_text.hpp"
#include "tests/support/message_of.hpp"

namespace assay::console {
namespace command_line_tests {

/// A command with one option of each arity, a first word and any number of further ones.
struct Example {
  bool quick = false;
  int blocks = 24;
  std::vector<std::string> hooks;
  std::string file;
  std::vector<std::string> rest;
  CommandLine line{{.name = "try",
                    .synopsis = "FILE [WORD...]",
                    .about = "Tries the command line.",
                    .exit_codes = {{0, "as asked"}, {3, "inconclusive"}},
                    .examples = {"assay try a.toml"}}};

  Example() {
    line.word({"FILE", "what to try"}, into(file), Occurs::once);
    line.word({"WORD", "more of it"}, into(rest), Occurs::any);
    line.option("quick,q", {"", "without care"}, into(quick));
    line.begin_group("Protocol");
    line.option("max-blocks,M", {"N", "cap of blocks"}, into(blocks, {6, 100}));
    line.option("prepare", {"COMMAND", "before each trial"}, into(hooks));
  }

  Parsed parse(const Arguments& arguments) { return line.parse(arguments); }
  std::string error_of(const Arguments& arguments) {
    return test::message_of([&] { static_cast<void>(parse(arguments)); });
  }
};

TEST(CommandLine, ReadsOptionsAndWordsInAnyOrder) {
  Example example;
  EXPECT_EQ(example.parse({"--max-blocks", "30", "a.toml", "-q", "--prepare=sync", "b"}), Parsed::ready);
  EXPECT_TRUE(example.quick);
  EXPECT_EQ(example.blocks, 30);
  EXPECT_EQ(example.file, "a.toml");
  EXPECT_EQ(example.rest, std::vector<std::string>({"b"}));
  EXPECT_EQ(example.hooks, std::vector<std::string>({"sync"}));
}

/// An option whose value may be left out, beside a switch and an option with a value.
struct WithMaybe : Example {
  std::string codes;
  WithMaybe() {
    line.option("ignore,i", {"CODES", "what to ignore"},
                {Arity::maybe, [this](const std::string& text) { codes = text; }, "", "all"});
  }
};

TEST(CommandLine, TakesAnOptionalValueOnlyBehindAnEqualsSign) {
  for (const auto& [word, codes] : {std::pair{"-i", "all"}, std::pair{"-qi", "all"}, std::pair{"-iq", "all"},
                                    std::pair{"-i=1,2", "1,2"}, std::pair{"-qi=3", "3"}, std::pair{"--ignore", "all"},
                                    std::pair{"--ignore=7", "7"}, std::pair{"-iM30", "all"}}) {
    WithMaybe example;
    EXPECT_EQ(example.parse({word, "a.toml", "b"}), Parsed::ready) << word;
    EXPECT_EQ(example.codes, codes) << word;
    EXPECT_EQ(example.file, "a.toml") << word;
    EXPECT_EQ(example.quick, std::string(word).find('q') != std::string::npos) << word;
    EXPECT_EQ(example.blocks, std::string(word) == "-iM30" ? 30 : 24) << word;
  }
}

TEST(CommandLine, AShortOptionMayTakeTheNextWordOnlyIfThatIsItsValue) {
  for (const Arguments& words : {Arguments{"-s", "a.toml", "b"},
                                 {"a.toml", "-qs", "b"},
                                 {"a.toml", "b", "-s"},
                                 {"-s", "--", "a.toml", "b"},
                                 {"a.toml", "b", "-s=usual"}}) {
    Example example;
    std::string shell;
    ValueTarget target = into(shell);
    target.implied = "usual";
    target.takes_next = [](std::string_view word) { return word == "sh"; };
    example.line.option("shell,s", {"SHELL", "which"}, target);
    EXPECT_EQ(example.parse(words), Parsed::ready);
    EXPECT_EQ(shell, "usual");
    EXPECT_EQ(example.file, "a.toml");
    EXPECT_EQ(example.rest, std::vector<std::string>({"b"}));
    EXPECT_EQ(Example(example).parse({"-s", "sh", "a.toml"}), Parsed::ready);
    EXPECT_EQ(shell, "sh");
  }
}

TEST(CommandLine, LeavesTheValueOfAnotherOptionAndWordsBehindTwoDashesAsTheyAre) {
  WithMaybe example;
  EXPECT_EQ(example.parse({"--prepare", "-qix", "a.toml", "--", "-i"}), Parsed::ready);
  EXPECT_EQ(example.hooks, std::vector<std::string>({"-qix"}));
  EXPECT_EQ(example.rest, std::vector<std::string>({"-i"}));
  EXPECT_EQ(example.codes, "");
}

TEST(CommandLine, KnowsWhatWasGivenAlsoWithItsDefault) {
  Example example;
  EXPECT_EQ(example.parse({"a.toml", "-M", "24"}), Parsed::ready);
  EXPECT_TRUE(example.line.was_given("max-blocks"));
  EXPECT_FALSE(example.line.was_given("quick"));
}

TEST(CommandLine, SaysHowTheVersionIsAsked) {
  for (const char* word : {"--version", "-V"}) {
    EXPECT_EQ(Example().error_of({word, "a.toml"}),
              std::string(word) + " is not an option of assay try; assay --version prints the version");
  }
}

TEST(CommandLine, TakesNoOptionForTheValueOfAnother) {
  EXPECT_EQ(Example().error_of({"a.toml", "--prepare", "--quick"}),
            "--prepare needs a value, and --quick is an option; --prepare=--quick would mean it as a value");
  EXPECT_EQ(Example().error_of({"a.toml", "-M", "--quick"}),
            "-M needs a value, and --quick is an option; -M--quick would mean it as a value");
  Example meant;
  EXPECT_EQ(meant.parse({"a.toml", "--prepare=--quick", "--prepare", "--unknown", "--prepare", "-x"}), Parsed::ready);
  EXPECT_EQ(meant.hooks, std::vector<std::string>({"--quick", "--unknown", "-x"}));
}

TEST(CommandLine, KeepsDefaultsWhereNothingIsGiven) {
  Example example;
  EXPECT_EQ(example.parse({"a.toml"}), Parsed::ready);
  EXPECT_FALSE(example.quick);
  EXPECT_EQ(example.blocks, 24);
}

TEST(CommandLine, AShortOptionTakesItsValueWithOrWithoutABlank) {
  Example example;
  EXPECT_EQ(example.parse({"a.toml", "-M30"}), Parsed::ready);
  EXPECT_EQ(example.blocks, 30);
  Example other;
  EXPECT_EQ(other.parse({"a.toml", "-M", "31"}), Parsed::ready);
  EXPECT_EQ(other.blocks, 31);
}

TEST(CommandLine, ARepeatableOptionKeepsEveryValueInOrder) {
  Example example;
  EXPECT_EQ(example.parse({"a.toml", "--prepare", "one", "--prepare", "two"}), Parsed::ready);
  EXPECT_EQ(example.hooks, std::vector<std::string>({"one", "two"}));
}

TEST(CommandLine, WordsAfterTwoDashesAreNoOptions) {
  Example example;
  EXPECT_EQ(example.parse({"a.toml", "--", "--quick", "--help"}), Parsed::ready);
  EXPECT_FALSE(example.quick);
  EXPECT_EQ(example.rest, std::vector<std::string>({"--quick", "--help"}));
}

TEST(CommandLine, HelpIsFoundBesideAnyMistake) {
  Example example;
  EXPECT_EQ(example.parse({"--nonsense", "--help"}), Parsed::help_wanted);
  EXPECT_EQ(example.parse({"-h"}), Parsed::help_wanted);
}

TEST(CommandLine, AnUnknownOptionIsAnsweredWithTheNearest) {
  EXPECT_EQ(Example().error_of({"a.toml", "--max-block", "30"}),
            "--max-block is not an option of assay try; did you mean \"--max-blocks\"?");
  EXPECT_EQ(Example().error_of({"a.toml", "--max-blokcs=30"}),
            "--max-blokcs is not an option of assay try; did you mean \"--max-blocks\"?");
  EXPECT_EQ(Example().error_of({"a.toml", "--zebra"}), "--zebra is not an option of assay try");
  EXPECT_EQ(Example().error_of({"a.toml", "-z"}), "-z is not an option of assay try; see assay try --help");
}

TEST(CommandLine, AnAbbreviationIsNotGuessed) {
  EXPECT_NE(Example().error_of({"a.toml", "--max", "30"}), "");
}

TEST(CommandLine, AMissingValueIsNamed) {
  EXPECT_EQ(Example().error_of({"a.toml", "--max-blocks"}), "--max-blocks needs a value");
  EXPECT_EQ(Example().error_of({"a.toml", "--max-blocks="}), "--max-blocks needs a value");
}

TEST(CommandLine, ASwitchTakesNoValue) {
  EXPECT_EQ(Example().error_of({"a.toml", "--quick=yes"}), "--quick takes no value");
}

TEST(CommandLine, AMalformedValueIsNamedWithItsOption) {
  EXPECT_EQ(Example().error_of({"a.toml", "-M", "many"}), "--max-blocks: \"many\" is not a whole number from 6 to 100");
}

TEST(CommandLine, AnOptionGivenTwiceIsAMistake) {
  EXPECT_EQ(Example().error_of({"a.toml", "-M", "30", "--max-blocks", "40"}), "--max-blocks is given twice");
}

TEST(CommandLine, ASwitchGivenTwiceIsNone) {
  EXPECT_EQ(Example().error_of({"a.toml", "-q", "--quick"}), "");
}

TEST(CommandLine, AMissingWordIsNamed) {
  EXPECT_EQ(Example().error_of({"-q"}), "try: FILE is missing; usage: assay try FILE [WORD...] [OPTIONS]");
}

TEST(CommandLine, AWordTooManyIsNamed) {
  std::string only;
  CommandLine line({.name = "show", .synopsis = "WHICH", .about = ""});
  line.word({"WHICH", ""}, into(only), Occurs::once);
  EXPECT_EQ(test::message_of([&] {
              static_cast<void>(line.parse({"7", "8"}));
            }),
            "show: \"8\" is one word too many; usage: assay show WHICH [OPTIONS]");
}

TEST(CommandLine, AnEmptyWordIsAWord) {
  Example example;
  EXPECT_EQ(example.parse({"", ""}), Parsed::ready);
  EXPECT_EQ(example.rest, std::vector<std::string>({""}));
}

TEST(CommandLine, ALoneDashIsAWord) {
  Example example;
  EXPECT_EQ(example.parse({"-"}), Parsed::ready);
  EXPECT_EQ(example.file, "-");
}

TEST(CommandLine, HelpShowsUsageOptionsDefaultsCodesAndExamples) {
  EXPECT_EQ(help_text(Example().line.description(), 60), R"(usage: assay try FILE [WORD...] [OPTIONS]

Tries the command line.

  FILE                    what to try
  WORD                    more of it

Options:
  -q, --quick             without care

Protocol:
  -M, --max-blocks N      cap of blocks (default 24)
      --prepare COMMAND   before each trial

  -h, --help              print this

Exit codes:
  0    as asked
  3    inconclusive

Examples:
  assay try a.toml
)");
}

TEST(CommandLine, HelpMayBeAskedForInAForm) {
  Example example;
  EXPECT_EQ(example.parse({"--help=man"}), Parsed::help_wanted);
  EXPECT_EQ(example.line.help_form(), HelpForm::man);
  EXPECT_EQ(example.error_of({"--help=html"}), "\"html\" is not one of text, man, bash, zsh, fish");
  Example after_dashes;
  EXPECT_EQ(after_dashes.parse({"a.toml", "--", "--help=man"}), Parsed::ready);
}

TEST(CommandLine, DescribesItselfWholly) {
  const CommandDescription description = Example().line.description();
  ASSERT_EQ(description.options.size(), 3);
  EXPECT_EQ(description.options[1].name, "max-blocks");
  EXPECT_EQ(description.options[1].short_name, 'M');
  EXPECT_EQ(description.options[1].group, "Protocol");
  EXPECT_EQ(description.options[1].default_text, "24");
  ASSERT_EQ(description.words.size(), 2);
  EXPECT_EQ(description.words[1].occurs, Occurs::any);
}

}  // namespace command_line_tests
}  // namespace assay::console
