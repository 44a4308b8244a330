#include "experiments/adversary/findings.hpp"

#include <gtest/gtest.h>

namespace assay::adversary {
namespace findings_tests {

std::string diff_of(const std::string& path, const std::string& lines, int line = 41) {
  const std::string number = std::to_string(line);
  return "diff --git a/" + path + " b/" + path + "\n--- a/" + path + "\n+++ b/" + path + "\n@@ -" + number + " +" +
         number + " @@ def\n" + lines;
}

bool is_pool_file(const std::string& path) {
  return path == "lab/pool.toml";
}

std::vector<ReviewFinding> of(const std::string& path, const std::string& lines) {
  return findings_in(diff_of(path, lines), is_pool_file);
}

TEST(Findings, NameTheLineOfASkipAnAssertionAToleranceAndATimeout) {
  const std::string test = "tests/test_it.py";
  EXPECT_EQ(of(test, "+@pytest.mark.skip\n"),
            (std::vector<ReviewFinding>{{"tests/test_it.py:41", "adds a skip: \"@pytest.mark.skip\""}}));
  EXPECT_EQ(
      of(test, "-    assert page == 1\n"),
      (std::vector<ReviewFinding>{{"tests/test_it.py:41", "removes an assertion (old line): \"assert page == 1\""}}));
  EXPECT_EQ(of(test, "-  x = approx(y, 1e-9)\n+  x = approx(y, 1e-1)\n").size(), 2U);
  EXPECT_EQ(of("src/pool.cpp", "-  timeout = 120;\n+  timeout = 10;\n").front().what,
            "changes a timeout (old line): \"timeout = 120;\"");
}

TEST(Findings, ListAnyOtherEditOfATestTheHarnessOrCiOnce) {
  EXPECT_EQ(of("spec/pool_spec.rb", "-  sleep 5\n+  poll\n"),
            (std::vector<ReviewFinding>{{"spec/pool_spec.rb:41", "edits a test"}}));
  EXPECT_EQ(of("conftest.py", "+x = 1\n").front().what, "edits the test harness");
  EXPECT_EQ(of(".github/workflows/ci.yml", "+  - run: make\n").front().what, "edits a CI file");
}

TEST(Findings, ListAnEditOfTheExperimentFile) {
  EXPECT_EQ(of("lab/pool.toml", "-margin = \"5%\"\n+margin = \"50%\"\n"),
            (std::vector<ReviewFinding>{{"lab/pool.toml:41", "edits the experiment file"}}));
  EXPECT_TRUE(of("other.toml", "-margin = \"5%\"\n").empty());
}

TEST(Findings, PassOverOrdinarySource) {
  EXPECT_TRUE(of("src/pool.cpp", "-  sleep(5);\n+  wait_until_ready(expected);\n").empty());
  EXPECT_TRUE(of("src/latest.cpp", "+  retry();\n").empty());
  EXPECT_TRUE(findings_in("", is_pool_file).empty());
}

TEST(Findings, PassOverWhatAssayWritesItself) {
  for (const char* path : {".assay/records/0007-poll.json", "lab/.assay/records/0001-x.json", "DECISIONS.md",
                           "lab/REVIEW.md", "docs/perf/README.md"}) {
    EXPECT_TRUE(of(path, "+  timeout 10 and skip\n").empty()) << path;
  }
  for (const char* path : {".assay/tests/a.json", "docs/perf/test_it.py", "tests/records/0001-x.json"}) {
    EXPECT_EQ(of(path, "+  timeout 10\n").size(), 1U) << path;
  }
}

TEST(Findings, CountLinesThroughContextAndSeveralHunks) {
  const std::string lines = " one\n-two\n+zwei\n three\n@@ -90,0 +91,2 @@\n+a\n+  skip()\n";
  const auto found = of("tests/a_test.py", lines);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].file, "tests/a_test.py:42");
  EXPECT_EQ(found[1].file, "tests/a_test.py:92");
}

TEST(Findings, NameAFileThatIsGoneByItsOldPath) {
  const std::string diff =
      "diff --git a/tests/b_test.py b/tests/b_test.py\n--- a/tests/b_test.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-assert "
      "x\n";
  ASSERT_EQ(findings_in(diff, is_pool_file).size(), 1U);
  EXPECT_EQ(findings_in(diff, is_pool_file).front().file, "tests/b_test.py:1");
}

TEST(Findings, TakeALineThatLooksLikeAHeaderForWhatItIs) {
  EXPECT_EQ(of("tests/t.py", "--- a/other\n+++ b/other\n").size(), 1U);
}

}  // namespace findings_tests
}  // namespace assay::adversary
