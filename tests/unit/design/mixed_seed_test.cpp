#include "experiments/design/mixed_seed.hpp"

#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"

namespace assay::design {
namespace mixed_seed_tests {

Seed mixed(std::uint64_t stated, std::string_view entropy) {
  return mixed_seed(Seed(stated), entropy, [](std::string_view text) { return host::sha256(text); });
}

// Made by Python's hashlib and struct, as docs/formats/random.md says.
TEST(MixedSeed, IsTheBeginningOfAHash) {
  EXPECT_EQ(mixed(0x0123456789abcdef, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
            Seed(0xc297a48f5ebd5489));
  EXPECT_EQ(mixed(1, std::string(64, '0')), Seed(0xc18118914be1ca7f));
}

}  // namespace mixed_seed_tests
}  // namespace assay::design
