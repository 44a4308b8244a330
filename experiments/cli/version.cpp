#include "experiments/cli/version.hpp"

#include <fmt/format.h>

namespace assay::cli {

// The build gives ASSAY_VERSION and ASSAY_LIBRARIES.

std::string_view program_version() {
  return ASSAY_VERSION;
}

std::string version_text() {
#ifdef __clang__
  constexpr std::string_view kCompiler = "clang " __clang_version__;
#else
  constexpr std::string_view kCompiler = "g++ " __VERSION__;
#endif
  return fmt::format("assay {}\nbuilt with {}; {}\n", ASSAY_VERSION, kCompiler, ASSAY_LIBRARIES);
}

}  // namespace assay::cli
