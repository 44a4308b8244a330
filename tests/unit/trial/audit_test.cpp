#include "experiments/trial/audit/audit.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "experiments/trial/audit/linker_watch.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_plan.hpp"

namespace assay::trial {
namespace audit_tests {

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
    const SessionResources places{
        {{"/tmp/arm-aaaaaa", 40000}, {"/tmp/arm-bbbbbb", 40001}}, "/tmp/tmp", "/run/lock/assay"};
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
  now[1].parts[{PartKind::environment, "PATH"}] = "another";
  const AuditResult result = audit(plan, now, now);
  EXPECT_FALSE(result.passed);
  EXPECT_EQ(result.intruders, (Texts{"treatment also differs in env PATH"}));
}

TEST_F(Audit, NamesAnArgumentThatTheVariableDoesNotReach) {
  const Plan plan = in_folder(small_plan(argument_variable("n", "1", "2"), {"./one", "-j", "{n}"}));
  std::vector<Fingerprint> now = fingerprints(plan);
  now[1].parts[argument_part(1)] = "-k";
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

/// All fingerprints with another value of a setting; without one if there is none.
std::vector<Fingerprint> with_setting(std::vector<Fingerprint> all, const std::string& path,
                                      const std::optional<std::string>& value) {
  for (Fingerprint& fingerprint : all) {
    fingerprint.parts.erase({PartKind::setting, path});
    if (value) fingerprint.parts[{PartKind::setting, path}] = *value;
  }
  return all;
}

TEST_F(Audit, FindsASettingOfTheMachineThatChanged) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  const std::vector<Fingerprint> first = with_setting(fingerprints(plan), "/proc/sys/vm/swappiness", "60");
  const std::vector<Fingerprint> now = with_setting(first, "/proc/sys/vm/swappiness", "0");
  EXPECT_EQ(audit(plan, first, now).intruders,
            (Texts{"setting /proc/sys/vm/swappiness changed during the attempt (from 60 to 0)"}));
}

TEST_F(Audit, AsksNoSettingsOfFingerprintsThatAreOlderThanThey) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  const std::vector<Fingerprint> now = with_setting(fingerprints(plan), "/proc/sys/vm/swappiness", "60");
  std::vector<Fingerprint> first = now;
  for (Fingerprint& fingerprint : first) {
    std::erase_if(fingerprint.parts, [](const auto& part) { return part.first.kind == PartKind::setting; });
  }
  EXPECT_TRUE(audit(plan, first, now).passed);
}

TEST_F(Audit, NotesLibrariesThatEveryProgramLoads) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  const std::vector<Fingerprint> now = with_setting(fingerprints(plan), "/etc/ld.so.preload", "/opt/slow.so");
  const AuditResult result = audit(plan, now, now);
  EXPECT_TRUE(result.passed);
  EXPECT_EQ(result.notes, (Texts{"/etc/ld.so.preload makes every program load /opt/slow.so"}));
}

TEST_F(Audit, FindsAFileOfTheLinkerThatWasChangedAndPutBackBetweenTwoTrials) {
  LinkerWatch watch({folder_ / "preload"});
  watch.look("before a trial of control");
  EXPECT_EQ(watch.changes(), Texts{});
  write_program(folder_ / "preload", "/opt/slow.so");
  watch.look("while a trial of treatment ran");
  std::filesystem::remove(folder_ / "preload");
  watch.look("while a trial of control ran");
  EXPECT_EQ(watch.changes(), (Texts{folder_ / "preload" + " changed while a trial of treatment ran"}));
}

TEST_F(Audit, KeepsNoValueOfAnEnvironmentVariable) {
  Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  plan.environment["API_TOKEN"] = "hunter2";
  EXPECT_EQ(fingerprints_json(fingerprints(plan)).find("hunter2"), std::string::npos);
}

