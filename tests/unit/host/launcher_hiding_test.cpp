#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/host/files/temporary_folder.hpp"
#include "tests/support/launching.hpp"

namespace assay::host {
namespace {

using test::act;

/// A folder with one file in it, which children may look for.
class LauncherHiding : public testing::Test {
 protected:
  LauncherHiding() { std::ofstream(file_) << "secret\n"; }

  ProcessResult read_file(Launcher& launcher) const {
    ProcessRequest request = act({});
    request.argv = {"/bin/cat", file_};
    return launcher.run(request);
  }

  TemporaryFolder folder_{testing::TempDir(), "hiding"};
  std::string file_ = folder_.path() + "/key";
};

TEST_F(LauncherHiding, KeepsAFolderFromChildrenAndFromNobodyElse) {
  Launcher launcher(folder_.path());
  const ProcessResult result = read_file(launcher);
  if (!launcher.why_not_hidden().empty()) GTEST_SKIP() << "no namespaces here: " << launcher.why_not_hidden();
  EXPECT_NE(std::get<Exited>(result.ending).code, 0);
  EXPECT_EQ(result.standard_output.text, "");
  EXPECT_TRUE(std::filesystem::exists(file_));
}

TEST_F(LauncherHiding, SaysWhyAFolderIsNotHidden) {
  Launcher launcher(folder_.path() + "/missing");
  (void)read_file(launcher);
  EXPECT_NE(launcher.why_not_hidden(), "");
}

TEST_F(LauncherHiding, HidesNothingUnlessItIsAsked) {
  Launcher launcher;
  EXPECT_EQ(read_file(launcher).standard_output.text, "secret\n");
  EXPECT_EQ(launcher.why_not_hidden(), "");
}

}  // namespace
}  // namespace assay::host
