#include "core/host/process/ports.hpp"

#include <set>

#include <gtest/gtest.h>

namespace assay::host {
namespace ports_tests {

TEST(FreePorts, AreDifferentAndOfFiveDigits) {
  const std::vector<int> ports = free_ports(50);
  EXPECT_EQ(std::set<int>(ports.begin(), ports.end()).size(), 50U);
  for (const int port : ports) {
    EXPECT_GE(port, 10000);
    EXPECT_LE(port, 65535);
  }
}

}  // namespace ports_tests
}  // namespace assay::host
