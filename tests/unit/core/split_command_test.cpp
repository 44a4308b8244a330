#include "core/text/split_command.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay {
namespace split_command_tests {

std::string message_for(const std::string& command) {
  return test::message_of([&] { (void)split_command(command); });
}

TEST(SplitCommand, SplitsAtBlanks) {
  EXPECT_EQ(split_command("  sort \t-n  file "), (Argv{"sort", "-n", "file"}));
}

TEST(SplitCommand, TakesSingleQuotedTextAsItIs) {
  EXPECT_EQ(split_command(R"(awk '{ print $1 | "x\n" }' 'a;b>c')"), (Argv{"awk", R"({ print $1 | "x\n" })", "a;b>c"}));
}

TEST(SplitCommand, BackslashInDoubleQuotesActsOnFourCharactersAndLineBreaks) {
  // POSIX.1-2017, volume 3, section 2.2.3.
  EXPECT_EQ(split_command(R"(echo "\$ \` \" \\ \n \a")"), (Argv{"echo", R"($ ` " \ \n \a)"}));
  EXPECT_EQ(split_command("echo \"a\\\nb\""), (Argv{"echo", "ab"}));
}

TEST(SplitCommand, BackslashOutsideQuotesTakesAnyMeaningAway) {
  EXPECT_EQ(split_command(R"(echo a\ b \| \$x \'q\" \\)"), (Argv{"echo", "a b", "|", "$x", "'q\"", "\\"}));
  EXPECT_EQ(split_command("echo a\\\nb"), (Argv{"echo", "ab"}));
}

TEST(SplitCommand, JoinsPiecesOfOneWord) {
  EXPECT_EQ(split_command(R"(--name='a b'"c d"e\ f)"), (Argv{"--name=a bc de f"}));
}

TEST(SplitCommand, KeepsEmptyWords) {
  EXPECT_EQ(split_command(R"(echo '' "" x)"), (Argv{"echo", "", "", "x"}));
}

TEST(SplitCommand, LeavesPatternsAndTildeAlone) {
  EXPECT_EQ(split_command("ls *.c file? ~ [ab] {x,y} a=b a#b !"),
            (Argv{"ls", "*.c", "file?", "~", "[ab]", "{x,y}", "a=b", "a#b", "!"}));
}

TEST(SplitCommand, NamesTheOptionForWhatNeedsAShell) {
  for (const std::string character : {"|", "&", ";", "<", ">", "(", ")", "$", "`"}) {
    EXPECT_EQ(message_for("a " + character + "b"),
              "command \"a " + character + "b\": \"" + character +
                  "\" needs a shell: give -S sh to use one, or put it in single quotes to mean it as it is");
  }
  EXPECT_NE(message_for("a\nb").find("a line break needs a shell: give -S"), std::string::npos);
  EXPECT_NE(message_for("a # comment").find("\"#\" needs a shell: give -S"), std::string::npos);
}

TEST(SplitCommand, RefusesExpansionsInDoubleQuotes) {
  EXPECT_NE(message_for("echo \"$HOME\"").find("\"$\" needs a shell"), std::string::npos);
  EXPECT_NE(message_for("echo \"`date`\"").find("\"`\" needs a shell"), std::string::npos);
}

TEST(SplitCommand, AllowsOtherShellCharactersInDoubleQuotes) {
  EXPECT_EQ(split_command("echo \"a|b;c>d&(e)\nf #\""), (Argv{"echo", "a|b;c>d&(e)\nf #"}));
}

TEST(SplitCommand, RefusesWhatIsOpenOrEmpty) {
  EXPECT_EQ(message_for("echo 'a"), "command \"echo 'a\": a ' is opened and not closed");
  EXPECT_EQ(message_for("echo \"a"), "command \"echo \"a\": a \" is opened and not closed");
  EXPECT_EQ(message_for("echo a\\"), "command \"echo a\\\": a backslash at the end has nothing to escape");
  EXPECT_EQ(message_for(" \t "), "the command is empty: expected a program and its arguments");
  EXPECT_EQ(message_for("'' x"), "command \"'' x\": the program's name is empty");
}

}  // namespace split_command_tests
}  // namespace assay
