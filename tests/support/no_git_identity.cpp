#include <cstdlib>
#include <filesystem>

namespace {

/// Nobody whom git knows makes the records of these tests: two actors on the machine of one person are two people.
bool forget_git_identity() {
  ::setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
  ::setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
  ::setenv("GIT_CEILING_DIRECTORIES", std::filesystem::current_path().parent_path().c_str(), 1);
  return true;
}

[[maybe_unused]] const bool kForgotten = forget_git_identity();

}  // namespace
