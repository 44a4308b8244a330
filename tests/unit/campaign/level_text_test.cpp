#include "experiments/campaign/level_text.hpp"

#include <gtest/gtest.h>

namespace assay::campaign {
namespace level_text_tests {

Plan plan_of(LevelValue treatment, const std::string& name, const Argv& command = {"./deploy"}) {
  Plan plan;
  plan.variable.name = name;
  plan.variable.levels = {{"control", treatment}, {"treatment", treatment}};
  plan.workloads.resize(1);
  plan.workloads[0].command = command;
  return plan;
}

bool says(std::string_view text, const Plan& plan) {
  return says_level(text, plan, 1);
}

TEST(LevelText, AVariableIsSaidByItsNameAndValueOnOneLine) {
  const Plan plan = plan_of(EnvironmentLevel{"poll"}, "READY_MODE");
  EXPECT_TRUE(says("set -e\nexport READY_MODE=${READY_MODE:-poll}\n", plan));
  EXPECT_TRUE(says("  READY_MODE: 'poll'", plan));
  EXPECT_FALSE(says("READY_MODE=sleep\npoll\n", plan));
  EXPECT_FALSE(says("OLD_READY_MODE=poll", plan));
  EXPECT_FALSE(says("READY_MODE=polling", plan));
}

TEST(LevelText, ACommentSaysNothing) {
  const Plan plan = plan_of(EnvironmentLevel{"poll"}, "READY_MODE");
  EXPECT_FALSE(says("# READY_MODE=poll\n; READY_MODE=poll\n // READY_MODE=poll\n", plan));
}

TEST(LevelText, ACommentAtTheEndOfALineSaysNothing) {
  const Plan plan = plan_of(EnvironmentLevel{"poll"}, "READY_MODE");
  EXPECT_FALSE(says("READY_MODE=sleep  # not poll yet\n", plan));
  EXPECT_TRUE(says("READY_MODE=poll  # not sleep\n", plan));
  const Plan quoted = plan_of(EnvironmentLevel{"a #b"}, "TITLE");
  EXPECT_TRUE(says("TITLE='a #b'\n", quoted));
}

TEST(LevelText, AnUnsetVariableIsNamedNowhere) {
  const Plan plan = plan_of(EnvironmentLevel{std::nullopt}, "CACHE");
  EXPECT_TRUE(says("export OTHER=1\n", plan));
  EXPECT_FALSE(says("export CACHE=1\n", plan));
}

TEST(LevelText, ANumberIsNotPartOfAnother) {
  const Plan plan = plan_of(EnvironmentLevel{"4"}, "JOBS");
  EXPECT_TRUE(says("JOBS=4", plan));
  for (const char* other : {"JOBS=14", "JOBS=4.5", "JOBS=-4", "JOBS=1.4", "JOBS=40"}) {
    EXPECT_FALSE(says(other, plan)) << other;
  }
}

// The "-" of ${JOBS:-4} is no minus.
TEST(LevelText, ANumberMayBeWhatAShellTakesByDefault) {
  const Plan plan = plan_of(EnvironmentLevel{"4"}, "JOBS");
  for (const char* text : {"JOBS=${JOBS:-4}", "JOBS=${JOBS-4}", "make -j \"${JOBS:-4}\"", ": ${JOBS:=4}"}) {
    EXPECT_TRUE(says(text, plan)) << text;
    EXPECT_TRUE(may_say_level(text, plan, 1)) << text;
  }
  for (const char* text : {"JOBS=${JOBS:--4}", "JOBS=${JOBS:-14}", "JOBS=${JOBS:-4.5}", "JOBS=${OTHER:-}4"}) {
    EXPECT_FALSE(says(text, plan)) << text;
  }
  EXPECT_FALSE(says("JOBS=${JOBS:-4}", plan_of(EnvironmentLevel{"-4"}, "JOBS")));
}

TEST(LevelText, AVariableHasToBeGivenItsValue) {
  const Plan plan = plan_of(EnvironmentLevel{"fast"}, "MODE");
  for (const char* text :
       {"MODE=fast", "export MODE=\"fast\"", "MODE = fast", "MODE := fast", "MODE: fast", "  \"MODE\": \"fast\",",
        "{\"name\": \"MODE\", \"value\": \"fast\"}", "setenv(\"MODE\", \"fast\", 1);", "ENV MODE fast", "MODE fast",
        "os.environ[\"MODE\"] = \"fast\"", "docker run -e MODE=fast app", "MODE=fast ./deploy", "Environment=MODE=fast",
        "MODE=fast; export MODE", "MODE=\"${1:-fast}\"", "'MODE' => 'fast',"}) {
    EXPECT_TRUE(says(text, plan)) << text;
  }
  for (const char* text :
       {"[ \"$MODE\" = fast ] && nap=0.01", "[ \"${MODE}\" = fast ] && nap=0.01", "test $MODE = fast",
        "MODE=slow # fast", "if os.environ[\"MODE\"] == \"fast\":", "[[ $MODE =~ fast ]]", "MODE != fast",
        "MODE=slow fast", "MODE=faster", "MODE=fast-ish", "echo MODE fast", "case $MODE in fast) ;;"}) {
    EXPECT_FALSE(says(text, plan)) << text;
  }
}

TEST(LevelText, AnEmptyValueIsGivenByNothingOrByQuotes) {
  const Plan plan = plan_of(EnvironmentLevel{""}, "MODE");
  for (const char* text : {"MODE=", "MODE=\"\"", "export MODE=''", "MODE=; run"}) EXPECT_TRUE(says(text, plan)) << text;
  for (const char* text : {"MODE=fast", "[ \"$MODE\" = \"\" ]"}) EXPECT_FALSE(says(text, plan)) << text;
}

TEST(LevelText, WhatOnlyComparesAVariableMaySayItsLevel) {
  const Plan plan = plan_of(EnvironmentLevel{"fast"}, "MODE");
  EXPECT_TRUE(may_say_level("[ \"$MODE\" = fast ] && nap=0.01", plan, 1));
  EXPECT_FALSE(may_say_level("MODE=slow", plan, 1));
}

TEST(LevelText, AnArgumentIsSaidWithTheOptionBeforeIt) {
  const Plan apart = plan_of(ArgumentLevel{"4"}, "jobs", {"make", "-j", "{jobs}"});
  EXPECT_TRUE(says("make -j 4 all\n", apart));
  EXPECT_FALSE(says("make -j 2 all # 4\nsleep 4\n", apart));
  const Plan joined = plan_of(ArgumentLevel{"4"}, "jobs", {"make", "--jobs={jobs}"});
  EXPECT_TRUE(says("make --jobs=4\n", joined));
  EXPECT_FALSE(says("make --jobs=2\n", joined));
}

TEST(LevelText, ACommandIsSaidByAllOfItsWordsInOrder) {
  const Plan plan = plan_of(CommandLevel{{"zstd", "-3", "out"}}, "");
  EXPECT_TRUE(says("exec zstd -3 \"out\"\n", plan));
  EXPECT_FALSE(says("zstd out -3\n", plan));
}

TEST(LevelText, AnArgumentIsSaidByTheCommandOfItsWorkload) {
  const Plan first = plan_of(ArgumentLevel{"2"}, "n", {"./w.sh", "{n}"});
  for (const char* text : {"exec ./w.sh 2", "run: /opt/bin/w.sh '2'", "CMD [\"./w.sh\", \"2\"]", "./a; ./w.sh 2 > log",
                           "./w.sh ${N:-2}", "\"./w.sh\",\n\"2\"\n", "- ./w.sh\n- \"2\"\n", "./w.sh \\\n  2\n",
                           "subprocess.run([\"./w.sh\", \"2\"])", "ExecStart=/usr/bin/w.sh 2"}) {
    EXPECT_TRUE(says(text, first)) << text;
  }
  for (const char* text : {"./w.sh 1; ./other 2", "./w.sh 1 && ./other 2", "./w.sh 1 2", "./w.sh --fast 2", "./other 2",
                           "./w.sh 20", "print 2 pages", "./w.sh 1 # was ./w.sh 2", "./w.sh 1 // ./w.sh 2",
                           "<!-- ./w.sh 2 -->", "./w.sh 1\n2 pages\n", "/* ./w.sh 2\n */", "-- ./w.sh 2"}) {
    EXPECT_FALSE(says(text, first)) << text;
  }
}

TEST(LevelText, AnOptionIsFollowedByItsOwnValue) {
  const Plan plan = plan_of(ArgumentLevel{"2"}, "n", {"./w.sh", "--workers", "{n}", "in.txt"});
  for (const char* text : {"./w.sh --workers 2 in.txt", "./w.sh -v --workers=2 in.txt --log x"}) {
    EXPECT_TRUE(says(text, plan)) << text;
  }
  for (const char* text : {"./w.sh --workers 1 --pages 2 in.txt", "./w.sh --pages 2 --workers 1 in.txt",
                           "run --pages 2 --workers 1", "./w.sh --workers 2 other.txt", "./w.sh --workers 20 in.txt",
                           "./w.sh --workers 2 --workers 1 in.txt", "./w.sh in.txt; ./other --workers 2"}) {
    EXPECT_FALSE(says(text, plan)) << text;
  }
  const Plan joined = plan_of(ArgumentLevel{"4"}, "jobs", {"make", "--jobs={jobs}"});
  EXPECT_FALSE(says("make --jobs=4 --jobs=2\n", joined));
  EXPECT_TRUE(may_say_level("./other --jobs=4\n", joined, 1));
}

TEST(LevelText, AnArgumentInTheTextOfAShellIsSaidByItsSimpleCommand) {
  const Plan plan = plan_of(ArgumentLevel{"2"}, "n", {"/bin/sh", "-c", "cd data && ./w.sh {n} | tee log"});
  EXPECT_TRUE(says("nice ./w.sh 2 | cat\n", plan));
  EXPECT_FALSE(says("cd data\n./other 2\n", plan));
}

TEST(LevelText, AWorkloadThatStillHasAnotherValueKeepsTheLevelFromBeingSaid) {
  Plan plan = plan_of(ArgumentLevel{"2"}, "n", {"./w.sh", "a", "{n}"});
  plan.variable.levels[0].value = ArgumentLevel{"1"};
  plan.workloads.push_back(plan.workloads[0]);
  plan.workloads[1].command = {"./w.sh", "b", "{n}"};
  EXPECT_TRUE(says("./w.sh a 2\n./w.sh b 2\n", plan));
  EXPECT_TRUE(says("./w.sh a 2\n", plan));
  EXPECT_FALSE(says("./w.sh a 2\n./w.sh b 1\n", plan));
  EXPECT_FALSE(says_level("./w.sh a 2\n./w.sh b 1\n", plan, kControl));
}

TEST(LevelText, ACommandIsNotSaidByALongerOne) {
  Plan plan = plan_of(CommandLevel{{"./w.sh"}}, "");
  plan.variable.levels[0].value = CommandLevel{{"./w.sh", "--slow"}};
  EXPECT_TRUE(says("exec ./w.sh > log\n", plan));
  EXPECT_FALSE(says("exec ./w.sh --slow\n", plan));
  EXPECT_TRUE(says_level("exec ./w.sh --slow\n", plan, kControl));
  const Plan zstd = plan_of(CommandLevel{{"zstd", "-3", "out"}}, "");
  EXPECT_FALSE(says("zstd -1 in; rm -3 out\n", zstd));
}

TEST(LevelText, ACommentOfSeveralLinesSaysNothing) {
  const Plan plan = plan_of(EnvironmentLevel{"fast"}, "MODE");
  for (const char* text :
       {"<!--\nMODE=fast\n-->\n", "/* MODE=fast\n */", "-- MODE = fast", "REM MODE=fast", "int a;  // MODE=fast"}) {
    EXPECT_FALSE(says(text, plan)) << text;
  }
  for (const char* text : {"<!-- x -->\nMODE=fast\n", "cp a/*.c b\nMODE=fast\ncp c/* d */\n", "MODE=fast <!--"}) {
    EXPECT_TRUE(says(text, plan)) << text;
  }
}

TEST(LevelText, SettingsHaveToBeSaidAll) {
  const Plan plan = plan_of(SettingsLevel{{{"A", "1"}, {"B", std::nullopt}}}, "");
  EXPECT_TRUE(says("A=1\n", plan));
  EXPECT_FALSE(says("A=1\nB=2\n", plan));
}

TEST(LevelText, SomeLevelsAreInNoFile) {
  EXPECT_FALSE(is_written_in_a_file(StateLevel{"cold"}));
  EXPECT_FALSE(is_written_in_a_file(EnvironmentLevel{std::nullopt, "1f2e"}));
  EXPECT_TRUE(is_written_in_a_file(EnvironmentLevel{"poll"}));
}

}  // namespace level_text_tests
}  // namespace assay::campaign