Plan plan_of_revisions() {
  Plan plan = small_plan({VariableKind::revision,
                          "",
                          {{"control", SourceLevel{.revision = "main", .commit = "c1", .tree = "t1"}},
                           {"treatment", SourceLevel{.revision = "HEAD", .commit = "c2", .tree = "t2"}}}},
                         {"./app"});
  plan.variable.source.emplace();
  return plan;
}

/// Both arms of one program, built in each arm's own clone.
std::vector<Fingerprint> built_arms() {
  return {{0,
           0,
           {{{PartKind::executable}, "app"},
            {{PartKind::executable, "", PartFacet::content}, "1"},
            {{PartKind::library, "libc.so.6"}, "/lib/libc.so.6"}}},
          {0,
           1,
           {{{PartKind::executable}, "app"},
            {{PartKind::executable, "", PartFacet::content}, "2"},
            {{PartKind::library, "libc.so.6"}, "/lib/libc.so.6"}}}};
}

TEST_F(Audit, AcceptsWhatIsBuiltOfAnotherRevision) {
  const AuditResult result = audit(plan_of_revisions(), built_arms(), built_arms());
  EXPECT_TRUE(result.passed);
  EXPECT_EQ(result.differs, (Texts{"revision"}));
}

TEST_F(Audit, AcceptsALibraryThatOneRevisionAloneAsksFor) {
  std::vector<Fingerprint> now = built_arms();
  now[1].parts[{PartKind::library, "libz.so.1"}] = "/lib/libz.so.1";
  now[1].parts[{PartKind::library, "libz.so.1", PartFacet::content}] = "3";
  EXPECT_TRUE(audit(plan_of_revisions(), now, now).passed);
}

TEST_F(Audit, NamesAnotherCLibrary) {
  std::vector<Fingerprint> now = built_arms();
  now[1].parts[{PartKind::library, "libc.so.6"}] = "/opt/libc.so.6";
  EXPECT_EQ(audit(plan_of_revisions(), now, now).intruders, (Texts{"treatment also differs in library libc.so.6"}));
}

TEST_F(Audit, NamesAHarnessFileThatTheChangeAlters) {
  std::vector<Fingerprint> now = built_arms();
  now[0].parts[{PartKind::harness, "run.sh"}] = "1";
  now[1].parts[{PartKind::harness, "run.sh"}] = "2";
  EXPECT_EQ(audit(plan_of_revisions(), now, now).intruders,
            (Texts{"the harness file run.sh differs: the change also alters what measures it"}));
}

TEST_F(Audit, NamesAnEnvironmentThatLeaksIntoARevision) {
  std::vector<Fingerprint> now = built_arms();
  now[1].parts[{PartKind::environment, "MALLOC_ARENA_MAX"}] = "digest";
  EXPECT_EQ(audit(plan_of_revisions(), now, now).intruders, (Texts{"treatment also differs in env MALLOC_ARENA_MAX"}));
}

TEST_F(Audit, NamesWhatChangedOfTheMachineWithBothValues) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  const std::vector<Fingerprint> now = fingerprints(plan);
  std::vector<Fingerprint> first = now;
  for (Fingerprint& fingerprint : first) {
    fingerprint.parts[{PartKind::governor}] = "powersave";
    fingerprint.parts[{PartKind::host}] = "another";
    fingerprint.parts[{PartKind::cgroup, "memory_bytes"}] = "7";
  }
  const Texts intruders = audit(plan, first, now).intruders;
  ASSERT_EQ(intruders.size(), 3U);
  EXPECT_TRUE(intruders[0].starts_with("cgroup memory_bytes changed during the attempt (from 7 to "));
  EXPECT_TRUE(intruders[1].starts_with("governor changed during the attempt (from powersave to "));
  EXPECT_TRUE(intruders[2].starts_with("host changed during the attempt (from another to "));
}

