#include "core/host/files/output_destination.hpp"

#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace output_destination_tests {

class OutputDestinations : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_ / name; }
  std::string place(const std::string& name) const { return OutputDestination(path(name)).place(); }

  test::ScratchFolder folder_;
};

/// Both ends of a pipe.
struct Pipe {
  Pipe() { EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0); }
  ~Pipe() {
    for (const int end : ends) ::close(end);
  }
  std::string read() const {
    char letters[64];
    const ssize_t count = ::read(ends[0], letters, sizeof letters);
    return count < 0 ? "" : std::string(letters, static_cast<std::size_t>(count));
  }
  int ends[2] = {-1, -1};
};

TEST_F(OutputDestinations, AreOnePlaceUnderEveryNameOfAFile) {
  std::filesystem::create_directory(path("sub"));
  std::filesystem::create_symlink(path("a"), path("link"));
  std::filesystem::create_symlink(path("sub"), path("door"));
  EXPECT_EQ(place("a"), place("./a"));
  EXPECT_EQ(place("a"), place("link"));
  EXPECT_EQ(place("a"), place("door/../a")) << "the kernel follows the link first, and this is the folder around it";
  EXPECT_NE(place("a"), place("sub/a"));
  EXPECT_TRUE(OutputDestination(path("a")).is_replaced());
}

TEST_F(OutputDestinations, WriteIntoWhatWasHandedOver) {
  const Pipe pipe;
  std::filesystem::create_symlink(fmt::format("/dev/fd/{}", pipe.ends[1]), path("link"));
  for (const std::string& name : {fmt::format("/dev/fd/{}", pipe.ends[1]), path("link")}) {
    const OutputDestination destination(name);
    EXPECT_FALSE(destination.is_replaced());
    EXPECT_EQ(destination.place(), fmt::format("descriptor {}", pipe.ends[1]));
    destination.write("text");
    EXPECT_EQ(pipe.read(), "text");
  }
}

TEST_F(OutputDestinations, WriteBehindWhatADescriptorOfAFileHolds) {
  const FileDescriptor file = FileDescriptor::open("write", path("a"), O_WRONLY | O_CREAT, 0600);
  ASSERT_TRUE(file.write_all("one "));
  const OutputDestination destination(fmt::format("/dev/fd/{}", file.number()));
  destination.write("two");
  EXPECT_EQ(read_file(path("a")), "one two");
  EXPECT_EQ(destination.place(), place("a"));
}

TEST_F(OutputDestinations, KnowStandardOutputByAllItsNames) {
  for (const char* name : {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
    EXPECT_TRUE(OutputDestination(name).is_standard_output()) << name;
    EXPECT_EQ(OutputDestination(name).place(), place_of_standard_output()) << name;
  }
}

TEST_F(OutputDestinations, RefuseADescriptorThatCannotBeWritten) {
  EXPECT_NE(test::message_of([] { (void)OutputDestination("/dev/fd/987"); }).find("cannot write /dev/fd/987"),
            std::string::npos);
  const FileDescriptor to_read = FileDescriptor::open("read", "/dev/null", O_RDONLY);
  EXPECT_NE(test::message_of([&] { (void)OutputDestination(fmt::format("/dev/fd/{}", to_read.number())); }), "");
}

TEST_F(OutputDestinations, RefuseAFifoThatNothingReadsAndHoldOneThatIsRead) {
  ASSERT_EQ(::mkfifo(path("fifo").c_str(), 0600), 0);
  EXPECT_EQ(test::message_of([&] { (void)OutputDestination(path("fifo")); }),
            fmt::format("cannot write {}: nothing reads this FIFO; start its reader first", path("fifo")));
  const FileDescriptor reader = FileDescriptor::open("read", path("fifo"), O_RDONLY | O_NONBLOCK);
  {
    const OutputDestination destination(path("fifo"));
    char letter = 0;
    EXPECT_EQ(reader.read_some(&letter, 1), -1) << "no end of the text before it was written";
    destination.write("x");
    EXPECT_EQ(reader.read_some(&letter, 1), 1);
    EXPECT_EQ(letter, 'x');
  }
  char letter = 0;
  EXPECT_EQ(reader.read_some(&letter, 1), 0);
}

TEST_F(OutputDestinations, WriteIntoADeviceAndReplaceNone) {
  std::filesystem::create_symlink("/dev/null", path("link"));
  for (const std::string& name : {std::string("/dev/null"), path("link")}) {
    const OutputDestination destination(name);
    EXPECT_FALSE(destination.is_replaced());
    destination.write("text");
  }
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_NE(test::message_of([] { OutputDestination("/dev/full").write("text"); }).find("cannot write /dev/full"),
            std::string::npos);
}

TEST_F(OutputDestinations, RefuseWhatCouldNotBeWritten) {
  EXPECT_NE(test::message_of([&] { (void)OutputDestination(path("none/a")); }).find("cannot write"), std::string::npos);
  EXPECT_NE(test::message_of([&] { (void)OutputDestination(folder_ / ""); }).find("cannot write"), std::string::npos);
  EXPECT_NE(test::message_of([] { (void)OutputDestination(""); }).find("empty"), std::string::npos);
}

}  // namespace output_destination_tests
}  // namespace assay::host
