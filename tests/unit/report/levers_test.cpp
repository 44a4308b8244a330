#include "experiments/report/baseline/levers.hpp"

#include <gtest/gtest.h>

namespace assay::report {
namespace levers_tests {

/// One run of 100 s; a phase takes these seconds, and for that long nothing else goes on.
struct Seconds {
  double self = 0;
  double alone = 0;
};

BaselinePhase phase(const char* name, Seconds seconds) {
  BaselinePhase made;
  made.name = name;
  made.mean_self_seconds = seconds.self;
  made.mean_alone_seconds = seconds.alone;
  made.share = seconds.self / 100;
  return made;
}

Levers levers_of(std::vector<BaselinePhase> phases) {
  BaselineCell cell;
  cell.workload = "deploy";
  cell.state = "warm";
  cell.mean_wall_seconds = 100;
  cell.phases = std::move(phases);
  BaselineFigures figures;
  figures.cells = {cell};
  return levers(figures);
}

std::vector<std::string> names_of(const Levers& levers) {
  std::vector<std::string> names;
  for (const std::string& text : levers.texts) names.push_back(text.substr(0, text.find(':')));
  return names;
}

TEST(Levers, AreThePhasesThatTakeMostTimeInTheirOrder) {
  const Levers levers = levers_of(
      {phase("a", {10, 10}), phase("b", {40, 40}), phase("c", {30, 30}), phase("d", {16, 16}), phase("", {4, 4})});
  EXPECT_EQ(names_of(levers), (std::vector<std::string>{"b", "c", "d"}));
  EXPECT_EQ(levers.beside_others, std::nullopt);
}

// Phases of 100 and 80 s at once share the 80 s. Without the shorter one, runs are as long as before.
TEST(Levers, APhaseWhoseRemovalGainsNothingIsNone) {
  const Levers levers = levers_of({phase("long", {60, 20}), phase("short", {40, 0})});
  EXPECT_EQ(names_of(levers), std::vector<std::string>{"long"});
  EXPECT_EQ(levers.beside_others, "Shortening only short gains nothing, since other phases run at the same time");
}

TEST(Levers, OfTwoThatEndTogetherNeitherIsOne) {
  const Levers levers = levers_of({phase("left", {50, 0.001}), phase("right", {50, 0})});
  EXPECT_TRUE(levers.texts.empty());
  EXPECT_EQ(levers.beside_others,
            "Shortening only one of left, right gains nothing, since other phases run at the same time");
}

TEST(Levers, OfBaselinesThatDoNotSayWhenAPhaseRanByItselfAreAllPhases) {
  const Levers levers = levers_of({phase("long", {60, 0}), phase("short", {40, 0})});
  EXPECT_EQ(names_of(levers), (std::vector<std::string>{"long", "short"}));
  EXPECT_EQ(levers.beside_others, std::nullopt);
}

}  // namespace levers_tests
}  // namespace assay::report
