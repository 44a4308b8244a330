#include <csignal>
#include <fstream>
#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/launching.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace process_ending_tests {

using test::act;
using test::message_of;
using testing::HasSubstr;

class ProcessEndingTest : public test::LaunchingTest {};

TEST_F(ProcessEndingTest, AnExitCodeIsReported) {
  EXPECT_EQ(std::get<Exited>(run({"exit", "0"}).ending).code, 0);
  EXPECT_EQ(std::get<Exited>(run({"exit", "3"}).ending).code, 3);
  // 127 is a code like any other: a program that cannot be started is an error instead.
  EXPECT_EQ(std::get<Exited>(run({"exit", "127"}).ending).code, 127);
}

TEST_F(ProcessEndingTest, ASignalIsReported) {
  EXPECT_EQ(std::get<Killed>(run({"abort"}).ending).signal, SIGABRT);
}

TEST_F(ProcessEndingTest, AnEmptyCommandIsRefused) {
  ProcessRequest request = act({});
  request.argv.clear();
  EXPECT_THAT(message_of([&] { launcher_.run(request); }), HasSubstr("an empty command"));
}

TEST_F(ProcessEndingTest, AMissingProgramIsRefusedWithThePlacesSearched) {
  ProcessRequest request = act({});
  request.argv = {"no-such-program"};
  request.environment = {{"PATH", "/usr/bin:/bin"}};
  EXPECT_EQ(message_of([&] { launcher_.run(request); }),
            "cannot start \"no-such-program\": no such program in PATH (/usr/bin:/bin); what only a shell knows (an "
            "alias, a function) "
            "needs one: give -S sh, or in a file shell = \"...\" instead of command = [...]");
  request.argv = {"./no-such-program"};
  EXPECT_EQ(message_of([&] { launcher_.run(request); }),
            "cannot start \"./no-such-program\": No such file or directory");
}

/// A folder with one file that is no program yet.
class UnrunnableFileTest : public test::LaunchingTest {
 protected:
  void given(const std::string& text, int mode) {
    std::ofstream(folder_ / "file") << text;
    ::chmod((folder_ / "file").c_str(), static_cast<mode_t>(mode));
  }
  std::string message_for(const std::string& name) {
    ProcessRequest request = act({});
    request.argv = {name};
    request.environment = {{"PATH", folder_.path()}};
    request.working_directory = folder_.path();
    return message_of([&] { launcher_.run(request); });
  }

  test::ScratchFolder folder_;
};

TEST_F(UnrunnableFileTest, WithoutPermissionIsRefused) {
  given("#!/bin/sh\n", 0644);
  EXPECT_EQ(message_for("./file"), "cannot start \"./file\": Permission denied");
  EXPECT_THAT(message_for("file"), HasSubstr("is not executable; chmod +x it"));
}

TEST_F(UnrunnableFileTest, WithoutAnInterpreterLineIsNotHandedToAShell) {
  given("echo hello\n", 0755);
  EXPECT_THAT(message_for("./file"), HasSubstr("it is no program"));
}

TEST_F(UnrunnableFileTest, WithAMissingInterpreterIsTold) {
  given("#!/no/such/interpreter\n", 0755);
  EXPECT_THAT(message_for("./file"), HasSubstr("the interpreter that the file names is missing"));
}

TEST_F(UnrunnableFileTest, ThatIsAFolderIsRefused) {
  EXPECT_THAT(message_for("/"), HasSubstr("Permission denied"));
}

TEST_F(ProcessEndingTest, AMissingFolderIsRefused) {
  ProcessRequest request = act({"exit", "0"});
  request.working_directory = "/no/such/folder";
  EXPECT_THAT(message_of([&] { launcher_.run(request); }),
              HasSubstr("with its working directory /no/such/folder: No such file or directory"));
}

TEST_F(ProcessEndingTest, ALimitThatTheKernelRefusesIsTold) {
  ProcessRequest request = act({"exit", "0"});
  request.limits.cpus = {8000};
  EXPECT_THAT(message_of([&] { launcher_.run(request); }), HasSubstr("with the CPUs 8000: Invalid argument"));
  request.limits.cpus = {100'000};
  EXPECT_THAT(message_of([&] { launcher_.run(request); }), HasSubstr("there is no CPU 100000"));
}

TEST_F(ProcessEndingTest, AZeroByteIsRefused) {
  EXPECT_THAT(message_of([&] { run({"print-argument", std::string("a\0b", 3)}); }), HasSubstr("zero byte"));
}

TEST_F(ProcessEndingTest, TooLargeACommandIsRefused) {
  EXPECT_THAT(message_of([&] { run({"print-argument", std::string(3'000'000, 'x')}); }), HasSubstr("too large"));
  EXPECT_THAT(message_of([&] { run({"print-argument", std::string(30'000'000, 'x')}); }), HasSubstr("too large"));
}

TEST_F(ProcessEndingTest, TheNextTrialStartsAfterOneThatCouldNot) {
  EXPECT_NE(message_of([&] { run({"print-argument", std::string(3'000'000, 'x')}); }), "");
  EXPECT_EQ(std::get<Exited>(run({"exit", "5"}).ending).code, 5);
}

}  // namespace process_ending_tests
}  // namespace assay::host
