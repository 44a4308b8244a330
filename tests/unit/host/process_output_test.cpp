#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "tests/support/launching.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace process_output_tests {

using test::act;
using test::message_of;
using testing::HasSubstr;

class ProcessOutputTest : public test::LaunchingTest {};

TEST_F(ProcessOutputTest, BothStreamsAreCapturedApart) {
  const ProcessResult result = run({"speak"});
  EXPECT_EQ(result.standard_output.text, "to output\n");
  EXPECT_EQ(result.standard_output.bytes, 10U);
  EXPECT_EQ(result.standard_output.sha256, sha256("to output\n"));
  EXPECT_EQ(result.standard_error.text, "to error\n");
}

TEST_F(ProcessOutputTest, AboveTheLimitItIsCountedAndHashedButNotKept) {
  ProcessRequest request = act({"flood", "200000"});
  request.standard_output = Captured{.limit = 10};
  const CapturedOutput output = launcher_.run(request).standard_output;
  EXPECT_EQ(output.text, "xxxxxxxxxx");
  EXPECT_EQ(output.bytes, 200'000U);
  EXPECT_EQ(output.sha256, sha256(std::string(200'000, 'x')));
}

TEST_F(ProcessOutputTest, AFloodPassesWithoutBeingKept) {
  ProcessRequest request = act({"flood", "300000000"});
  request.standard_output = Captured{.limit = 1000};
  const CapturedOutput output = launcher_.run(request).standard_output;
  EXPECT_EQ(output.bytes, 300'000'000U);
  EXPECT_EQ(output.text.size(), 1000U);
}

TEST_F(ProcessOutputTest, HashedOutputIsNotKept) {
  ProcessRequest request = act({"speak"});
  request.standard_output = Hashed{};
  const CapturedOutput output = launcher_.run(request).standard_output;
  EXPECT_EQ(output.text, "");
  EXPECT_EQ(output.bytes, 10U);
  EXPECT_EQ(output.sha256, sha256("to output\n"));
}

TEST_F(ProcessOutputTest, NothingIsKeptOfWhatGoesToNull) {
  ProcessRequest request = act({"speak"});
  request.standard_output = ToNull{};
  const ProcessResult result = launcher_.run(request);
  EXPECT_EQ(result.standard_output.bytes, 0U);
  EXPECT_EQ(result.standard_output.sha256, "");
  EXPECT_EQ(result.standard_error.text, "to error\n");
}

TEST_F(ProcessOutputTest, AFileIsTruncatedAndMayLieInTheWorkingDirectory) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "out", "what an earlier trial wrote there");
  ProcessRequest request = act({"speak"});
  request.working_directory = folder.path();
  request.standard_output = ToFile{"out"};
  (void)launcher_.run(request);
  EXPECT_EQ(read_file(folder / "out"), "to output\n");
}

TEST_F(ProcessOutputTest, BothStreamsMayGoIntoOneFile) {
  const test::ScratchFolder folder;
  ProcessRequest request = act({"speak"});
  request.standard_output = ToFile{folder / "out"};
  request.standard_error = ToFile{folder / "out"};
  (void)launcher_.run(request);
  EXPECT_EQ(read_file(folder / "out"), "to output\nto error\n");
}

TEST_F(ProcessOutputTest, AFileThatCannotBeWrittenIsNamed) {
  ProcessRequest request = act({"speak"});
  request.standard_output = ToFile{"/no/such/folder/out"};
  EXPECT_THAT(message_of([&] { launcher_.run(request); }), HasSubstr("cannot write /no/such/folder/out: No such file"));
  request.standard_output = ToNull{};
  request.standard_input = "/no/such/file";
  EXPECT_THAT(message_of([&] { launcher_.run(request); }), HasSubstr("cannot read /no/such/file: No such file"));
}

TEST_F(ProcessOutputTest, AChildMayCloseItBeforeItEnds) {
  const ProcessResult result = run({"close-output"});
  EXPECT_EQ(std::get<Exited>(result.ending).code, 0);
  EXPECT_EQ(result.standard_output.bytes, 0U);
}

TEST_F(ProcessOutputTest, ASurvivorThatHoldsItDoesNotHoldUpTheTrial) {
  EXPECT_EQ(std::get<Exited>(run({"leave-one"}).ending).code, 0);
}

TEST_F(ProcessOutputTest, ASurvivorThatFloodsItDoesNotHoldUpTheTrial) {
  const ProcessResult result = run({"leave-flooding"});
  EXPECT_EQ(std::get<Exited>(result.ending).code, 0);
  EXPECT_EQ(result.survivors.size(), 1U);
}

}  // namespace process_output_tests
}  // namespace assay::host