TEST_F(Audit, TakesOverTheMachineThatGoesOnWithTheAttempt) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  const std::vector<Fingerprint> now = fingerprints(plan);
  std::vector<Fingerprint> first = now;
  for (Fingerprint& fingerprint : first) {
    fingerprint.parts[{PartKind::host}] = "another";
    fingerprint.parts[{PartKind::boot}] = "another";
    fingerprint.parts[{PartKind::kernel}] = "Linux 1.0";
    fingerprint.parts[{PartKind::environment, "HOME"}] = "elsewhere";
  }
  const Texts notes = take_over_machine(first, now);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_TRUE(notes[0].starts_with("on another machine: kernel changed during the attempt (from Linux 1.0 to "));
  const AuditResult result = audit(plan, first, now);
  EXPECT_EQ(result.intruders, (Texts{"env HOME changed during the attempt"}));
  EXPECT_TRUE(result.notes.empty());
}

TEST_F(Audit, ForgivesARebootAndTellsOfIt) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  const std::vector<Fingerprint> now = fingerprints(plan);
  std::vector<Fingerprint> first = now;
  for (Fingerprint& fingerprint : first) fingerprint.parts[{PartKind::boot}] = "another";
  const AuditResult result = audit(plan, first, now);
  EXPECT_TRUE(result.passed);
  EXPECT_EQ(result.notes, (Texts{"the machine was started anew during the attempt"}));
}

TEST_F(Audit, NamesTheLibrariesAProgramLoads) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {ASSAY_ACT}));
  EXPECT_TRUE(fingerprints(plan)[0].parts.contains({PartKind::library, "libc.so.6", PartFacet::content}));
}

TEST_F(Audit, NamesTheInterpreterOfAScript) {
  write_program(folder_ / "script", "#!/usr/bin/env sh\n");
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./script"}));
  EXPECT_EQ(fingerprints(plan)[0].parts.at({PartKind::interpreter}), "/usr/bin/sh");
}

TEST(TakeOverBuilds, TellsOfAProgramThatIsNotBuiltTheSameTwice) {
  const Plan plan = plan_of_revisions();
  std::vector<Fingerprint> first = built_arms();
  std::vector<Fingerprint> now = built_arms();
  now[1].parts[{PartKind::executable, "", PartFacet::content}] = "3";
  EXPECT_EQ(take_over_builds(plan, first, now),
            (Texts{"executable content of treatment was built again when the attempt was taken up, and is not the same "
                   "as before"}));
  EXPECT_EQ(first, now);
}

TEST(TakeOverBuilds, ForgivesNoFileThatChangedSinceItsCloneWasBuilt) {
  const Plan plan = plan_of_revisions();
  std::vector<Fingerprint> first = built_arms();
  std::vector<Fingerprint> now = built_arms();
  now[0].parts[{PartKind::changed_file, "conf"}] = "changed during the attempt";
  EXPECT_TRUE(take_over_builds(plan, first, now).empty());
  EXPECT_EQ(audit(plan, first, now).intruders, (Texts{"file conf of control's clone changed during the attempt"}));
}

TEST_F(Audit, NamesAFileOfACloneThatAnotherBuildChangedThoughItNeverChangesAgain) {
  std::vector<Fingerprint> now = built_arms();
  now[0].parts[{PartKind::changed_file, "bench"}] = "was changed by another build";
  const AuditResult result = audit(plan_of_revisions(), now, now);
  EXPECT_FALSE(result.passed);
  EXPECT_EQ(result.intruders, (Texts{"file bench of control's clone was changed by another build"}));
}

TEST(TakeOverBuilds, ForgetsTheContentOfAFileThatTheNewBuildHasNot) {
  const Plan plan = plan_of_revisions();
  std::vector<Fingerprint> first = built_arms();
  std::vector<Fingerprint> now = built_arms();
  first[1].parts[{PartKind::library, "libown.so"}] = "libown.so";
  first[1].parts[{PartKind::library, "libown.so", PartFacet::content}] = "5";
  now[1].parts[{PartKind::library, "libown.so"}] = "not found";
  EXPECT_EQ(take_over_builds(plan, first, now).size(), 1U);
  EXPECT_FALSE(first[1].parts.contains({PartKind::library, "libown.so", PartFacet::content}));
}

