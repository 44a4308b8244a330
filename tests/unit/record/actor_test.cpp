#include "experiments/record/actor.hpp"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/machine/caller.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::record {
namespace actor_tests {

/// Git knows nobody but whom the test names; nothing of the caller's settings is seen.
class CurrentActorTest : public testing::Test {
 protected:
  CurrentActorTest() {
    ::unsetenv("ASSAY_ACTOR");
    ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    ::setenv("GIT_CONFIG_GLOBAL", (folder_ / "gitconfig").c_str(), 1);
    ::setenv("GIT_CEILING_DIRECTORIES", std::filesystem::canonical(folder_.path()).parent_path().c_str(), 1);
    std::filesystem::current_path(folder_.path());
  }
  ~CurrentActorTest() override { std::filesystem::current_path("/"); }

  void git_knows(const std::string& email) {
    host::write_file_atomically(folder_ / "gitconfig", "[user]\n\temail = " + email + "\n");
  }

 private:
  const test::ScratchFolder folder_;
};

TEST_F(CurrentActorTest, IsWhomTheCommandLineNames) {
  ::setenv("ASSAY_ACTOR", "grace", 1);
  EXPECT_EQ(current_actor("ada"), "ada");
}

TEST_F(CurrentActorTest, IsElseWhomTheEnvironmentNames) {
  ::setenv("ASSAY_ACTOR", " grace ", 1);
  git_knows("ada@example.org");
  EXPECT_EQ(current_actor(std::nullopt), "grace");
}

TEST_F(CurrentActorTest, IsElseGitsUser) {
  ::setenv("ASSAY_ACTOR", "", 1);
  git_knows("ada@example.org");
  EXPECT_EQ(current_actor(std::nullopt), "ada@example.org");
}

TEST_F(CurrentActorTest, IsElseUserAndHost) {
  EXPECT_EQ(current_actor(std::nullopt), host::user_at_host());
}

TEST_F(CurrentActorTest, IsUserAndHostWithoutGit) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  EXPECT_EQ(current_actor(std::nullopt), host::user_at_host());
  ::setenv("PATH", path.c_str(), 1);
}

TEST_F(CurrentActorTest, IsOneLineOfText) {
  EXPECT_EQ(current_actor("ada\n\x1b[2J<ada@\xff>"), "ada  [2J<ada@\xef\xbf\xbd>");
}

TEST_F(CurrentActorTest, IsRefusedWhenEmpty) {
  EXPECT_EQ(test::message_of([] { (void)current_actor(" "); }), "the actor is empty: give a name or an address");
}

}  // namespace actor_tests
}  // namespace assay::record
