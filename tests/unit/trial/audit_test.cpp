#include "experiments/trial/audit.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::experiments {
namespace {

using test::argument_variable;
using test::command_variable;
using test::environment_variable;
using test::message_of;
using test::small_plan;
using Texts = std::vector<std::string>;

void write_program(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

class Audit : public testing::Test {
 protected:
  Audit() {
    write_program(folder_ / "one", "1");
    write_program(folder_ / "two", "2");
  }

  [[nodiscard]] Plan in_folder(Plan plan) const {
    plan.folder = folder_.path();
    return plan;
  }
  [[nodiscard]] std::vector<Fingerprint> fingerprints(const Plan& plan) {
    const Surroundings places{{{"/tmp/arm-aaaaaa", 40000}, {"/tmp/arm-bbbbbb", 40001}}, "/tmp/tmp", "/run/lock/assay"};
    std::vector<Fingerprint> all;
    for (const ArmSetup& setup : materialise(plan, 0, places)) all.push_back(fingerprinter_.take(plan, setup));
    return all;
  }
  [[nodiscard]] AuditResult audit_of(const Plan& plan) { return audit(plan, fingerprints(plan), fingerprints(plan)); }

  test::ScratchFolder folder_;
  Fingerprinter fingerprinter_;
};

TEST_F(Audit, NamesTheVariableThatDiffers) {
  const AuditResult result = audit_of(in_folder(small_plan(environment_variable("FAST"), {"./one"})));
  EXPECT_TRUE(result.passed);
  EXPECT_EQ(result.differs, (Texts{"env FAST"}));
}

TEST_F(Audit, AcceptsACommandWithAnotherProgram) {
  const AuditResult result = audit_of(in_folder(small_plan(command_variable({"./one"}, {"./two", "x"}))));
  EXPECT_TRUE(result.passed);
  EXPECT_EQ(result.differs, (Texts{"command"}));
}

TEST_F(Audit, AcceptsAnArgumentWhereTheCommandHasItsPlace) {
  const AuditResult result = audit_of(in_folder(small_plan(argument_variable("n", "1", "2"), {"./one", "-j", "{n}"})));
  EXPECT_TRUE(result.passed);
  EXPECT_EQ(result.differs, (Texts{"argument n"}));
}

TEST_F(Audit, LabelsArmsThatAreTheSame) {
  const AuditResult result = audit_of(in_folder(small_plan(command_variable({"./one"}, {"./one"}))));
  EXPECT_TRUE(result.passed);
  EXPECT_EQ(result.notes, (Texts{"both arms are the same: an A/A comparison"}));
}

TEST_F(Audit, NamesAnEnvironmentVariableThatLeaksIn) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  std::vector<Fingerprint> now = fingerprints(plan);
  now[1].parts["env PATH"] = "another";
  const AuditResult result = audit(plan, now, now);
  EXPECT_FALSE(result.passed);
  EXPECT_EQ(result.intruders, (Texts{"treatment also differs in env PATH"}));
}

TEST_F(Audit, NamesAnArgumentThatTheVariableDoesNotReach) {
  const Plan plan = in_folder(small_plan(argument_variable("n", "1", "2"), {"./one", "-j", "{n}"}));
  std::vector<Fingerprint> now = fingerprints(plan);
  now[1].parts["argv[1]"] = "-k";
  EXPECT_EQ(audit(plan, now, now).intruders, (Texts{"treatment also differs in argv[1]"}));
}

TEST_F(Audit, FindsAProgramThatWasReplaced) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  const std::vector<Fingerprint> first = fingerprints(plan);
  write_program(folder_ / "one", "a new build");
  EXPECT_EQ(audit(plan, first, fingerprints(plan)).intruders, (Texts{"executable content changed during the attempt"}));
}

TEST_F(Audit, FindsADeclaredInputThatChanged) {
  Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  plan.workloads[0].inputs = {"t*"};
  const std::vector<Fingerprint> first = fingerprints(plan);
  write_program(folder_ / "two", "3");
  EXPECT_EQ(audit(plan, first, fingerprints(plan)).intruders,
            (Texts{"input " + folder_ / "two" + " changed during the attempt"}));
}

TEST_F(Audit, FindsAnInputThatCameDuringTheAttempt) {
  Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  plan.workloads[0].inputs = {"t*"};
  const std::vector<Fingerprint> first = fingerprints(plan);
  write_program(folder_ / "three", "3");
  EXPECT_EQ(audit(plan, first, fingerprints(plan)).intruders,
            (Texts{"input " + folder_ / "three" + " changed during the attempt"}));
}

TEST_F(Audit, IsTheSameWithFingerprintsFromAnEarlierSession) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  const std::vector<Fingerprint> first = fingerprints(plan);
  EXPECT_EQ(parse_fingerprints(fingerprints_json(first)), first);
}

TEST_F(Audit, KeepsNoValueOfAnEnvironmentVariable) {
  Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  plan.environment["API_TOKEN"] = "hunter2";
  EXPECT_EQ(fingerprints_json(fingerprints(plan)).find("hunter2"), std::string::npos);
}

TEST_F(Audit, NamesTheArmWhoseProgramIsMissing) {
  const Plan plan = in_folder(small_plan(command_variable({"./one"}, {"./three"})));
  EXPECT_EQ(message_of([&] { (void)fingerprints(plan); }),
            "work, treatment: " + folder_ / "three" + ": No such file or directory");
}

TEST_F(Audit, NamesAProgramThatPathDoesNotHave) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"no-such-program-anywhere"}));
  EXPECT_EQ(message_of([&] { (void)fingerprints(plan); }),
            "work, control: cannot start \"no-such-program-anywhere\": no such program in PATH (/usr/bin:/bin)");
}

TEST_F(Audit, NamesAMissingWorkingDirectory) {
  Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  plan.workloads[0].working_directory = "nowhere";
  EXPECT_EQ(message_of([&] { (void)fingerprints(plan); }),
            "work, control: working directory " + folder_ / "nowhere" + ": no such folder");
}

}  // namespace
}  // namespace assay::experiments
