#include "experiments/cli/version.hpp"

#include <string_view>

#include <fmt/format.h>

#include "core/version.hpp"

namespace assay::cli {

std::string version_text() {
#ifdef __clang__
  constexpr std::string_view kCompiler = "clang " __clang_version__;
#else
  constexpr std::string_view kCompiler = "g++ " __VERSION__;
#endif
  return fmt::format("assay {}\nbuilt with {}; {}\n", program_version(), kCompiler,
                     ASSAY_LIBRARIES);  // given by the build
}

}  // namespace assay::cli
