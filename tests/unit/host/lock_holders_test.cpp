#include "core/host/machine/lock_holders.hpp"

#include <filesystem>
#include <sys/stat.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/machine/conditions.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace lock_holders_tests {

namespace fs = std::filesystem;

/// No process of this machine has this number, so none of them is an ancestor of the test.
constexpr int kOther = 999999999;

/// A machine's /proc as plain files, on which one process holds a measuring lock in a folder of its own.
class LockHoldersTest : public testing::Test {
 protected:
  LockHoldersTest() {
    given("proc/sys/kernel/random/boot_id", "b00t\n");
    given("elsewhere/assay-b00t.lock", "pid 4711, assay run long, since 14:05");
    given("elsewhere/daemon.pid", "1");
    fs::create_directories(root_ / fmt::format("proc/{}/fd", kOther));
    fs::create_directories(root_ / "proc/self/ns");
    sees("pid:[4026531836]");
    holds("elsewhere/assay-b00t.lock");
    given_locks("FLOCK  ADVISORY  WRITE", "elsewhere/assay-b00t.lock");
  }

  void given(const std::string& path, const std::string& text) {
    fs::create_directories(fs::path(root_ / path).parent_path());
    write_file_atomically(root_ / path, text);
  }
  void holds(const std::string& file) {
    const fs::path link = root_ / fmt::format("proc/{}/fd/3", kOther);
    fs::remove(link);
    fs::create_symlink(root_ / file, link);
  }
  void sees(const std::string& name_space) {
    fs::remove(root_ / "proc/self/ns/pid");
    fs::create_symlink(name_space, root_ / "proc/self/ns/pid");
  }
  void given_locks(const std::string& kind, const std::string& file) {
    struct stat status {};
    ASSERT_EQ(::stat((root_ / file).c_str(), &status), 0);
    given("proc/locks", fmt::format("1: {} {} fe:00:{} 0 EOF\n", kind, kOther, status.st_ino));
  }
  [[nodiscard]] LockHolders found() const { return find_lock_holders(root_.path()); }

  const test::ScratchFolder root_;
};

TEST_F(LockHoldersTest, AreFoundInAFolderThatNobodyNamed) {
  const LockHolders holders = found();
  ASSERT_EQ(holders.found.size(), 1U);
  EXPECT_TRUE(holders.found.front().description.starts_with("pid 4711, assay run long, since 14:05 (lock /"));
  EXPECT_TRUE(holders.found.front().description.ends_with("/elsewhere/assay-b00t.lock)"));
  EXPECT_EQ(holders.not_told, "");
  EXPECT_EQ(read_other_measurements(root_.path()).disturbance, Disturbance::disturbing);
}

TEST_F(LockHoldersTest, HoldTheLockAndNotOnlyTheFile) {
  given_locks("FLOCK  ADVISORY  WRITE", "elsewhere/daemon.pid");
  EXPECT_TRUE(found().found.empty()) << "it has the lock's file open, and holds another";
  given_locks("FLOCK  ADVISORY  READ ", "elsewhere/assay-b00t.lock");
  EXPECT_TRUE(found().found.empty()) << "it only looks";
  given_locks("-> FLOCK  ADVISORY  WRITE", "elsewhere/assay-b00t.lock");
  EXPECT_TRUE(found().found.empty()) << "it waits";
}

TEST_F(LockHoldersTest, HaveALockOfThisBoot) {
  given("proc/sys/kernel/random/boot_id", "another\n");
  EXPECT_TRUE(found().found.empty());
}

TEST_F(LockHoldersTest, ThatMayNotBeSeenAreKnownByTheProgram) {
  fs::remove_all(root_ / fmt::format("proc/{}/fd", kOther));
  given(fmt::format("proc/{}/comm", kOther), "crond\n");
  EXPECT_TRUE(found().found.empty());
  given(fmt::format("proc/{}/comm", kOther), "assay\n");
  ASSERT_EQ(found().found.size(), 1U);
  EXPECT_EQ(found().found.front().description, "pid 999999999, assay of another user");
}

TEST_F(LockHoldersTest, CannotBeToldFromAContainerOrWithoutTheTable) {
  given("proc/locks", "");
  EXPECT_EQ(read_other_measurements(root_.path()).disturbance, Disturbance::none);
  sees("pid:[4026532177]");
  const MachineCondition inside = read_other_measurements(root_.path());
  EXPECT_EQ(inside.disturbance, Disturbance::unknown);
  EXPECT_EQ(inside.state, "processes outside this container cannot be seen");
  fs::remove(root_ / "proc/locks");
  EXPECT_EQ(read_other_measurements(root_.path()).state, "/proc/locks cannot be read");
}

}  // namespace lock_holders_tests
}  // namespace assay::host
