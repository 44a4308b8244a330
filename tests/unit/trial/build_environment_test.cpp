#include "experiments/trial/sources/build_environment.hpp"

#include <gtest/gtest.h>

namespace assay::trial {
namespace build_environment_tests {

const BuildFolders kFolders{"/tmp/s-abcdef/cache", "/tmp/s-abcdef/tmp"};

TEST(BuildEnvironment, KeepsWhatTheUserHas) {
  const auto environment = build_environment({{"PATH", "/bin"}, {"CC", "clang"}}, kFolders);
  EXPECT_EQ(environment.at("PATH"), "/bin");
  EXPECT_EQ(environment.at("CC"), "clang");
}

TEST(BuildEnvironment, SharesNoCacheWithAnotherBuild) {
  const auto environment = build_environment({{"CCACHE_DIR", "/shared"},
                                              {"CCACHE_REMOTE_STORAGE", "redis://shared"},
                                              {"SCCACHE_BUCKET", "shared"},
                                              {"CARGO_TARGET_DIR", "/shared"},
                                              {"XDG_CACHE_HOME", "/shared"},
                                              {"GOCACHE", "/shared"}},
                                             kFolders);
  for (const auto& [name, value] : environment) EXPECT_EQ(value.find("shared"), std::string::npos) << name;
  EXPECT_EQ(environment.at("CCACHE_DIR"), "/tmp/s-abcdef/cache/ccache");
  EXPECT_EQ(environment.at("XDG_CACHE_HOME"), "/tmp/s-abcdef/cache");
}

TEST(BuildEnvironment, IsNotToldOfTheRepositoryOrMakeThatStartedAssay) {
  const auto environment =
      build_environment({{"GIT_DIR", "/app/.git"}, {"MAKEFLAGS", "-j --jobserver-auth=3,4"}}, kFolders);
  EXPECT_FALSE(environment.contains("GIT_DIR"));
  EXPECT_FALSE(environment.contains("MAKEFLAGS"));
}

TEST(BuildEnvironment, HasOneDateForAllBuilds) {
  EXPECT_EQ(build_environment({}, kFolders).at("SOURCE_DATE_EPOCH"), "1577836800");
  EXPECT_EQ(build_environment({{"SOURCE_DATE_EPOCH", "1"}}, kFolders).at("SOURCE_DATE_EPOCH"), "1");
}

}  // namespace build_environment_tests
}  // namespace assay::trial
