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

TEST(Unwrapped, LeavesAWrapperThatStartsNothing) {
  EXPECT_EQ(unwrapped({"env"}).argv, Argv{"env"});
  EXPECT_EQ(unwrapped({"nice", "-n", "5"}).argv, (Argv{"nice", "-n", "5"}));
  EXPECT_EQ(unwrapped({"sh", "-c"}).argv, (Argv{"sh", "-c"}));
  EXPECT_EQ(unwrapped({"env", "A=1"}).settings, Settings{});
}

}  // namespace wrappers_tests
}  // namespace assay
