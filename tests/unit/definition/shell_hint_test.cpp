#include "experiments/definition/options/shell_hint.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::definition {
namespace shell_hint_tests {

using test::message_of;

std::string refusal_of(std::string_view command) {
  return message_of([command] { refuse_shell_words(command); });
}

TEST(ShellHint, NamesTheShellForAVariableBeforeTheProgram) {
  EXPECT_EQ(refusal_of("LC_ALL=C sort data"),
            "\"LC_ALL=C sort data\": a variable before the program needs a shell: give -S sh to use one, or write "
            "env LC_ALL=C sort data");
}

TEST(ShellHint, NamesTheShellForPatternsAndHomeFolders) {
  EXPECT_NE(refusal_of("cat *").find("\"*\" needs a shell: give -S"), std::string::npos);
  EXPECT_NE(refusal_of("cat ~/x").find("\"~\" needs a shell: give -S"), std::string::npos);
  EXPECT_NE(refusal_of("ls ?.txt").find("\"?\" needs a shell: give -S"), std::string::npos);
  EXPECT_NE(refusal_of("ls x[ab].txt").find("\"[\" needs a shell: give -S"), std::string::npos);
  EXPECT_NE(refusal_of("ls []a]").find("\"[\" needs a shell: give -S"), std::string::npos);
}

TEST(ShellHint, NamesTheShellForItsOwnWords) {
  EXPECT_NE(refusal_of("exit 1").find("\"exit\" is a word of the shell, not a program: give -S"), std::string::npos);
  for (const char* word : {":", "command ls", "type ls", "function f", "then x", "pushd /", "[[ -e x ]]"}) {
    EXPECT_NE(refusal_of(word).find("is a word of the shell, not a program: give -S"), std::string::npos) << word;
  }
  EXPECT_NE(refusal_of("  cd").find("\"cd\" is a word"), std::string::npos);
}

TEST(ShellHint, LeavesAloneWhatIsQuotedOrHarmless) {
  for (const char* command :
       {"find . -name '*.c'", "find . -name \"*.c\"", R"(expr 3 \* 4)", "cat a~ b~c", "env A=b sort", "./exit 1", "A=b",
        "test -e x", "awk '{print $1}'", "curl http://h/?a=b", "[ -e x ]", "a[]", "a[ b]", "curl http://[::1]/",
        "ls '?.txt' \"[ab]\" \\?", "ls {a,b}"}) {
    EXPECT_NO_THROW(refuse_shell_words(command)) << command;
  }
}

TEST(IsShell, KnowsShellsWithTheirOptions) {
  for (const char* words : {"sh", "bash", "/bin/dash", "bash --norc", "zsh --emulate ksh", "bash -O extglob", "sh -e",
                            "busybox sh", "/usr/bin/env zsh", "none", "default", "", " "}) {
    EXPECT_TRUE(is_shell(words)) << words;
  }
}

TEST(IsShell, TakesScriptsLinesAndOtherProgramsForCommands) {
  for (const char* words : {"true", "sh build.sh", "sh -c true", "bash -x build.sh", "./shell", "env", "a | b",
                            "sleep 1", "'open", "python3 sh", "--", "-r"}) {
    EXPECT_FALSE(is_shell(words)) << words;
  }
}

}  // namespace shell_hint_tests
}  // namespace assay::definition
