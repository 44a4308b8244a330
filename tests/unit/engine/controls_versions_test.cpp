#include "experiments/engine/controls_versions.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/host/files/temporary_folder.hpp"

namespace assay::engine {
namespace controls_versions_tests {

namespace fs = std::filesystem;

class ControlsVersionsTest : public ::testing::Test {
 protected:
  ControlsVersionsTest() {
    for (const char* arm : {"control", "treatment"}) {
      fs::create_directories(top_ / arm);
      std::ofstream(top_ / arm / "Makefile") << "of " << arm << "\n";
    }
  }

  std::string content() const {
    std::ifstream file(top_ / "treatment/Makefile");
    std::string line;
    std::getline(file, line);
    return line;
  }

  host::TemporaryFolder folder_{testing::TempDir(), "controls-versions"};
  fs::path top_ = folder_.path();
};

TEST_F(ControlsVersionsTest, AreThereOnlyMeanwhile) {
  std::optional<ControlsVersions> versions;
  versions.emplace(top_ / "control", top_ / "treatment", std::vector<std::string>{"Makefile"}, top_ / "scratch");
  EXPECT_EQ(content(), "of control");
  versions.reset();
  EXPECT_EQ(content(), "of treatment");
}

TEST_F(ControlsVersionsTest, LeaveNoFileThatIsNewerThanNow) {
  const fs::file_time_type before = fs::last_write_time(top_ / "treatment/Makefile");
  { const ControlsVersions versions(top_ / "control", top_ / "treatment", {"Makefile"}, top_ / "scratch"); }
  // Later by a whole second, for tools that compare seconds, and not in the future, where make builds again and again.
  EXPECT_GE(fs::last_write_time(top_ / "treatment/Makefile") - before, std::chrono::seconds(1));
  EXPECT_LE(fs::last_write_time(top_ / "treatment/Makefile"), fs::file_time_type::clock::now());
}

}  // namespace controls_versions_tests
}  // namespace assay::engine
