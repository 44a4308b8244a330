#include "core/host/machine/lock.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/clock.hpp"
#include "tests/support/forked_child.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace lock_tests {

using std::chrono::nanoseconds;
using test::ForkedChild;
using test::message_of;

constexpr nanoseconds kNoPatience{0};
constexpr nanoseconds kEndlessPatience = nanoseconds::max();

void no_waiting(const LockHolder& holder) {
  ADD_FAILURE() << "had to wait for " << holder.description;
}

/// Each test measures on a host of its own: a lock folder that nobody else knows.
class MeasuringLockTest : public testing::Test {
 protected:
  MeasuringLockTest() {
    ::setenv("ASSAY_LOCK_DIR", folder_.path().c_str(), 1);
    ::unsetenv("SLURMD_NODENAME");
    ::unsetenv(kLockHeldVariable);
  }
  ~MeasuringLockTest() override {
    ::unsetenv("ASSAY_LOCK_DIR");
    ::unsetenv("SLURMD_NODENAME");
    ::unsetenv(kLockHeldVariable);
  }

  /// The lock's file, once someone took it.
  [[nodiscard]] std::string lock_file() const {
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
      if (entry.path().extension() == ".lock") return entry.path();
    }
    throw std::runtime_error("nobody took the lock");
  }

  /// A process beside this one that holds the lock until it is killed.
  static std::unique_ptr<ForkedChild> other_holder() {
    auto holder = std::make_unique<ForkedChild>([](const ForkedChild::Tell& tell) {
      const MeasuringLock lock("assay run other", kNoPatience, no_waiting);
      tell("held");
      ::pause();
    });
    EXPECT_EQ(holder->next_line(), "held");
    return holder;
  }

  const test::ScratchFolder folder_;
};

TEST_F(MeasuringLockTest, IsFreeAgainAfterItsHolder) {
  { const MeasuringLock first("first", kNoPatience, no_waiting); }
  const MeasuringLock second("second", kNoPatience, no_waiting);
}

TEST_F(MeasuringLockTest, RefusesWithoutPatienceAndNamesTheHolder) {
  const auto holder = other_holder();
  try {
    const MeasuringLock lock("mine", kNoPatience, no_waiting);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::refused);
    EXPECT_NE(std::string(error.what()).find("pid " + std::to_string(holder->pid()) + ", assay run other, since "),
              std::string::npos)
        << error.what();
  }
}

TEST_F(MeasuringLockTest, WaitsForTheHolderToDie) {
  const auto holder = other_holder();
  int calls = 0;
  const MeasuringLock lock("mine", kEndlessPatience, [&](const LockHolder& found) {
    ++calls;
    EXPECT_EQ(found.description.find("pid " + std::to_string(holder->pid())), 0U) << found.description;
    holder->kill();
  });
  EXPECT_EQ(calls, 1);
}

TEST_F(MeasuringLockTest, RefusesWhenPatienceIsSpent) {
  const auto holder = other_holder();
  int calls = 0;
  EXPECT_THROW(MeasuringLock("mine", std::chrono::milliseconds(20), [&](const LockHolder&) { ++calls; }), Error);
  EXPECT_EQ(calls, 1);
}

TEST_F(MeasuringLockTest, LetsThoseWhoWaitTryFirstAndIsNotHeldUpByAStoppedOne) {
  const auto first = other_holder();
  ForkedChild waiting([](const ForkedChild::Tell& tell) {
    const auto told = [&](const LockHolder&) { tell("waits"); };
    const MeasuringLock lock("second", kEndlessPatience, told);
    ::pause();
  });
  EXPECT_EQ(waiting.next_line(), "waits");
  ::kill(waiting.pid(), SIGSTOP);
  first->kill();

  const nanoseconds start = monotonic_time();
  const MeasuringLock lock("third", kEndlessPatience, no_waiting);
  EXPECT_GE(monotonic_time() - start, std::chrono::milliseconds(200)) << "the one that waits looks each 100 ms";
}

TEST_F(MeasuringLockTest, KeepsOutASecondOneOfTheSameProcess) {
  const MeasuringLock first("first", kNoPatience, no_waiting);
  EXPECT_THROW(MeasuringLock("second", kNoPatience, no_waiting), Error);
}

TEST_F(MeasuringLockTest, OfAnotherIsFoundWithoutWaiting) {
  EXPECT_FALSE(find_other_measurement()) << "nobody has ever measured here";
  const auto holder = other_holder();
  const std::optional<LockHolder> found = find_other_measurement();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->description.find("pid " + std::to_string(holder->pid()) + ", assay run other, since "), 0U);
  holder->kill();
  {
    const MeasuringLock lock("mine", kEndlessPatience, [](const LockHolder&) {});
  }
  EXPECT_FALSE(find_other_measurement()) << "the file is there, and nobody holds it";
  const MeasuringLock lock("mine", kNoPatience, no_waiting);  // the look left nothing that is in the way
}

TEST_F(MeasuringLockTest, OfAnAncestorIsNoOtherMeasurement) {
  const MeasuringLock lock("outer", kNoPatience, no_waiting);
  ForkedChild nested([](const ForkedChild::Tell& tell) { tell(find_other_measurement() ? "another" : "none"); });
  EXPECT_EQ(nested.next_line(), "none");
}

