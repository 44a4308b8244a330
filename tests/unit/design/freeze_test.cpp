#include "experiments/design/freeze.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "core/text/secrets.hpp"
#include "experiments/design/frozen_environment.hpp"

namespace assay::design {
namespace freeze_tests {

using Environment = std::map<std::string, std::string>;

/// Stands in for SHA-256, which lives on the host: different for different texts, and shows what was hashed.
std::string fake_hash(std::string_view text) {
  return "hash of " + std::string(text);
}

const ValueHashes kHashes{.sha256 = fake_hash, .hmac = fake_hash};

definition::Definition definition_with(EnvironmentPolicy policy, std::vector<std::string> pass = {}) {
  definition::Definition definition;
  definition.id = "deploy";
  definition.variable = {VariableKind::env,
                         "READY_MODE",
                         {{"control", EnvironmentLevel{"sleep"}}, {"treatment", EnvironmentLevel{"poll"}}}};
  definition.states = {{"warm", 1}};
  definition.workloads.resize(1);
  definition.workloads[0].environment = policy;
  definition.workloads[0].pass = std::move(pass);
  return definition;
}

FreezeContext in_environment(Environment environment) {
  FreezeContext context;
  context.environment = std::move(environment);
  context.hmac = fake_hash;
  context.fresh_seed = Seed(42);
  return context;
}

Plan frozen_from(Environment environment) {
  return freeze(definition_with(EnvironmentPolicy::inherit), in_environment(std::move(environment)));
}

std::string message_of(const Plan& plan, const Environment& environment) {
  try {
    (void)with_values(plan, {.journalled = {}, .caller = environment}, kHashes);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Freeze, KeepsTheCallersEnvironment) {
  EXPECT_EQ(frozen_from({{"PATH", "/bin"}, {"LANG", "C"}}).environment, (Environment{{"PATH", "/bin"}, {"LANG", "C"}}));
}

TEST(Freeze, DropsWhatBelongsToTheCallersShellAndLogin) {
  EXPECT_EQ(frozen_from({{"ASSAY_LOCK_DIR", "x"},
                         {"_", "x"},
                         {"OLDPWD", "x"},
                         {"SHLVL", "x"},
                         {"COLUMNS", "x"},
                         {"LINES", "x"},
                         {"SSH_TTY", "x"},
                         {"TMPDIR", "x"},
                         {"PWD", "/"}})
                .environment,
            (Environment{{"PWD", "/"}}));
}

TEST(Freeze, LeavesOutWhatTheVariableSets) {
  EXPECT_TRUE(frozen_from({{"READY_MODE", "caller's"}}).environment.empty());
}

TEST(Freeze, CutsACleanEnvironmentDownToWhatIsPassed) {
  const definition::Definition definition = definition_with(EnvironmentPolicy::clean, {"CC"});
  const Plan plan =
      freeze(definition, in_environment({{"PATH", "/bin"}, {"HOME", "/root"}, {"CC", "gcc"}, {"EDITOR", "vi"}}));
  EXPECT_EQ(plan.environment, (Environment{{"PATH", "/bin"}, {"HOME", "/root"}, {"CC", "gcc"}}));
}

TEST(Freeze, GivesEachWorkloadItsOwnShareOfTheEnvironment) {
  definition::Definition definition = definition_with(EnvironmentPolicy::clean);
  definition.workloads.push_back(definition.workloads[0]);
  definition.workloads[1].environment = EnvironmentPolicy::inherit;
  definition.workloads[1].set = {{"EDITOR", "ed"}};
  const Plan plan = freeze(definition, in_environment({{"PATH", "/bin"}, {"EDITOR", "vi"}}));
  EXPECT_EQ(environment_of(plan, plan.workloads[0]), (Environment{{"PATH", "/bin"}}));
  EXPECT_EQ(environment_of(plan, plan.workloads[1]), (Environment{{"PATH", "/bin"}, {"EDITOR", "ed"}}));
}

TEST(Freeze, DrawsASeedOnlyWhereTheDefinitionHasNone) {
  definition::Definition definition = definition_with(EnvironmentPolicy::inherit);
  EXPECT_EQ(freeze(definition, in_environment({})).seed, Seed(42));
  definition.seed = Seed(7);
  EXPECT_EQ(freeze(definition, in_environment({})).seed, Seed(7));
}

TEST(Freeze, RefusesAnAttemptBeyondTheProtocols) {
  FreezeContext context = in_environment({});
  context.attempt = 4;
  try {
    (void)freeze(definition_with(EnvironmentPolicy::inherit), context);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::refused);
  }
}

TEST(Freeze, RefusesNoAttemptOfAnExploratoryPlan) {
  FreezeContext context = in_environment({});
  context.attempt = 4;
  context.exploratory = true;
  EXPECT_EQ(freeze(definition_with(EnvironmentPolicy::inherit), context).attempt, 4);
}

TEST(Secrets, AreKnownByTheirNames) {
  for (const char* name : {"GITHUB_TOKEN", "aws_secret_access_key", "PGPASSWORD", "MY_CREDENTIALS", "GPG_PASSPHRASE"}) {
    EXPECT_TRUE(must_stay_unwritten(name, "x")) << name;
  }
  for (const char* name : {"PATH", "HOME", "LANG", "CFLAGS"}) EXPECT_FALSE(must_stay_unwritten(name, "x")) << name;
}

TEST(Secrets, AreKnownByAPasswordInAnAddress) {
  EXPECT_TRUE(must_stay_unwritten("DATABASE_URL", "postgres://ada:hunter2@db.example/main"));
  EXPECT_TRUE(looks_secret("DATABASE_URL", "postgres://ada:hunter2@db.example/main"));
  EXPECT_TRUE(looks_secret("SENTRY_DSN", "https://key@sentry.example/1"));
  EXPECT_TRUE(looks_secret("FEED", "https://key@feeds.example/1"));
  EXPECT_FALSE(looks_secret("HTTP_PROXY", "http://proxy.example:3128/a@b:c"));
  EXPECT_FALSE(looks_secret("GIT_REMOTE", "ssh://git@example.org/repository"));
}

TEST(Secrets, IncludeWhatHasNoJsonForm) {
  EXPECT_TRUE(must_stay_unwritten("LEGACY", "caf\xe9"));
}

TEST(Secrets, AreHashedWithTheirName) {
  EXPECT_EQ(frozen_from({{"A_KEY", "x"}}).environment_hmac, (Environment{{"A_KEY", "hash of A_KEY=x"}}));
}

TEST(Secrets, AreTakenFromTheCallerAgainWhenAPlanIsTakenUp) {
  Plan plan = frozen_from({{"A_KEY", "x"}, {"HOME", "/root"}});
  const Plan whole = plan;
  plan.environment.erase("A_KEY");
  EXPECT_EQ(with_values(plan, {.journalled = {}, .caller = {{"A_KEY", "x"}}}, kHashes), whole);
}

TEST(Secrets, OfAPlanOf010AreStillTakenFromTheCaller) {
  Plan plan = frozen_from({{"HOME", "/root"}});
  plan.secrets = {{"A_KEY", "hash of A_KEY=x"}};
  EXPECT_EQ(with_values(plan, {.journalled = {}, .caller = {{"A_KEY", "x"}}}, kHashes).environment,
            (Environment{{"A_KEY", "x"}, {"HOME", "/root"}}));
}

TEST(HiddenValues, AreAllThatAreNotKnownToBeHarmless) {
  EXPECT_TRUE(must_stay_unwritten("BUILD_FLAVOUR", "x"));
  for (const char* name : {"PATH", "HOME", "LANG", "LC_ALL", "TZ", "CFLAGS", "OMP_NUM_THREADS"}) {
    EXPECT_FALSE(must_stay_unwritten(name, "x")) << name;
  }
}

TEST(HiddenValues, AreKeptInTheLabUnlessTheyLookSecret) {
  const Plan plan = frozen_from({{"PATH", "/bin"}, {"BUILD_FLAVOUR", "x"}, {"A_KEY", "y"}, {"URL", "http://u:p@h"}});
  EXPECT_EQ(values_to_keep(plan), (Environment{{"BUILD_FLAVOUR", "x"}}));
}

TEST(HiddenValues, AreThoseOfTheFreezeWhateverTheCallerHasNow) {
  Plan plan = frozen_from({{"BUILD_FLAVOUR", "x"}});
  const Plan whole = plan;
  plan.environment.clear();
  EXPECT_EQ(
      with_values(plan, {.journalled = {{"BUILD_FLAVOUR", "x"}}, .caller = {{"BUILD_FLAVOUR", "other"}}}, kHashes),
      whole);
}

TEST(HiddenValues, AreAlsoThoseOfSetThatLookSecret) {
  definition::Definition definition = definition_with(EnvironmentPolicy::inherit);
  definition.workloads[0].set = {{"DB_PASSWORD", "x"}, {"MODE", "fast"}};
  const Plan plan = freeze(definition, in_environment({}));
  EXPECT_EQ(plan.workloads[0].set, definition.workloads[0].set);
  EXPECT_EQ(plan.workloads[0].set_hmac, (Environment{{"DB_PASSWORD", "hash of DB_PASSWORD=x"}}));
}

TEST(HiddenValues, AreAlsoLevelsThatLookSecret) {
  definition::Definition definition = definition_with(EnvironmentPolicy::inherit);
  definition.variable.name = "API_TOKEN";
  const Plan plan = freeze(definition, in_environment({}));
  const auto& level = std::get<EnvironmentLevel>(plan.variable.levels[0].value);
  EXPECT_EQ(level.value, "sleep");
  EXPECT_EQ(level.hmac, "hash of API_TOKEN=sleep");
  EXPECT_EQ(describe(plan.variable).find("sleep"), std::string::npos);
}

TEST(Secrets, ThatChangedSinceAreRefusedWithoutShowingThem) {
  const std::string message = message_of(frozen_from({{"A_KEY", "x"}}), {{"A_KEY", "hunter2"}});
  EXPECT_NE(message.find("A_KEY has another value"), std::string::npos) << message;
  EXPECT_EQ(message.find("hunter2"), std::string::npos);
}

TEST(Secrets, ThatAreGoneAreRefused) {
  const std::string message = message_of(frozen_from({{"A_KEY", "x"}}), {});
  EXPECT_NE(message.find("A_KEY was set when the plan was frozen and is not now"), std::string::npos) << message;
}

}  // namespace freeze_tests
}  // namespace assay::design
