#include "core/host/machine/disk_sampler.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/launching.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace disk_sampler_tests {

using test::act;

constexpr std::int64_t kMebibyte = std::int64_t{1} << 20;

DiskFigures figures(std::int64_t own, std::int64_t all) {
  return {.growth = {40 * kMebibyte}, .own_writes = {own}, .all_writes = {all}, .uncertainty = {kMebibyte}};
}

TEST(DiskGrowth, IsTheTrialsIfNobodyElseWrote) {
  EXPECT_EQ(std::get<Bytes>(disk_growth_of(figures(40 * kMebibyte, 40 * kMebibyte))).count, 40 * kMebibyte);
}

TEST(DiskGrowth, PassesOverWhatTheKernelDoesNotCountExactly) {
  // 1 MiB of uncertainty and a twentieth of 40 MiB.
  EXPECT_TRUE(std::holds_alternative<Bytes>(disk_growth_of(figures(40 * kMebibyte, 43 * kMebibyte))));
  EXPECT_TRUE(std::holds_alternative<std::string>(disk_growth_of(figures(40 * kMebibyte, 43 * kMebibyte + 1))));
}

TEST(DiskGrowth, IsSharedIfOthersWrote) {
  EXPECT_EQ(std::get<std::string>(disk_growth_of(figures(0, 20'000'000))),
            "others wrote 20.0 MB to disks meanwhile, so that its growth is shared with others");
}

TEST(WritableDisks, AreThoseThatLieOnABlockDeviceAndCanBeWritten) {
  const test::ScratchFolder root;
  std::filesystem::create_directories(root / "proc/self");
  write_file_atomically(root / "proc/filesystems", "nodev\ttmpfs\nnodev\tnfs4\n\text4\n\txfs\nnodev\toverlay\n");
  write_file_atomically(root / "proc/self/mountinfo",
                        "26 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
                        "27 26 254:0 /home /home rw shared:1 - ext4 /dev/vda rw\n"
                        "28 26 254:1 / /data rw - xfs /dev/vdb rw\n"
                        "29 26 254:2 / /old ro - ext4 /dev/vdc rw\n"
                        "30 26 254:3 / /frozen rw - ext4 /dev/vdd ro\n"
                        "31 26 0:22 / /dev/shm rw - tmpfs tmpfs rw\n"
                        "32 26 0:30 / /net rw - nfs4 server:/x rw\n"
                        "33 26 0:31 / /layers rw - overlay overlay rw,lowerdir=a\n");
  EXPECT_THAT(writable_disks(root.path()), testing::ElementsAre("/", "/data", "/layers"));
}

class DiskGrowthTest : public test::LaunchingTest {};

TEST_F(DiskGrowthTest, IsMeasuredOnlyIfAsked) {
  const ProcessResult result = run({"exit", "0"});
  EXPECT_EQ(result.usage.disk_growth, std::nullopt);
  EXPECT_EQ(result.why_no_disk_growth, "");
}

TEST_F(DiskGrowthTest, IsToldOrSaidToBeShared) {
  const test::ScratchFolder folder;
  ProcessRequest request = act({});
  request.argv = {"/bin/dd", "if=/dev/zero", "of=" + (folder / "large"), "bs=1M", "count=24", "status=none"};
  request.measures_disk = true;
  const ProcessResult result = launcher_.run(request);
  ASSERT_TRUE(std::filesystem::exists(folder / "large"));
  if (!result.usage.disk_growth) {
    EXPECT_NE(result.why_no_disk_growth, "");
    GTEST_SKIP() << result.why_no_disk_growth;
  }
  EXPECT_GE(result.usage.disk_growth->count, 0);
  EXPECT_LT(result.usage.disk_growth->count, 64 * kMebibyte);
  const bool is_on_disk = result.usage.blocks_written > 0;  // not where the scratch folder is in memory
  if (is_on_disk) {
    EXPECT_GE(result.usage.disk_growth->count, 20 * kMebibyte);
  }
}

TEST_F(DiskGrowthTest, IsAPeakThatOutlivesWhatIsRemoved) {
  const test::ScratchFolder folder;
  const std::string file = folder / "passing";
  ProcessRequest request = act({});
  request.argv = {"/bin/sh", "-c", "dd if=/dev/zero of=" + file + " bs=1M count=24 status=none; sleep 0.1; rm " + file};
  request.measures_disk = true;
  const ProcessResult result = launcher_.run(request);
  const bool is_on_disk = result.usage.blocks_written > 0;
  if (!result.usage.disk_growth || !is_on_disk) GTEST_SKIP() << "others write here, or it is in memory";
  EXPECT_GE(result.usage.disk_growth->count, 20 * kMebibyte);
}

}  // namespace disk_sampler_tests
}  // namespace assay::host
