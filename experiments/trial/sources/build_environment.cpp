#include "experiments/trial/sources/build_environment.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace assay::trial {
namespace {

/// 2020-01-01 UTC: archives know no date before 1980.
constexpr const char* kDate = "1577836800";

bool belongs_elsewhere(std::string_view name) {
  constexpr std::array<std::string_view, 3> kPrefixes = {"GIT_", "CCACHE_", "SCCACHE_"};
  constexpr std::array<std::string_view, 5> kNames = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "CARGO_TARGET_DIR",
                                                      "CARGO_BUILD_TARGET_DIR"};
  return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                     [name](std::string_view one) { return name.starts_with(one); }) ||
         std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

std::map<std::string, std::string> build_environment(const std::map<std::string, std::string>& frozen,
                                                     const BuildFolders& folders) {
  std::map<std::string, std::string> environment;
  for (const auto& [name, value] : frozen) {
    if (!belongs_elsewhere(name)) environment.emplace(name, value);
  }
  environment["TMPDIR"] = folders.temporary;
  environment["XDG_CACHE_HOME"] = folders.cache;
  environment["CCACHE_DIR"] = folders.cache + "/ccache";
  environment["CCACHE_CONFIGPATH"] = "/dev/null";  // a user's may name a store that all builds share
  environment["SCCACHE_DIR"] = folders.cache + "/sccache";
  environment["GOCACHE"] = folders.cache + "/go-build";
  environment.emplace("SOURCE_DATE_EPOCH", kDate);
  return environment;
}

}  // namespace assay::trial
