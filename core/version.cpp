#include "core/version.hpp"

namespace assay {

std::string_view program_version() {
  return ASSAY_VERSION;  // given by the build
}

}  // namespace assay
