#include "core/host/machine/machine.hpp"

#include <sched.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace assay::host {
namespace machine_tests {

TEST(ReadMachine, CountsTheCpusThatThisProcessMayUse) {
  cpu_set_t allowed;
  ASSERT_EQ(::sched_getaffinity(0, sizeof allowed, &allowed), 0);
  EXPECT_EQ(read_machine().cpu_count, CPU_COUNT(&allowed));

  cpu_set_t first;
  CPU_ZERO(&first);
  int lowest = 0;
  while (!CPU_ISSET(lowest, &allowed)) ++lowest;
  CPU_SET(lowest, &first);
  ASSERT_EQ(::sched_setaffinity(0, sizeof first, &first), 0);
  EXPECT_EQ(read_machine().cpu_count, 1);
  ASSERT_EQ(::sched_setaffinity(0, sizeof allowed, &allowed), 0);
}

TEST(ReadMachine, KnowsHostKernelAndMemory) {
  const Machine machine = read_machine();
  char name[256];
  ASSERT_EQ(::gethostname(name, sizeof name), 0);
  EXPECT_EQ(machine.hostname, name);
  EXPECT_EQ(machine.kernel.find("Linux "), 0U);
  EXPECT_EQ(machine.memory_bytes, ::sysconf(_SC_PHYS_PAGES) * ::sysconf(_SC_PAGESIZE));
  EXPECT_FALSE(machine.virtualisation.empty());
}

TEST(ReadMachine, IsTheSameTwice) {
  EXPECT_EQ(read_machine(), read_machine());
}

}  // namespace machine_tests
}  // namespace assay::host
