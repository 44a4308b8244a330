#include "core/host/files/regular_file.hpp"

#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/host/files/cache.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/file_lock.hpp"
#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace regular_file_tests {

namespace fs = std::filesystem;
using test::message_of;
using test::ScratchFolder;

void make_socket(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  ASSERT_LT(path.size(), sizeof address.sun_path);
  path.copy(address.sun_path, path.size());
  const FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM, 0));
  ASSERT_EQ(::bind(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
}

TEST(RegularFile, IsAllThatIsReadWrittenOrLocked) {
  const ScratchFolder folder;
  ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
  fs::create_symlink(folder / "fifo", folder / "link-to-fifo");
  fs::create_symlink("/dev/zero", folder / "link-to-zero");
  make_socket(folder / "socket");
  const std::pair<const char*, const char*> there[] = {
      {"fifo", "a FIFO"}, {"link-to-fifo", "a FIFO"}, {"link-to-zero", "a device"}, {"socket", "a socket"}};
  const std::function<void(const std::string&)> readers[] = {
      [](const std::string& path) { (void)read_file(path); },
      [](const std::string& path) { (void)read_file_start(path, 10); },
      [](const std::string& path) { (void)read_named_file(path); },
      [](const std::string& path) { (void)sha256_of_file(path); },
      [](const std::string& path) { (void)blake2b_of_file(path); },
      [](const std::string& path) { (void)residency_of(path); },
      [](const std::string& path) { evict(path); },
      [](const std::string& path) { write_file_atomically(path, "text"); },
      [](const std::string& path) { const FileLock lock(path); }};
  for (const auto& [name, what] : there) {
    for (const auto& reader : readers) {
      const std::string message = message_of([&] { reader(folder / name); });
      EXPECT_NE(message.find(fmt::format(": it is {}, not a file; put a regular file there", what)), std::string::npos)
          << name << ": " << message;
    }
  }
}

TEST(RegularFile, MayBeTheNullDeviceWhichEndsAtOnce) {
  EXPECT_EQ(read_file("/dev/null"), "");
  write_file_atomically("/dev/null", "text");
  EXPECT_TRUE(fs::is_character_file("/dev/null")) << "no file was put in its place";
}

TEST(RegularFile, IsNotFoundAtTheEndOfLinksThatLeadInACircle) {
  const ScratchFolder folder;
  fs::create_symlink(folder / "one", folder / "two");
  fs::create_symlink(folder / "two", folder / "one");
  EXPECT_NE(message_of([&] { (void)read_file(folder / "one"); }).find("Too many levels of symbolic links"),
            std::string::npos);
}

TEST(ReadFile, RefusesAFileThatIsTooLarge) {
  const ScratchFolder folder;
  const std::string path = folder / "sparse";
  write_file_atomically(path, "");
  ASSERT_EQ(::truncate(path.c_str(), off_t{1} << 40), 0);
  EXPECT_EQ(message_of([&] { (void)read_file(path); }),
            fmt::format("cannot read {}: it has more than the 1024 MiB that are read", path));
}

TEST(ReadNamedFile, ReadsWhatTheShellHasOpened) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const FileDescriptor read_end(ends[0]);
  {
    const FileDescriptor write_end(ends[1]);
    ASSERT_TRUE(write_end.write_all("control,treatment\n"));
  }
  EXPECT_EQ(read_named_file(fmt::format("/dev/fd/{}", read_end.number())), "control,treatment\n");
}

}  // namespace regular_file_tests
}  // namespace assay::host
