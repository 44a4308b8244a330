#include "core/assert.hpp"

#include <cstdio>
#include <exception>

namespace assay {

void assertion_failed(const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "assay: defect at %s:%d: %s does not hold; please report this\n", file, line, condition);
  std::terminate();
}

}  // namespace assay
