#include "experiments/engine/harness_probe.hpp"

#include <gtest/gtest.h>

namespace assay::engine {
namespace harness_probe_tests {

TEST(Harness, IsNamedForTestingOrBuilding) {
  for (const char* path : {"tests/run", "check.sh", "lib/microbench.c", "Makefile", "sub/Makefile", "rules.mk",
                           "CMakeLists.txt", "cmake/flags.cmake", "conftest.py", "package.json", "GNUmakefile",
                           "sub/makefile", "meson.build", "build.ninja", "tox.ini", "noxfile.py"}) {
    EXPECT_TRUE(is_named_like_a_harness(path)) << path;
  }
}

TEST(Harness, IsNotNamedLikeAProgramOrItsData) {
  for (const char* path : {"src/main.cpp", "lib.sh", "data.txt", "Makefile.txt", "README.md"}) {
    EXPECT_FALSE(is_named_like_a_harness(path)) << path;
  }
}

}  // namespace harness_probe_tests
}  // namespace assay::engine
