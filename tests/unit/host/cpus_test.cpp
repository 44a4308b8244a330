#include "core/host/machine/cpus.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace cpus_tests {

/// A machine's /sys as plain files.
class CpusTest : public testing::Test {
 protected:
  void given(int cpu, const std::string& core, const std::string& processor) {
    const std::string folder = root_ / fmt::format("sys/devices/system/cpu/cpu{}/topology", cpu);
    std::filesystem::create_directories(folder);
    write_file_atomically(folder + "/thread_siblings_list", core + "\n");
    write_file_atomically(folder + "/physical_package_id", processor + "\n");
  }
  std::vector<int> ordered(const std::vector<int>& cpus) { return one_of_each_core_first(cpus, root_.path()); }
  std::optional<CpuPair> chosen(const std::vector<int>& cpus) { return choose_cpu_pair(cpus, root_.path()); }

 private:
  const test::ScratchFolder root_;
};

TEST_F(CpusTest, ThatCanBeUsedAreThoseOfThisProcess) {
  EXPECT_FALSE(usable_cpus().empty());
}

TEST_F(CpusTest, OfSeparateWorkloadsLieOnSeparateCoresAsLongAsThereAreAny) {
  given(0, "0-1", "0");
  given(1, "0-1", "0");
  given(2, "2-3", "0");
  given(3, "2-3", "0");
  EXPECT_EQ(ordered({0, 1, 2, 3}), (std::vector<int>{0, 2, 1, 3}));
  EXPECT_EQ(ordered({1, 2, 3}), (std::vector<int>{1, 2, 3}));
  EXPECT_EQ(ordered({6, 7, 8}), (std::vector<int>{6, 7, 8})) << "the kernel tells nothing of them";
}

TEST_F(CpusTest, OfADuetAreTwo) {
  EXPECT_EQ(chosen({}), std::nullopt);
  EXPECT_EQ(chosen({3}), std::nullopt);
}

TEST_F(CpusTest, OfADuetLieOnTwoCoresOfOneProcessor) {
  given(0, "0,4", "0");
  given(1, "1,5", "1");
  given(4, "0,4", "0");
  given(5, "1,5", "1");
  given(6, "2,6", "0");
  EXPECT_EQ(chosen({0, 1, 4, 5, 6}), (CpuPair{0, 6, false}));
  EXPECT_EQ(chosen({0, 1, 4, 5}), (CpuPair{0, 1, false}));
}

TEST_F(CpusTest, OfADuetThatShareTheirOnlyCoreAreToldApart) {
  given(0, "0-1", "0");
  given(1, "0-1", "0");
  EXPECT_EQ(chosen({0, 1}), (CpuPair{0, 1, true}));
}

TEST_F(CpusTest, OfADuetAreTheFirstTwoWhereTheKernelTellsNothing) {
  EXPECT_EQ(chosen({2, 5, 7}), (CpuPair{2, 5, false}));
}

}  // namespace cpus_tests
}  // namespace assay::host
