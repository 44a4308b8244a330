#include "experiments/trial/audit/contents.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace contents_tests {

using test::command_variable;
using test::environment_variable;
using test::small_plan;
using Texts = std::vector<std::string>;

class Contents : public testing::Test {
 protected:
  Contents() {
    for (const char* name : {"one", "two"}) write(name, name);
  }

  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    std::filesystem::permissions(folder_ / name, std::filesystem::perms::owner_all);
  }
  std::string digest(const std::string& name) const { return host::blake2b_of_file(folder_ / name); }

  std::vector<Fingerprint> fingerprints(Plan plan) {
    plan.folder = folder_.path();
    const SessionResources places{
        {{"/tmp/arm-aaaaaa", 40000}, {"/tmp/arm-bbbbbb", 40001}}, "/tmp/tmp", "/run/lock/assay"};
    std::vector<Fingerprint> all;
    for (const ArmSetup& setup : materialise(plan, 0, places)) all.push_back(fingerprinter_.take(plan, setup));
    return all;
  }
  std::vector<DifferingContent> differing(const Plan& plan) { return differing_contents(plan, fingerprints(plan)); }

  test::ScratchFolder folder_;
  Fingerprinter fingerprinter_;
};

TEST_F(Contents, AreThoseOfProgramsThatDiffer) {
  const auto found = differing(small_plan(command_variable({"./one"}, {"./two"})));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0], (DifferingContent{1, {digest("one")}, {digest("two")}}));
}

TEST_F(Contents, AreTheSameBehindWrappersLinksAndCopies) {
  const auto plain = differing(small_plan(command_variable({"./one"}, {"./two"})));
  EXPECT_EQ(differing(small_plan(command_variable({"env", "./one"}, {"sh", "-c", "./two"}))), plain);
  std::filesystem::create_symlink("one", folder_ / "link");
  write("copy", "two");
  EXPECT_EQ(differing(small_plan(command_variable({"./link"}, {"nice", "./copy"}))), plain);
}

TEST_F(Contents, AreNoneIfBothArmsRunTheSame) {
  EXPECT_TRUE(differing(small_plan(environment_variable("FAST"), {"./one"})).empty());
}

TEST_F(Contents, ProgramsAreThoseBehindWrappers) {
  EXPECT_EQ(programs_of(fingerprints(small_plan(environment_variable("FAST"), {"./one"}))), Texts{digest("one")});
  EXPECT_EQ(programs_of(fingerprints(small_plan(environment_variable("FAST"), {"sh", "one"}))), Texts{digest("one")});
}

TEST_F(Contents, SurviveTheJournal) {
  const std::vector<Fingerprint> first = fingerprints(small_plan(environment_variable("FAST"), {"sh", "one"}));
  EXPECT_FALSE(first[0].wrapped_program.empty());
  EXPECT_EQ(parse_fingerprints(fingerprints_json(first)), first);
}

TEST_F(Contents, AreNotAskedOfAWordThatIsNoFile) {
  EXPECT_EQ(fingerprints(small_plan(environment_variable("FAST"), {"sh", "-c", "if true; then no-such-file; fi"}))[0]
                .wrapped_program,
            "");
}

}  // namespace contents_tests
}  // namespace assay::trial
