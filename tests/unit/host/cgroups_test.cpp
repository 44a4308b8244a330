#include "core/host/machine/cgroups.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace cgroups_tests {

using Limits = std::map<std::string, std::string>;

/// A machine's /proc and /sys as plain files.
class CgroupLimitsTest : public testing::Test {
 protected:
  void given(const std::string& path, const std::string& text) {
    std::filesystem::create_directories(std::filesystem::path(root_ / path).parent_path());
    write_file_atomically(root_ / path, text);
  }
  [[nodiscard]] std::string place(const std::string& path) const { return root_ / path; }
  std::set<std::string> groups(CgroupsListed listed) { return cgroups_of_user(root_.path(), listed); }
  Limits limits() { return read_cgroup_limits(root_.path()); }

 private:
  const test::ScratchFolder root_;
};

TEST_F(CgroupLimitsTest, AreNoneWhereThereAreNoGroups) {
  EXPECT_EQ(limits(), Limits{});
}

TEST_F(CgroupLimitsTest, OfVersion2AreTheTightestUpToTheRoot) {
  given("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
  given("proc/self/cgroup", "0::/user.slice/job\n");
  given("sys/fs/cgroup/user.slice/cpu.max", "150000 100000\n");
  given("sys/fs/cgroup/user.slice/memory.max", "max\n");
  given("sys/fs/cgroup/user.slice/job/cpu.max", "max 100000\n");
  given("sys/fs/cgroup/user.slice/job/memory.max", "1073741824\n");
  given("sys/fs/cgroup/user.slice/job/cpuset.cpus.effective", "0-3,8\n");
  EXPECT_EQ(limits(), (Limits{{"cpus", "1.5"}, {"memory_bytes", "1073741824"}, {"cpu_set", "0-3,8"}}));
}

TEST_F(CgroupLimitsTest, OfVersion1LieInAHierarchyPerController) {
  given("proc/self/mountinfo",
        "31 23 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
        "32 23 0:30 / /sys/fs/cgroup/memory rw shared:9 - cgroup cgroup rw,memory\n"
        "33 23 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n");
  given("proc/self/cgroup", "4:memory:/job\n2:cpu,cpuacct:/job\n0::/\n");
  given("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "50000\n");
  given("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  given("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "2147483648\n");
  given("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(limits(), (Limits{{"cpus", "0.5"}, {"memory_bytes", "2147483648"}}));
}

TEST_F(CgroupLimitsTest, OfVersion1SayNoLimitWithAHugeOrNegativeNumber) {
  given("proc/self/mountinfo",
        "31 23 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
        "32 23 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n");
  given("proc/self/cgroup", "4:memory:/\n2:cpu:/\n");
  given("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1\n");
  given("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");
  given("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  EXPECT_EQ(limits(), Limits{});
}

TEST_F(CgroupLimitsTest, InAContainerAreThoseOfTheGroupThatItSees) {
  given("proc/self/mountinfo", "30 23 0:26 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  given("proc/self/cgroup", "0::/docker/abc\n");
  given("sys/fs/cgroup/memory.max", "536870912\n");
  EXPECT_EQ(limits(), (Limits{{"memory_bytes", "536870912"}}));
}

TEST_F(CgroupLimitsTest, AreFoundWhereTheGroupsFolderCannotBeSeen) {
  given("proc/self/mountinfo", "30 23 0:26 /../.. /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  given("proc/self/cgroup", "0::/elsewhere\n");
  given("sys/fs/cgroup/memory.max", "536870912\n");
  EXPECT_EQ(limits(), (Limits{{"memory_bytes", "536870912"}}));
}

TEST_F(CgroupLimitsTest, ListsTheGroupsThatNobodyUses) {
  given("proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  given("sys/fs/cgroup/left/cgroup.procs", "");
  given("sys/fs/cgroup/above/cgroup.procs", "");
  given("sys/fs/cgroup/above/used/cgroup.procs", "12\n");
  const std::string top = place("sys/fs/cgroup");
  EXPECT_EQ(groups(CgroupsListed::unused), (std::set<std::string>{top + "/left"}));
  EXPECT_EQ(groups(CgroupsListed::all), (std::set<std::string>{top + "/above", top + "/above/used", top + "/left"}));
}

}  // namespace cgroups_tests
}  // namespace assay::host
