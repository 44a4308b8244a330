#include "core/host/files/cache.hpp"

#include <fcntl.h>
#include <fstream>
#include <sys/mman.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/process/process_table.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace cache_tests {

constexpr std::int64_t kSize = 1 << 20;

class CacheTest : public testing::Test {
 protected:
  void SetUp() override {
    write_file_atomically(file_, std::string(kSize, 'x'));
    if (residency_of(file_).in_memory_alone) GTEST_SKIP() << "temporary files lie on tmpfs, which nothing evicts";
  }

  test::ScratchFolder folder_;
  std::string file_ = folder_ / "data";
};

TEST_F(CacheTest, HoldsAFileThatWasJustWritten) {
  EXPECT_EQ(residency_of(file_).resident, Bytes{kSize});
}

TEST_F(CacheTest, HoldsNothingOfAnEvictedFile) {
  evict(file_);
  EXPECT_EQ(residency_of(file_).resident, Bytes{0});
}

TEST_F(CacheTest, IsNotFilledByLookingAtIt) {
  evict(file_);
  (void)residency_of(file_);
  EXPECT_EQ(residency_of(file_).resident, Bytes{0});
}

TEST_F(CacheTest, HoldsAFileThatWasRead) {
  evict(file_);
  (void)read_file(file_);
  EXPECT_EQ(residency_of(file_).resident, Bytes{kSize});
}

TEST_F(CacheTest, EvictsWhatWasNotYetOnTheDisk) {
  std::ofstream(file_, std::ios::app) << std::string(kSize, 'y');
  evict(file_);
  EXPECT_EQ(residency_of(file_).resident, Bytes{0});
}

TEST_F(CacheTest, KeepsWhatAProcessHasMappedAndNamesIt) {
  const int descriptor = ::open(file_.c_str(), O_RDONLY | O_CLOEXEC);
  void* const place = ::mmap(nullptr, kSize, PROT_READ, MAP_SHARED | MAP_POPULATE, descriptor, 0);
  ::close(descriptor);
  ASSERT_NE(place, MAP_FAILED);
  evict(file_);
  const FileResidency residency = residency_of(file_);
  const std::vector<std::string> mappers = mappers_of(file_);
  ::munmap(place, kSize);
  EXPECT_EQ(residency.resident, Bytes{kSize});
  ASSERT_EQ(mappers.size(), 1U);
  EXPECT_TRUE(mappers[0].starts_with("pid " + std::to_string(::getpid()) + " ")) << mappers[0];
}

TEST_F(CacheTest, CallsAnEmptyFileNotResident) {
  write_file_atomically(file_, "");
  EXPECT_EQ(residency_of(file_).resident, Bytes{0});
}

TEST_F(CacheTest, NamesAFileThatIsNotThere) {
  EXPECT_NE(test::message_of([&] { evict(folder_ / "nothing"); }).find("nothing"), std::string::npos);
}

}  // namespace cache_tests
}  // namespace assay::host
