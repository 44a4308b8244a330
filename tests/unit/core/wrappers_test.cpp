#include "core/text/wrappers.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace wrappers_tests {

using Settings = std::map<std::string, std::optional<std::string>>;

TEST(Unwrapped, LeavesACommandWithoutWrappersAsItIs) {
  EXPECT_EQ(unwrapped({"./work.sh", "a"}), (UnwrappedCommand{{"./work.sh", "a"}, {}}));
  EXPECT_EQ(unwrapped({}), UnwrappedCommand{});
}

TEST(Unwrapped, TakesWrappersWithTheirOptionsOff) {
  const Argv work = {"./work.sh", "-n", "5"};
  for (const Argv& wrapper : std::vector<Argv>{{"nice", "-n", "5"},
                                               {"/usr/bin/nice", "-5"},
                                               {"timeout", "-k", "1", "--foreground", "10"},
                                               {"taskset", "-c", "0"},
                                               {"stdbuf", "-oL"},
                                               {"nohup", "--"},
                                               {"sh"},
                                               {"python3", "-B"},
                                               {"env", "nice", "setsid"}}) {
    Argv command = wrapper;
    command.insert(command.end(), work.begin(), work.end());
    EXPECT_EQ(unwrapped(command), (UnwrappedCommand{work, {}})) << wrapper.front();
  }
}

TEST(Unwrapped, KeepsWhatWrappersSet) {
  const UnwrappedCommand command = unwrapped({"env", "-u", "LANG", "FAST=1", "sh", "-ec", "MODE=x exec ./work.sh a"});
  EXPECT_EQ(command.argv, (Argv{"./work.sh", "a"}));
  EXPECT_EQ(command.settings, (Settings{{"FAST", "1"}, {"LANG", std::nullopt}, {"MODE", "x"}}));
}

TEST(Unwrapped, KeepsWhatALineForAShellSets) {
  const UnwrappedCommand expected{{"./w", "a"}, {{"FAST", "0"}}};
  for (const Argv& command :
       std::vector<Argv>{{"env", "FAST=0", "./w", "a"},
                         {"sh", "-c", "FAST=0 ./w a"},
                         {"sh", "-c", "FAST='0' ./w a"},
                         {"sh", "-c", R"(FAST="0" './w' "a")"},
                         {"sh", "-c", R"(F\AST=0 ./w \a)"},
                         {"sh", "-c", "export FAST=0; ./w a"},
                         {"sh", "-c", "export FAST=0\n./w a"},
                         {"sh", "-c", "export FAST='0' && exec ./w a"},
                         {"sh", "-c", "FAST=0; export FAST; ./w a"},
                         {"sh", "-c", "true; FAST=0 ./w a"},
                         {"sh", "-c", ": && FAST=0 ./w a > /dev/null 2>&1"},
                         {"sh", "-c", "set -e; FAST=0 ./w a; exit 0"},
                         {"sh", "-c", "{ FAST=0 ./w a; }"},
                         {"sh", "-c", "(FAST=0 ./w a)  # a comment; x"},
                         {"sh", "-c", "FAST=1; unset FAST; FAST=0 ./w a"},
                         {"sh", "-c", "eval 'FAST=0 ./w a'"},
                         {"sh", "-c", R"(FAST=0 "$@")", "sh", "./w", "a"},
                         {"sh", "-c", R"(FAST=0 exec ./w "$1")", "sh", "a"},
                         {"bash", "-euo", "pipefail", "-c", "FAST=0 ./w a"},
                         {"sh", "-c", "sh -c 'FAST=0 ./w a'"},
                         {"mksh", "-c", "FAST=0 ./w a"},
                         {"/usr/bin/yash", "-o", "errexit", "-c", "FAST=0 ./w a"},
                         {"env", "-S", "FAST=0 ./w a"},
                         {"env", "-SFAST=0 ./w a"},
                         {"env", "-vS", "FAST='0' ./w", "a"},
                         {"env", "--split-string=FAST=0 ./w a"},
                         {"env", "--split-string", "FAST=0 nice ./w a"},
                         {"systemd-run", "--scope", "-E", "FAST=0", "./w", "a"},
                         {"systemd-run", "--scope", "--setenv=FAST=0", "-p", "CPUQuota=50%", "./w", "a"},
                         {"flock", "/tmp/l", "-c", "FAST=0 ./w a"},
                         {"sudo", "FAST=0", "./w", "a"}}) {
    EXPECT_EQ(unwrapped(command), expected) << testing::PrintToString(command);
  }
}