TEST_F(MeasuringLockTest, IsInheritedByAProcessThatTheHolderStarted) {
  const MeasuringLock lock("outer", kNoPatience, no_waiting);
  ForkedChild nested([](const ForkedChild::Tell& tell) {
    { const MeasuringLock inherited("inner", kNoPatience, no_waiting); }
    const MeasuringLock once_more("inner", kNoPatience, no_waiting);
    tell("inherited");
  });
  EXPECT_EQ(nested.next_line(), "inherited");
}

TEST_F(MeasuringLockTest, StaysWithItsHolderWhenAnHeirIsDone) {
  const MeasuringLock lock("outer", kNoPatience, no_waiting);
  ForkedChild nested([](const ForkedChild::Tell& tell) {
    { const MeasuringLock inherited("inner", kNoPatience, no_waiting); }
    tell("done");
  });
  ASSERT_EQ(nested.next_line(), "done");
  EXPECT_EQ(read_file(lock.path()).find("pid " + std::to_string(::getpid()) + ", outer, since "), 0U);
  EXPECT_THROW(MeasuringLock("second", kNoPatience, no_waiting), Error);
}

TEST_F(MeasuringLockTest, IsInheritedThroughTheEnvironmentFromAnotherFolder) {
  const MeasuringLock lock("outer", kNoPatience, no_waiting);
  const test::ScratchFolder elsewhere;
  ForkedChild nested([&](const ForkedChild::Tell& tell) {
    ::setenv("ASSAY_LOCK_DIR", elsewhere.path().c_str(), 1);
    ::setenv(kLockHeldVariable, lock.path().c_str(), 1);
    const MeasuringLock inherited("inner", kNoPatience, no_waiting);
    tell(inherited.path());
  });
  EXPECT_EQ(nested.next_line(), lock.path());
}

TEST_F(MeasuringLockTest, IsNotInheritedFromAProcessThatIsNoAncestor) {
  const auto holder = other_holder();
  ::setenv(kLockHeldVariable, lock_file().c_str(), 1);
  EXPECT_THROW(MeasuringLock("mine", kNoPatience, no_waiting), Error);
}

TEST_F(MeasuringLockTest, IsNotInheritedFromAFileThatNobodyHolds) {
  const test::ScratchFolder elsewhere;
  const std::string forged = elsewhere / "forged";
  write_file_atomically(forged, "pid " + std::to_string(::getppid()) + ", assay run other, since today");
  ::setenv(kLockHeldVariable, forged.c_str(), 1);
  const auto holder = other_holder();
  EXPECT_THROW(MeasuringLock("mine", kNoPatience, no_waiting), Error);
}

TEST_F(MeasuringLockTest, CanBeTakenByOtherUsersToo) {
  const mode_t before = ::umask(077);
  const MeasuringLock lock("mine", kNoPatience, no_waiting);
  ::umask(before);
  struct stat status {};
  ASSERT_EQ(::stat(lock.path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0666U);
}

TEST_F(MeasuringLockTest, DiffersBetweenNodesOfOneKernel) {
  ::setenv("SLURMD_NODENAME", "node1", 1);
  const auto holder = other_holder();
  ::setenv("SLURMD_NODENAME", "node2", 1);
  const MeasuringLock lock("mine", kNoPatience, no_waiting);
}

TEST_F(MeasuringLockTest, DoesNotFollowALinkThatSomebodyLaid) {
  std::string path;
  {
    const MeasuringLock lock("mine", kNoPatience, no_waiting);
    path = lock.path();
  }
  write_file_atomically(folder_ / "precious", "text");
  std::filesystem::remove(path);
  std::filesystem::create_symlink("precious", path);
  EXPECT_NE(message_of([] { const MeasuringLock lock("mine", kNoPatience, no_waiting); }).find("symbolic links"),
            std::string::npos);
  EXPECT_EQ(read_file(folder_ / "precious"), "text");
}

TEST_F(MeasuringLockTest, DoesNotWriteIntoAnotherNameOfAFile) {
  std::string path;
  {
    const MeasuringLock lock("mine", kNoPatience, no_waiting);
    path = lock.path();
  }
  write_file_atomically(folder_ / "precious", "text");
  std::filesystem::remove(path);
  std::filesystem::create_hard_link(folder_ / "precious", path);
  EXPECT_EQ(message_of([] { const MeasuringLock lock("mine", kNoPatience, no_waiting); }),
            path + " is not a lock file: remove it, or set ASSAY_LOCK_DIR");
  EXPECT_EQ(read_file(folder_ / "precious"), "text");
}

TEST_F(MeasuringLockTest, ShowsNoControlCharactersOfAnotherUsersText) {
  const auto holder = other_holder();
  FILE* file = std::fopen(lock_file().c_str(), "w");
  std::fputs("\x1b[2Jpid 1\nassay", file);
  std::fclose(file);
  EXPECT_NE(message_of([] { const MeasuringLock lock("mine", kNoPatience, no_waiting); }).find("?[2Jpid 1?assay"),
            std::string::npos);
}

TEST_F(MeasuringLockTest, NamesAFolderThatCannotBeUsed) {
  ::setenv("ASSAY_LOCK_DIR", "/nowhere/at/all", 1);
  EXPECT_EQ(message_of([] { const MeasuringLock lock("mine", kNoPatience, no_waiting); }),
            "cannot use ASSAY_LOCK_DIR /nowhere/at/all: No such file or directory");
}

}  // namespace lock_tests
}  // namespace assay::host
