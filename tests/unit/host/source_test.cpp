#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/source/clone.hpp"
#include "core/host/source/repository.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace source_tests {

namespace fs = std::filesystem;

/// A repository with two commits of one file: "one", tagged v1, and "two".
class Source : public testing::Test {
 protected:
  Source() {
    git_.run({"init", "--quiet", "--initial-branch=main"});
    git_.run({"config", "user.email", "t@example.org"});
    git_.run({"config", "user.name", "t"});
    commit("one");
    git_.run({"tag", "v1"});
    commit("two");
  }

  void commit(const std::string& text) {
    std::ofstream(folder_ / "file") << text << "\n";
    git_.run({"add", "--all"});
    git_.run({"commit", "--quiet", "--message", text});
  }
  [[nodiscard]] Clone clone() {
    return {launcher_, find_repository(launcher_, folder_.path()), place_ / "clone", GitConfiguration::none};
  }
  [[nodiscard]] ResolvedRevision resolve(const std::string& name) {
    return resolve_revision(launcher_, find_repository(launcher_, folder_.path()), name);
  }

  test::ScratchFolder folder_;
  test::ScratchFolder place_;
  Launcher launcher_;
  Git git_{launcher_, folder_.path()};
};

TEST_F(Source, ResolvesBranchesTagsAndCommits) {
  const ResolvedRevision tag = resolve("v1");
  EXPECT_EQ(resolve("HEAD~1").commit, tag.commit);
  EXPECT_EQ(resolve(tag.commit).tree, tag.tree);
  EXPECT_NE(resolve("main").tree, tag.tree);
}

TEST_F(Source, NamesARevisionThatIsNone) {
  EXPECT_EQ(test::message_of([&] { (void)resolve("v9"); }),
            "\"v9\" is no commit of " + folder_.path() + ": expected a branch, tag or commit that git log shows");
}

TEST_F(Source, NamesAFolderThatIsInNoRepository) {
  EXPECT_EQ(test::message_of([&] { (void)find_repository(launcher_, place_.path()); }),
            place_.path() + " lies in no git repository: name one in repository, or make it one with: git init");
}

TEST_F(Source, ClonesHoldTheFilesAndTagsOfACommit) {
  const Clone made = clone();
  made.check_out(resolve("v1").commit);
  EXPECT_EQ(read_file(place_ / "clone/file"), "one\n");
  EXPECT_EQ(made.tree(), resolve("v1").tree);
  EXPECT_EQ(made.tracked_files(), (std::vector<std::string>{"file"}));
  EXPECT_EQ(Git(launcher_, made.folder()).output_of({"describe", "--tags"}), "v1");
}

TEST_F(Source, ClonesTellWhatWasBuiltInThem) {
  const Clone made = clone();
  made.check_out(resolve("main").commit);
  std::ofstream(place_ / "clone/app") << "x";
  std::ofstream(place_ / "clone/.gitignore") << "app\n";
  EXPECT_EQ(made.other_files(), (std::vector<std::string>{".gitignore", "app"}));
}

TEST_F(Source, PatchesAreAppliedAndTheirTreeIsKnownBefore) {
  std::ofstream(place_ / "patch") << "--- a/file\n+++ b/file\n@@ -1 +1 @@\n-two\n+three\n";
  const Repository repository = find_repository(launcher_, folder_.path());
  const std::string tree = tree_with_patches(launcher_, repository, resolve("main").commit, {place_ / "patch"});
  const Clone made = clone();
  made.check_out(resolve("main").commit);
  made.apply(place_ / "patch");
  EXPECT_EQ(read_file(place_ / "clone/file"), "three\n");
  EXPECT_EQ(made.tree(), tree);
}

TEST_F(Source, PatchesAreAppliedOneAfterAnother) {
  std::ofstream(place_ / "first") << "--- a/file\n+++ b/file\n@@ -1 +1 @@\n-two\n+three\n";
  std::ofstream(place_ / "second") << "--- a/file\n+++ b/file\n@@ -1 +1 @@\n-three\n+four\n";
  const Repository repository = find_repository(launcher_, folder_.path());
  const std::string tree =
      tree_with_patches(launcher_, repository, resolve("main").commit, {place_ / "first", place_ / "second"});
  const Clone made = clone();
  made.check_out(resolve("main").commit);
  made.apply(place_ / "first");
  made.apply(place_ / "second");
  EXPECT_EQ(read_file(place_ / "clone/file"), "four\n");
  EXPECT_EQ(made.tree(), tree);
  EXPECT_NE(made.contents_of(tree), made.contents_of(resolve("main").tree));
}

TEST_F(Source, APatchThatDoesNotApplySaysWhere) {
  std::ofstream(place_ / "patch") << "--- a/file\n+++ b/file\n@@ -1 +1 @@\n-nine\n+ten\n";
  EXPECT_EQ(test::message_of([&] {
              (void)tree_with_patches(launcher_, find_repository(launcher_, folder_.path()), resolve("main").commit,
                                      {place_ / "patch"});
            }),
            (place_ / "patch") + ": git apply: error: patch failed: file:1");
}

TEST_F(Source, ClonesOfAShallowCloneHoldWhatItHas) {
  git_.run({"clone", "--quiet", "--depth=1", "file://" + folder_.path(), place_ / "shallow"});
  const Repository shallow = find_repository(launcher_, place_ / "shallow");
  const Clone made(launcher_, shallow, place_ / "clone", GitConfiguration::none);
  made.check_out(resolve("main").commit);
  EXPECT_EQ(read_file(place_ / "clone/file"), "two\n");
  EXPECT_NE(test::message_of([&] { (void)resolve_revision(launcher_, shallow, "HEAD~1"); }).find("--unshallow"),
            std::string::npos);
}

TEST_F(Source, ABareRepositoryAndAFurtherWorkingTreeServeAsWell) {
  git_.run({"clone", "--quiet", "--bare", folder_.path(), place_ / "bare"});
  EXPECT_TRUE(find_repository(launcher_, place_ / "bare").top.empty());
  git_.run({"worktree", "add", "--quiet", place_ / "tree", "v1"});
  const Repository tree = find_repository(launcher_, place_ / "tree");
  const Clone made(launcher_, tree, place_ / "clone", GitConfiguration::none);
  made.check_out(resolve_revision(launcher_, tree, "main").commit);
  EXPECT_EQ(read_file(place_ / "clone/file"), "two\n");
}

TEST_F(Source, RunsNoHookAndNoFilterOfTheRepository) {
  fs::create_directories(folder_ / ".git/hooks");
  std::ofstream(folder_ / ".git/hooks/post-checkout") << "#!/bin/sh\nexit 1\n";
  fs::permissions(folder_ / ".git/hooks/post-checkout", fs::perms::owner_all);
  git_.run({"config", "filter.shout.smudge", "tr a-z A-Z"});
  std::ofstream(folder_ / ".gitattributes") << "file filter=shout\n";
  commit("quiet");
  const Clone made = clone();
  made.check_out(resolve("main").commit);
  EXPECT_EQ(read_file(place_ / "clone/file"), "quiet\n");
}

TEST_F(Source, TellsOfChangesThatNoCommitHolds) {
  const Repository repository = find_repository(launcher_, folder_.path());
  EXPECT_FALSE(has_uncommitted_changes(launcher_, repository));
  std::ofstream(folder_ / "file") << "three";
  EXPECT_TRUE(has_uncommitted_changes(launcher_, repository));
}

}  // namespace source_tests
}  // namespace assay::host