TEST(Unwrapped, PutsFurtherCommandsOfALineBehindTheOneThatWorks) {
  EXPECT_EQ(unwrapped({"sh", "-c", "cd x && FAST=0 ./w a | cat"}).argv, (Argv{"./w", "a", "cd", "x", "cat"}));
  EXPECT_EQ(unwrapped({"sh", "-c", "echo a; echo b"}).argv, (Argv{"echo", "b", "echo", "a"}));
}

TEST(Unwrapped, TakesManyWrappersOff) {
  for (const Argv& wrapper : std::vector<Argv>{{"flock", "-nw", "5", "/tmp/l"},
                                               {"flock", "--timeout", "5", "/tmp/l"},
                                               {"setpriv", "--nnp"},
                                               {"setpriv", "--reuid", "1000", "--clear-groups"},
                                               {"setarch", "x86_64", "-R"},
                                               {"setarch", "-R"},
                                               {"linux64"},
                                               {"unshare", "-r", "--net"},
                                               {"systemd-run", "--scope", "--slice", "a.slice"},
                                               {"chronic"},
                                               {"unbuffer", "-p"},
                                               {"stdbuf", "--output", "L"},
                                               {"ionice", "-c3"},
                                               {"chrt", "-f", "10"},
                                               {"taskset", "-c", "0,1"},
                                               {"numactl", "--membind", "0", "--cpunodebind=0"},
                                               {"setsid", "-w"},
                                               {"nohup"},
                                               {"/usr/bin/time", "-f", "%e"},
                                               {"xargs", "-0", "-n", "1"},
                                               {"nice", "--adjustment", "5"},
                                               {"nice", "-n5"},
                                               {"timeout", "--signal=KILL", "10"},
                                               {"choom", "-n", "5", "--"},
                                               {"flock", "/tmp/l", "setpriv", "--nnp", "nice"}}) {
    Argv command = wrapper;
    command.insert(command.end(), {"./w", "a"});
    EXPECT_EQ(unwrapped(command), (UnwrappedCommand{{"./w", "a"}, {}})) << testing::PrintToString(wrapper);
  }
}

TEST(Unwrapped, EndsWhateverTheLineHolds) {
  for (const char* line : {"", ";", "&&", "'", "\"a", "\\", "$(", "2>&1", ">", "{ }", "export", "FAST=0", "true"}) {
    EXPECT_EQ(unwrapped({"sh", "-c", line}).argv.front().empty(), false) << line;
  }
}

TEST(Unwrapped, TakesForAnAssignmentWhatEnvOrTheShellTakes) {
  EXPECT_EQ(unwrapped({"env", "1A=b", "./w"}), (UnwrappedCommand{{"./w"}, {{"1A", "b"}}}));
  EXPECT_EQ(unwrapped({"sh", "-c", "1A=b ./w"}), (UnwrappedCommand{{"1A=b", "./w"}, {}}));
}

// Their lines have a syntax of their own.
TEST(Unwrapped, LeavesTheLinesOfOtherShellsAlone) {
  EXPECT_EQ(unwrapped({"fish", "-c", "./w"}).argv, (Argv{"fish", "-c", "./w"}));
}

TEST(IsShellProgram, KnowsEveryShellInWhicheverFolder) {
  for (const char* program : {"sh", "/bin/mksh", "posh", "/usr/bin/fish", "pwsh"}) {
    EXPECT_TRUE(is_shell_program(program)) << program;
  }
  for (const char* program : {"", "env", "/bin/sh/work", "bash2"}) EXPECT_FALSE(is_shell_program(program)) << program;
}

TEST(IsShellAssignment, BeginsWithAName) {
  for (const char* word : {"A=", "a_1=x", "_=b=c"}) EXPECT_TRUE(is_shell_assignment(word)) << word;
  for (const char* word : {"", "=", "A", "1A=b", "a.b=c"}) EXPECT_FALSE(is_shell_assignment(word)) << word;
}

TEST(Unwrapped, LeavesAWrapperThatStartsNothing) {
  EXPECT_EQ(unwrapped({"env"}).argv, Argv{"env"});
  EXPECT_EQ(unwrapped({"nice", "-n", "5"}).argv, (Argv{"nice", "-n", "5"}));
  EXPECT_EQ(unwrapped({"sh", "-c"}).argv, (Argv{"sh", "-c"}));
  EXPECT_EQ(unwrapped({"env", "A=1"}).settings, Settings{});
}

}  // namespace wrappers_tests
}  // namespace assay
