#pragma once

#include <map>
#include <string>

namespace assay::trial {

/// The folders that only one build uses. Their paths have the same length for every build.
struct BuildFolders {
  std::string cache;      ///< for what build tools keep between builds
  std::string temporary;  ///< $TMPDIR
};

/// The environment of one build: the plan's frozen one, so that every build has the same, without
///
/// * GIT_*, MAKEFLAGS, MFLAGS, MAKELEVEL, which are those of the process that started assay
/// * CCACHE_*, SCCACHE_*, CARGO_TARGET_DIR, CARGO_BUILD_TARGET_DIR, which would let arms share results
///
/// The caches of ccache, sccache, Go and everything that uses XDG_CACHE_HOME are in the build's own folder, and
/// SOURCE_DATE_EPOCH is always the same, so that two programs do not differ by the dates of their builds.
[[nodiscard]] std::map<std::string, std::string> build_environment(const std::map<std::string, std::string>& frozen,
                                                                   const BuildFolders& folders);

}  // namespace assay::trial
