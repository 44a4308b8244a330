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
  Git git_{launcher_, folder_.path(), GitConfiguration::none, Fetching::allowed};
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

TEST_F(Source, RunsNothingThatTheConfigurationOfADirtyRepositoryNames) {
  std::ofstream(folder_ / ".gitattributes") << "* filter=spy diff=spy\n";
  commit("with attributes");
  const std::string spy = place_ / "spy";
  write_file_atomically(spy, "#!/bin/sh\necho ran >>" + (place_ / "told") + "\ncat\n");
  fs::permissions(spy, fs::perms::owner_all);
  for (const char* key : {"filter.spy.clean", "filter.spy.smudge", "filter.spy.process", "core.fsmonitor",
                          "diff.external", "diff.spy.command", "diff.spy.textconv", "core.sshCommand", "core.pager",
                          "core.editor", "core.askPass", "core.alternateRefsCommand", "credential.helper"}) {
    git_.run({"config", key, spy});
  }
  std::ofstream(folder_ / "file") << "dirty\n";
  const Repository repository = find_repository(launcher_, folder_.path());
  EXPECT_TRUE(has_uncommitted_changes(launcher_, repository));
  const Clone made = clone();
  made.check_out(resolve("main").commit);
  (void)made.gaps();
  EXPECT_EQ(read_file(place_ / "clone/file"), "with attributes\n");
  EXPECT_FALSE(fs::exists(place_ / "told"));
}

TEST_F(Source, FetchesTheFilesThatAPartialCloneLacks) {
  git_.run({"config", "uploadpack.allowFilter", "true"});
  git_.run({"config", "uploadpack.allowAnySHA1InWant", "true"});
  for (const std::string filter : {"blob:none", "tree:0"}) {
    const std::string partial = place_ / "partial-" + filter.substr(0, 4);
    git_.run({"clone", "--quiet", "--filter=" + filter, "file://" + folder_.path(), partial});
    const Repository repository = find_repository(launcher_, partial);
    const ResolvedRevision first = resolve_revision(launcher_, repository, "HEAD~1");
    const std::string folder = place_ / "clone-" + filter.substr(0, 4);
    const Clone made(launcher_, repository, folder, GitConfiguration::none);
    made.check_out(first.commit);
    EXPECT_EQ(read_file(folder + "/file"), "one\n");
    EXPECT_EQ(made.tree(), first.tree);
  }
}

TEST_F(Source, SaysHowToGetTheFilesOfAPartialCloneWithoutItsOrigin) {
  git_.run({"config", "uploadpack.allowFilter", "true"});
  git_.run({"clone", "--quiet", "--filter=blob:none", "file://" + folder_.path(), place_ / "partial"});
  const Git partial(launcher_, place_ / "partial");
  partial.run({"config", "remote.origin.url", place_ / "gone"});
  const Repository repository = find_repository(launcher_, place_ / "partial");
  const Clone made(launcher_, repository, place_ / "clone", GitConfiguration::none);
  const std::string message = test::message_of([&] { made.check_out(resolve("v1").commit); });
  EXPECT_NE(message.find("is a partial clone, which lacks files of this commit: get them with: git fetch --refetch "
                         "--no-filter"),
            std::string::npos)
      << message;
}

TEST_F(Source, TakesSubmodulesThatAreAtHandAndTellsOfThoseThatAreNotThere) {
  const std::string library = place_ / "library";
  fs::create_directory(library);
  const Git other(launcher_, library);
  other.run({"init", "--quiet", "--initial-branch=main"});
  std::ofstream(library + "/part") << "of the library\n";
  other.run({"add", "--all"});
  other.run({"-c", "user.email=t@example.org", "-c", "user.name=t", "commit", "--quiet", "--message", "part"});
  git_.run({"-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library, "lib"});
  commit("with a library");
  fs::remove_all(library);
  const Clone made = clone();
  made.check_out(resolve("main").commit);
  const std::vector<CheckoutGap> gaps = made.gaps();
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].kind, CheckoutGap::Kind::submodules);
  EXPECT_EQ(gaps[0].paths, std::vector<std::string>{"lib"});
  made.check_out_submodules();
  EXPECT_EQ(read_file(place_ / "clone/lib/part"), "of the library\n");
  EXPECT_TRUE(made.gaps().empty());
}

TEST_F(Source, TellsOfFilesWhoseFilterWasNotRun) {
  std::ofstream(folder_ / ".gitattributes") << "file filter=lfs -text\n";
  commit("version https://git-lfs.github.com/spec/v1");
  const Clone made = clone();
  made.check_out(resolve("main").commit);
  const std::vector<CheckoutGap> gaps = made.gaps();
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].kind, CheckoutGap::Kind::stored_contents);
  EXPECT_EQ(gaps[0].filter, "lfs");
  EXPECT_EQ(gaps[0].paths, std::vector<std::string>{"file"});
}

TEST_F(Source, TellsOfChangesThatNoCommitHolds) {
  const Repository repository = find_repository(launcher_, folder_.path());
  EXPECT_FALSE(has_uncommitted_changes(launcher_, repository));
  // As long as before, and written in the same second as the index.
  std::ofstream(folder_ / "file") << "2wo\n";
  EXPECT_TRUE(has_uncommitted_changes(launcher_, repository));
}

}  // namespace source_tests
}  // namespace assay::host
