#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/launching.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace process_environment_tests {

using test::act;

class ProcessEnvironmentTest : public test::LaunchingTest {};

TEST_F(ProcessEnvironmentTest, IsExactlyWhatWasAsked) {
  EXPECT_EQ(output_of({"print-environment"}), "");
  ProcessRequest request = act({"print-environment"});
  request.environment = {{"A", "1"}, {"EMPTY", ""}, {"B", "x=y z"}};
  EXPECT_EQ(launcher_.run(request).standard_output.text, "A=1\nB=x=y z\nEMPTY=\n");
}

TEST_F(ProcessEnvironmentTest, ArgumentsArriveUnchanged) {
  EXPECT_EQ(output_of({"print-argument", " a  'b' $HOME * "}), " a  'b' $HOME * ");
  EXPECT_EQ(output_of({"print-argument", ""}), "");
}

TEST_F(ProcessEnvironmentTest, AMegabyteOfItArrives) {
  ProcessRequest request = act({"print-environment"});
  request.standard_output = Hashed{};
  // The kernel takes no single text above 128 KiB.
  for (int part = 10; part < 20; ++part) request.environment[std::to_string(part)] = std::string(100'000, 'x');
  EXPECT_EQ(launcher_.run(request).standard_output.bytes, 10 * (std::string("10=\n").size() + 100'000));
}

TEST_F(ProcessEnvironmentTest, TheProgramIsSearchedInTheChildsOwnPath) {
  ProcessRequest request = act({});
  request.argv = {"act", "exit", "7"};
  const std::string program = ASSAY_ACT;
  request.environment = {{"PATH", "/no/such/folder:" + program.substr(0, program.rfind('/'))}};
  EXPECT_EQ(std::get<Exited>(launcher_.run(request).ending).code, 7);
}

TEST_F(ProcessEnvironmentTest, ARelativeProgramLiesInTheWorkingDirectory) {
  const std::string program = ASSAY_ACT;
  ProcessRequest request = act({});
  request.working_directory = program.substr(0, program.rfind('/'));
  request.argv = {"./act", "print-place"};
  EXPECT_EQ(launcher_.run(request).standard_output.text, absolute_path(request.working_directory) + "\n");
}

TEST_F(ProcessEnvironmentTest, TheChildLeadsItsOwnProcessGroup) {
  EXPECT_EQ(output_of({"print-group"}), "own\n");
}

TEST_F(ProcessEnvironmentTest, NoDescriptorIsInherited) {
  // One without the close-on-exec flag, in this process when the launcher starts.
  const int inherited = ::open("/dev/null", O_RDONLY);
  Launcher launcher;
  EXPECT_EQ(launcher.run(act({"print-open-files"})).standard_output.text, "0\n1\n2\n");
  ::close(inherited);
}

TEST_F(ProcessEnvironmentTest, SignalsAreAsForANewProgram) {
  sigset_t blocked;
  sigset_t before;
  sigfillset(&blocked);
  pthread_sigmask(SIG_BLOCK, &blocked, &before);
  const auto handler = std::signal(SIGPIPE, SIG_IGN);
  Launcher launcher;
  const std::string text = launcher.run(act({"print-signals"})).standard_output.text;
  std::signal(SIGPIPE, handler);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ(text, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST_F(ProcessEnvironmentTest, LimitsReachTheChildAndNobodyElse) {
  ProcessRequest request = act({"print-limits"});
  const std::string unlimited = launcher_.run(request).standard_output.text;
  request.limits = {.cpus = {0}, .nice = 5, .memory = Bytes{1'000'000'000}, .open_files = 77};
  EXPECT_EQ(launcher_.run(request).standard_output.text, "memory 1000000000 files 77 nice 5 cpus 1 first 0\n");
  request.limits = {};
  EXPECT_EQ(launcher_.run(request).standard_output.text, unlimited);
}

// Between trials the launcher binds itself and its caller to one CPU.
TEST_F(ProcessEnvironmentTest, CallerAndLaterChildrenKeepAllTheirCpus) {
  cpu_set_t before;
  ASSERT_EQ(::sched_getaffinity(0, sizeof before, &before), 0);
  const std::string first = output_of({"print-limits"});
  for (int repeated = 0; repeated < 3; ++repeated) EXPECT_EQ(output_of({"print-limits"}), first);
  cpu_set_t after;
  ASSERT_EQ(::sched_getaffinity(0, sizeof after, &after), 0);
  EXPECT_TRUE(CPU_EQUAL(&before, &after));
}

TEST_F(ProcessEnvironmentTest, StandardInputIsEmptyUnlessAFileIsNamed) {
  EXPECT_EQ(output_of({"copy-input"}), "");
  const test::ScratchFolder folder;
  write_file_atomically(folder / "input", "some words");
  ProcessRequest request = act({"copy-input"});
  request.standard_input = folder / "input";
  EXPECT_EQ(launcher_.run(request).standard_output.text, "some words");
  // Each trial reads it from its beginning.
  EXPECT_EQ(launcher_.run(request).standard_output.text, "some words");
}

}  // namespace process_environment_tests
}  // namespace assay::host
