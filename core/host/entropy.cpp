#include "core/host/entropy.hpp"

#include <sodium.h>

#include "core/assert.hpp"

namespace assay::host {

std::uint64_t fresh_entropy() {
  const bool ready = sodium_init() >= 0;
  ASSAY_ASSERT(ready);
  std::uint64_t value = 0;
  randombytes_buf(&value, sizeof value);
  return value;
}

}  // namespace assay::host
