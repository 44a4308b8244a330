#include "experiments/attempt/environment.hpp"

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "experiments/attempt/runner.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::attempt {
namespace environment_tests {

using Texts = std::vector<std::string>;

const MachineTraits kRunner = {.hostname = "runner-17",
                               .cpu_model = "AMD EPYC 7763",
                               .image = "ubuntu24",
                               .variables = {{"CI", "true"}, {"TOKEN", "secret"}}};

TEST(EnvironmentRule, MatchesByPatternsOfEverythingThatItNames) {
  EXPECT_EQ(differences({.name = "ci"}, kRunner), Texts{});
  EXPECT_EQ(differences({.name = "ci",
                         .hostname = "runner-*",
                         .cpu_model = "AMD EPYC*",
                         .image = "ubuntu??",
                         .variables = {{"CI", "true"}}},
                        kRunner),
            Texts{});
}

TEST(EnvironmentRule, SaysWhatDiffers) {
  EXPECT_EQ(differences({.name = "ci", .hostname = "perf-*", .image = "debian-12"}, kRunner),
            (Texts{R"(its hostname is "runner-17", and the rule expects "perf-*")",
                   R"(its image is "ubuntu24", and the rule expects "debian-12")"}));
}

TEST(EnvironmentRule, DoesNotShowTheValueOfAVariable) {
  EXPECT_EQ(
      differences({.name = "ci", .variables = {{"TOKEN", "other"}, {"X", "*"}}}, kRunner),
      (Texts{R"(TOKEN has another value, and the rule expects "other")", R"(X is not set, and the rule expects "*")"}));
}

TEST(EnvironmentAgain, IsThatOfTheFirstUnlessRulesOrTheCallerTellItApart) {
  const test::ScratchFolder folder;
  const record::Lab lab = record::Lab::create(folder.path());
  EXPECT_EQ(environment_again(lab, {}, "perf"), "perf");
  RunOptions named;
  named.environment_name = "other";
  EXPECT_EQ(environment_again(lab, named, "perf"), "other");
  host::write_file_atomically(lab.root() + "/.assay/environments.toml",
                              "[[environment]]\nname = \"ci\"\nhostname = \"*\"\n");
  EXPECT_EQ(environment_again(lab, {}, "perf"), "ci");
}

Machine machine(const std::string& hostname, const std::string& cpu_model, const std::string& image) {
  Machine machine;
  machine.hostname = hostname;
  machine.cpu_model = cpu_model;
  machine.image = image;
  return machine;
}

TEST(Runner, OfTheSameKindMayGoOn) {
  EXPECT_EQ(differences_of_kind(machine("a", "X", "i"), machine("b", "X", "i")), Texts{});
  EXPECT_EQ(note_on_other_machine(machine("a", "X", "i"), machine("b", "X", "i")),
            "it was begun on a and went on on b, which has the same processor and image; both trials of a block ran on "
            "one machine");
  EXPECT_EQ(note_on_other_machine(machine("a", "X", "i"), machine("a", "X", "i")), std::nullopt);
}

TEST(Runner, OfTheSameNameAfterABootIsNoted) {
  Machine then = machine("a", "X", "i");
  Machine now = then;
  then.boot_id = "1";
  now.boot_id = "2";
  ASSERT_TRUE(note_on_other_machine(then, now));
  EXPECT_NE(note_on_other_machine(then, now)->find("after a boot, or on another machine of that name"),
            std::string::npos);
}

TEST(Runner, OfAnotherKindMayNot) {
  EXPECT_EQ(differences_of_kind(machine("a", "X", "i"), machine("b", "Y", "j")),
            (Texts{R"(processor: "X" then, "Y" now)", R"(image: "i" then, "j" now)"}));
}

TEST(Runner, OfAnAttemptThatDoesNotSayIsNotRefused) {
  EXPECT_EQ(differences_of_kind(machine("a", "", ""), machine("b", "Y", "j")), Texts{});
}

}  // namespace environment_tests
}  // namespace assay::attempt