TEST(TakeOverBuilds, ForgivesNoInputThatIsNamedLikeAContent) {
  const Plan plan = plan_of_revisions();
  std::vector<Fingerprint> first = built_arms();
  for (Fingerprint& fingerprint : first) {
    fingerprint.parts[{PartKind::input, "page"}] = "digest";
    fingerprint.parts[{PartKind::input, "page content"}] = "digest";
  }
  std::vector<Fingerprint> now = first;
  for (Fingerprint& fingerprint : now) fingerprint.parts[{PartKind::input, "page content"}] = "another digest";
  EXPECT_TRUE(take_over_builds(plan, first, now).empty());
  EXPECT_EQ(audit(plan, first, now).intruders, (Texts{"input page content changed during the attempt"}));
}

TEST(TakeOverBuilds, ForgivesNoEnvironmentVariableThatIsNamedLikeAContent) {
  const Plan plan = plan_of_revisions();
  std::vector<Fingerprint> first = built_arms();
  std::vector<Fingerprint> now = first;
  now[1].parts[{PartKind::environment, "A"}] = "digest";
  now[1].parts[{PartKind::environment, "A content"}] = "digest";
  EXPECT_TRUE(take_over_builds(plan, first, now).empty());
  EXPECT_FALSE(first[1].parts.contains({PartKind::environment, "A content"}));
}

TEST_F(Audit, TakesAnInputThatIsNamedLikeAnotherPartForAnInput) {
  std::vector<Fingerprint> now = built_arms();
  now[1].parts[{PartKind::input, "executable content"}] = "digest";
  now[1].parts[{PartKind::input, "harness run.sh"}] = "digest";
  EXPECT_EQ(audit(plan_of_revisions(), now, now).intruders, (Texts{"treatment also differs in input executable content",
                                                                   "treatment also differs in input harness run.sh"}));
}

TEST(TakeOverBuilds, LeavesWhatNoBuildMade) {
  const Plan plan = plan_of_revisions();
  std::vector<Fingerprint> first = built_arms();
  std::vector<Fingerprint> now = built_arms();
  for (Fingerprint& fingerprint : now) fingerprint.parts[{PartKind::library, "libc.so.6", PartFacet::content}] = "3";
  EXPECT_TRUE(take_over_builds(plan, first, now).empty());
  EXPECT_EQ(audit(plan, first, now).intruders, (Texts{"library libc.so.6 content changed during the attempt"}));
}

TEST_F(Audit, NamesTheArmWhoseProgramIsMissing) {
  const Plan plan = in_folder(small_plan(command_variable({"./one"}, {"./three"})));
  EXPECT_EQ(message_of([&] { (void)fingerprints(plan); }),
            "work, treatment: " + folder_ / "three" + ": No such file or directory");
}

TEST_F(Audit, NamesAProgramThatPathDoesNotHave) {
  const Plan plan = in_folder(small_plan(environment_variable("FAST"), {"no-such-program-anywhere"}));
  EXPECT_EQ(message_of([&] { (void)fingerprints(plan); }),
            "work, control: cannot start \"no-such-program-anywhere\": no such program in PATH (/usr/bin:/bin); what "
            "only a shell knows (an alias, a function) "
            "needs one: give -S sh, or in a file shell = \"...\" instead of command = [...]");
}

TEST_F(Audit, NamesAMissingWorkingDirectory) {
  Plan plan = in_folder(small_plan(environment_variable("FAST"), {"./one"}));
  plan.workloads[0].working_directory = "nowhere";
  EXPECT_EQ(message_of([&] { (void)fingerprints(plan); }),
            "work, control: working directory " + folder_ / "nowhere" + ": no such folder");
}

}  // namespace audit_tests
}  // namespace assay::trial
