#include "core/host/machine/fixed_addresses.hpp"

#include <sys/personality.h>

namespace assay::host {
namespace {

constexpr unsigned long kOnlyAsk = 0xffffffff;

}  // namespace

FixedAddresses::FixedAddresses() noexcept {
  const int now = ::personality(kOnlyAsk);
  if (now == -1) return;
  before_ = static_cast<unsigned long>(now);
  granted_ = ::personality(before_ | ADDR_NO_RANDOMIZE) != -1;
}

FixedAddresses::~FixedAddresses() {
  if (granted_) ::personality(before_);
}

}  // namespace assay::host
