#pragma once

#include <map>
#include <string>

namespace assay::trial {

/// What a build belongs to alone. All paths have the same length for every build.
struct BuildPlace {
  std::string cache;      ///< a folder for what the build wants to keep between builds
  std::string temporary;  ///< $TMPDIR
};

/// The environment of one build: the plan's frozen one, so that every build has the same, less
///
/// * GIT_*, MAKEFLAGS, MFLAGS, MAKELEVEL: of whatever started assay
/// * CCACHE_*, SCCACHE_*, CARGO_TARGET_DIR, CARGO_BUILD_TARGET_DIR: they would let arms share results
///
/// and with the caches of ccache, sccache, Go and all that keep to XDG_CACHE_HOME in the build's own folder, and with
/// one SOURCE_DATE_EPOCH, so that no build's date makes two programs differ.
[[nodiscard]] std::map<std::string, std::string> build_environment(const std::map<std::string, std::string>& frozen,
                                                                   const BuildPlace& place);

}  // namespace assay::trial
