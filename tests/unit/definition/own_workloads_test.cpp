#include "experiments/definition/own_workloads.hpp"

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "tests/support/message_of.hpp"

namespace assay::definition {
namespace own_workloads_tests {

/// The plan of a claim about the argument {T} of one workload.
Plan claimed_plan() {
  Plan plan;
  plan.id = "nap";
  plan.hypothesis = "A shorter nap is faster";
  plan.variable = {.kind = VariableKind::argument,
                   .name = "T",
                   .levels = {{"long", ArgumentLevel{"2"}}, {"short", ArgumentLevel{"1"}}}};
  plan.states = {{"busy"}};
  plan.workloads.resize(1);
  plan.workloads[0].name = "nap";
  plan.workloads[0].command = {"sleep", "{T}"};
  plan.workloads[0].states = {"busy"};
  return plan;
}

std::vector<Workload> own(const std::string& text) {
  return parse_own_workloads({"mine.toml", text}, claimed_plan(), "/home/bob");
}

std::string refusal(const std::string& text) {
  return test::message_of([&text] { return own(text); });
}

TEST(OwnWorkloads, AreReadLikeThoseOfAnExperiment) {
  const std::vector<Workload> read = own(R"([[workload]]
name = "mine"
command = ["./work", "{T}"]
timeout = "10 s"
)");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].command, (Argv{"./work", "{T}"}));
  EXPECT_EQ(read[0].timeout, std::chrono::seconds(10));
}

TEST(OwnWorkloads, RunInTheStateOfTheClaimsWorkload) {
  EXPECT_EQ(own("[[workload]]\nname = \"mine\"\ncommand = [\"a\", \"{T}\"]\n")[0].states,
            (std::vector<std::string>{"busy"}));
}

TEST(OwnWorkloads, TakeTheirInputsFromTheFoldersFile) {
  const Workload workload = own(R"([[workload]]
name = "mine"
command = ["a", "{T}"]
input = "large.txt"
inputs = ["large.txt", "/data/*"]
)")[0];
  EXPECT_EQ(workload.standard_input, "/home/bob/large.txt");
  EXPECT_EQ(workload.inputs, (std::vector<std::string>{"/home/bob/large.txt", "/data/*"}));
}

TEST(OwnWorkloads, ReplaceNoneOfTheClaim) {
  EXPECT_EQ(refusal("[[workload]]\nname = \"nap\"\ncommand = [\"a\", \"{T}\"]\n"),
            "mine.toml:2:1: workload[0].name: the claim's plan has a workload \"nap\", which yours does not replace: "
            "give yours another name");
}

TEST(OwnWorkloads, HaveToHoldWhatTheVariableVaries) {
  EXPECT_NE(refusal("[[workload]]\nname = \"mine\"\ncommand = [\"a\"]\n").find("holds no {T}"), std::string::npos);
}

TEST(OwnWorkloads, MayNotChooseTheirState) {
  EXPECT_NE(refusal("[[workload]]\nname = \"mine\"\ncommand = [\"a\", \"{T}\"]\nstates = [\"warm\"]\n")
                .find("leave states out"),
            std::string::npos);
}

TEST(OwnWorkloads, AreAllThatTheFileMayHold) {
  EXPECT_NE(
      refusal("[[workload]]\nname = \"mine\"\ncommand = [\"a\", \"{T}\"]\n[protocol]\nalpha = 0.4\n").find("protocol"),
      std::string::npos);
  EXPECT_NE(refusal("").find("workload"), std::string::npos);
}

}  // namespace own_workloads_tests
}  // namespace assay::definition
