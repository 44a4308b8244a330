#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/starter.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/record/lab.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::cli {
namespace command_init_tests {

class InitCommand : public testing::Test {
 protected:
  std::string init(const std::string& folder) {
    testing::internal::CaptureStdout();
    EXPECT_EQ(command_init({folder}), ExitCode::ok);
    return testing::internal::GetCapturedStdout();
  }

  test::ScratchFolder scratch;
};

TEST_F(InitCommand, MakesALabWithAnExperimentThatPassesTheCheck) {
  const std::string folder = scratch / "new/lab";
  const std::string output = init(folder);
  EXPECT_EQ(record::Lab::find(folder).value().root(), host::absolute_path(folder));
  const std::string text = host::read_file(folder + "/experiment.toml");
  EXPECT_EQ(text, starter_experiment());
  EXPECT_EQ(definition::parse_definition({"experiment.toml", text}).id, "first-experiment");
  EXPECT_EQ(output.rfind("made a lab in " + host::absolute_path(folder) + "\nwrote " + folder + "/experiment.toml", 0),
            0U)
      << output;
  EXPECT_NE(output.find("assay run " + folder + "/experiment.toml"), std::string::npos) << output;
}

TEST_F(InitCommand, LeavesWhatIsThereAsItIs) {
  (void)init(scratch.path());
  std::ofstream(scratch / "experiment.toml") << "# mine\n";
  const std::string output = init(scratch.path());
  EXPECT_EQ(host::read_file(scratch / "experiment.toml"), "# mine\n");
  EXPECT_EQ(output.rfind("there is a lab already in ", 0), 0U) << output;
  EXPECT_NE(output.find("is there already and stays as it is"), std::string::npos) << output;
}

TEST_F(InitCommand, MakesALabOfItsOwnBelowAnother) {
  (void)init(scratch.path());
  std::filesystem::create_directory(scratch / "inner");
  EXPECT_EQ(init(scratch / "inner").rfind("made a lab in ", 0), 0U);
}

TEST_F(InitCommand, NamesAFolderThatCannotBe) {
  std::ofstream(scratch / "file") << "x";
  const std::string message = test::message_of([&] { (void)command_init({scratch / "file"}); });
  EXPECT_NE(message.find(scratch / "file"), std::string::npos) << message;
}

}  // namespace command_init_tests
}  // namespace assay::cli
