#include "core/host/process/leftovers.hpp"

#include <arpa/inet.h>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/launcher/process_status.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/process/process_activity.hpp"
#include "core/host/process/shared_objects.hpp"
#include "core/units.hpp"
#include "tests/support/fifo.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace leftovers_tests {

using Texts = std::vector<std::string>;

TEST(Leftovers, ShowAPortThatSomeoneListensOn) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  ASSERT_EQ(::bind(socket, generic, size), 0);
  ASSERT_EQ(::listen(socket, 1), 0);
  ASSERT_EQ(::getsockname(socket, generic, &size), 0);
  const std::string port = fmt::format("tcp 127.0.0.1:{}", ntohs(address.sin_port));
  EXPECT_TRUE(listening_ports().contains(port));
  ::close(socket);
  EXPECT_FALSE(listening_ports().contains(port));
}

TEST(Leftovers, ShowTheMountsOfThisMachine) {
  bool shows_proc = false;
  for (const std::string& mount : mounts()) shows_proc = shows_proc || mount == "/proc (proc)";
  EXPECT_TRUE(shows_proc);
}

TEST(Leftovers, DoNotTakeThisProcessForAUser) {
  const test::ScratchFolder folder;
  EXPECT_TRUE(used_by_processes({folder.path()}).empty());
}

TEST(Leftovers, NameThePathsThatAnotherProcessWasStartedWith) {
  const test::ScratchFolder folder;
  const std::string word = folder / "given";
  write_file_atomically(word, "");
  // A grandchild whose parent is gone: a child would be this process's own family.
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (::fork() == 0)
      ::execl("/bin/sh", "sh", "-c", "while test -e \"$0\"; do sleep 0.05; done", word.c_str(), nullptr);
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
  std::set<std::string> used;
  // "giv" is not a component of it, though its name begins so.
  for (int look = 0; look < 1000 && used.empty(); ++look) {
    used = used_by_processes({word, folder / "other", folder / "giv", word.substr(word.rfind('/'))});
  }
  std::filesystem::remove(word);
  EXPECT_EQ(used, std::set<std::string>{word});
}

/// A grandchild that was started with the path and has told its id. The script's $1 is where it tells it.
/// \returns 0 if it told none within 30 s.
pid_t started_with(const std::string& path, const char* script) {
  test::Fifo told;
  const pid_t child = ::fork();
  if (child == 0) {
    if (::fork() == 0) ::execl("/bin/sh", "sh", "-c", script, path.c_str(), told.path().c_str(), nullptr);
    ::_exit(0);
  }
  if (child > 0) ::waitpid(child, nullptr, 0);
  constexpr std::size_t kMostDigits = 20;
  return std::atoi(told.read(kMostDigits).c_str());
}

/// Whether the process stops itself within 30 s.
bool stops_itself(pid_t process) {
  const nanoseconds end = monotonic_time() + std::chrono::seconds(30);
  launcher::ProcessStatus status{};
  while (monotonic_time() < end && launcher::read_process_status(process, status)) {
    if (status.state == 'T') return true;
    ::usleep(1'000);
  }
  return false;
}

// One that has not run since has not made the file.
TEST(Leftovers, DoNotNameThePathsOfAProcessThatHasNotRunSince) {
  const test::ScratchFolder folder;
  const std::string busy = folder / "busy";
  const std::string idle = folder / "idle";
  write_file_atomically(busy, "");
  ASSERT_GT(started_with(busy, "echo $$ >\"$1\"; while test -e \"$0\"; do :; done"), 0);
  const pid_t stopped = started_with(idle, "echo $$ >\"$1\"; kill -STOP $$");
  ASSERT_GT(stopped, 0);
  EXPECT_TRUE(stops_itself(stopped));
  EXPECT_EQ(used_by_processes({busy, idle}), (std::set<std::string>{busy, idle}));
  const ProcessActivity activity;
  std::set<std::string> used;
  for (int look = 0; look < 1000 && used.empty(); ++look) used = used_by_processes({busy, idle}, &activity);
  ::kill(stopped, SIGKILL);
  EXPECT_EQ(used, std::set<std::string>{busy});
  std::filesystem::remove(busy);
}

TEST(Leftovers, ShowSharedMemoryUntilItIsRemoved) {
  const int id = ::shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
  ASSERT_GE(id, 0);
  const std::string text = fmt::format("shared memory 0 (id {})", id);
  EXPECT_TRUE(shared_objects(Makers::all).contains(text));
  EXPECT_FALSE(shared_objects(Makers::gone).contains(text));  // this process made it, and lives
  ::shmctl(id, IPC_RMID, nullptr);
  EXPECT_FALSE(shared_objects(Makers::all).contains(text));
}

TEST(Leftovers, ShowAQueueUntilItIsRemoved) {
  const std::string name = fmt::format("/assay-leftovers-{}", ::getpid());
  const mqd_t queue = ::mq_open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600, nullptr);
  if (queue == static_cast<mqd_t>(-1)) GTEST_SKIP() << "no message queues here";
  ::mq_close(queue);
  const bool is_shown = shared_objects(Makers::all).contains("message queue " + name);
  ::mq_unlink(name.c_str());
  EXPECT_TRUE(is_shown || ::geteuid() != 0);  // root sees them wherever they are mounted
  EXPECT_FALSE(shared_objects(Makers::all).contains("message queue " + name));
}

TEST(Leftovers, KnowWhoRunsProcesses) {
  EXPECT_TRUE(users_of_processes().contains(::geteuid()));
  EXPECT_FALSE(users_of_processes().contains(4'000'000'001U));
}

}  // namespace leftovers_tests
}  // namespace assay::host
