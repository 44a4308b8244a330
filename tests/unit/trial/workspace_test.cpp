#include "experiments/trial/workspace.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace assay::trial {
namespace workspace_tests {

namespace fs = std::filesystem;

TEST(Workspace, GivesArmsPlacesOfEqualLengthThatDoNotTellWhichTheyAre) {
  const Workspace workspace(3, "");
  const std::vector<ArmResources>& places = workspace.resources().arms;
  ASSERT_EQ(places.size(), 3U);
  for (const ArmResources& place : places) {
    EXPECT_TRUE(fs::is_directory(place.folder));
    EXPECT_EQ(place.folder.size(), places[0].folder.size());
    EXPECT_EQ(std::to_string(place.port).size(), 5U);
  }
  EXPECT_NE(places[0].port, places[1].port);
}

TEST(Workspace, RemovesEverythingWhenItGoes) {
  std::string folder;
  {
    const Workspace workspace(2, "");
    folder = fs::path(workspace.resources().temporary_folder).parent_path();
    std::ofstream(workspace.resources().arms[0].folder + "/data") << "x";
    EXPECT_TRUE(fs::is_directory(folder));
  }
  EXPECT_FALSE(fs::exists(folder));
}

TEST(Workspace, NamesWhatItClears) {
  Workspace workspace(2, "");
  const std::string folder = workspace.resources().temporary_folder;
  fs::create_directory(folder + "/deep");
  std::ofstream(folder + "/deep/file") << "x";
  std::ofstream(folder + "/a") << "x";
  EXPECT_EQ(workspace.clear_temporary_folder(), (std::vector<std::string>{"a", "deep"}));
  EXPECT_TRUE(fs::is_empty(folder));
  EXPECT_TRUE(workspace.clear_temporary_folder().empty());
}

TEST(Workspace, SeesTheFolderThatATrialPutInThePlaceOfItsOwn) {
  Workspace workspace(2, "");
  const std::string folder = workspace.resources().temporary_folder;
  EXPECT_TRUE(workspace.clear_temporary_folder().empty());
  fs::rename(folder, workspace.resources().arms[0].folder + "/moved");
  fs::create_directory(folder);
  std::ofstream(folder + "/new") << "x";
  EXPECT_EQ(workspace.clear_temporary_folder(), std::vector<std::string>{"new"});
}

TEST(Workspace, MakesATemporaryFolderAgainWhoseRightsATrialTookAway) {
  Workspace workspace(2, "");
  const std::string folder = workspace.resources().temporary_folder;
  EXPECT_TRUE(workspace.clear_temporary_folder().empty());
  fs::permissions(folder, fs::perms::none);
  EXPECT_TRUE(workspace.clear_temporary_folder().empty());
  std::ofstream(folder + "/file") << "x";
  EXPECT_TRUE(fs::exists(folder + "/file"));
}

TEST(Workspace, MakesATemporaryFolderAgainThatATrialRemoved) {
  Workspace workspace(2, "");
  fs::remove(workspace.resources().temporary_folder);
  EXPECT_TRUE(workspace.clear_temporary_folder().empty());
  EXPECT_TRUE(fs::is_directory(workspace.resources().temporary_folder));
}

}  // namespace workspace_tests
}  // namespace assay::trial
