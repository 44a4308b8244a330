#include "core/host/process/leftovers.hpp"

#include <arpa/inet.h>
#include <filesystem>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/files/folder_watch.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_disk.hpp"

namespace assay::host {
namespace leftovers_tests {

using Texts = std::vector<std::string>;

FolderWatch::Exempt nothing() {
  return [](const std::string&) { return false; };
}

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
  for (int look = 0; look < 1000 && used.empty(); ++look) used = used_by_processes({word, folder / "other"});
  std::filesystem::remove(word);
  EXPECT_EQ(used, std::set<std::string>{word});
}

TEST(FolderWatch, FindsWhatAppearedAtAnyDepth) {
  const test::ScratchFolder folder;
  std::filesystem::create_directories(folder / "a/b");
  write_file_atomically(folder / "old", "");
  const FolderWatch watch({folder.path()}, 100, nothing());
  write_file_atomically(folder / "old", "changed");
  write_file_atomically(folder / "a/b/new", "");
  std::filesystem::create_directories(folder / "fresh/inner");
  EXPECT_EQ(watch.appeared(), (Texts{folder / "a/b/new", folder / "fresh"}));
  EXPECT_TRUE(watch.cut().empty());
}

TEST(FolderWatch, PassesOverWhatIsExempt) {
  const test::ScratchFolder folder;
  std::filesystem::create_directory(folder / "noise");
  const FolderWatch watch({folder.path()}, 100, [&](const std::string& path) { return path == folder / "noise"; });
  write_file_atomically(folder / "noise/new", "");
  EXPECT_TRUE(watch.appeared().empty());
}

TEST(FolderWatch, ReadsLevelByLevelUpToItsMostEntries) {
  const test::ScratchFolder folder;
  std::filesystem::create_directories(folder / "a/b/c");
  const FolderWatch watch({folder.path()}, 2, nothing());
  EXPECT_EQ(watch.cut(), (Texts{folder.path()}));
  write_file_atomically(folder / "a/near", "");
  write_file_atomically(folder / "a/b/c/far", "");
  EXPECT_EQ(watch.appeared(), (Texts{folder / "a/near"}));
}

TEST(FolderWatch, DoesNotLeaveItsFileSystem) {
  const test::SmallDisk disk("1M");
  if (!disk.mounted()) GTEST_SKIP() << "this process may not mount";
  const std::string mount_point = std::filesystem::path(disk / "new").parent_path();
  const FolderWatch watch({std::filesystem::path(mount_point).parent_path()}, 1000,
                          [&](const std::string& path) { return !path.starts_with(mount_point); });
  write_file_atomically(disk / "new", "");
  EXPECT_TRUE(watch.appeared().empty());
}

TEST(FolderWatch, DoesNotFollowLinks) {
  const test::ScratchFolder folder;
  const test::ScratchFolder elsewhere;
  std::filesystem::create_directory_symlink(elsewhere.path(), folder / "link");
  const FolderWatch watch({folder.path()}, 100, nothing());
  write_file_atomically(elsewhere / "new", "");
  EXPECT_TRUE(watch.appeared().empty());
}

}  // namespace leftovers_tests
}  // namespace assay::host
