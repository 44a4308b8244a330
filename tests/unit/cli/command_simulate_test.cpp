#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/seed.hpp"
#include "experiments/cli/command.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::cli {
namespace command_simulate_tests {

using nlohmann::json;

class SimulateCommand : public testing::Test {
 protected:
  std::string file(const std::string& text) {
    const std::string path = folder_ / "trace.csv";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  /// 400 rows with 1 % noise, on two machines of which one is twice as slow.
  std::string trace() {
    Generator generator = Seed(7).stream(Stream::simulation);
    std::string text = "index,wall_ns,vm_id\n";
    for (int row = 0; row < 400; ++row) {
      text += fmt::format("{},{},{}\n", row, (1 + row % 2) * (1 + 0.01 * generator.normal()), row % 2);
    }
    return file(text);
  }

  json simulate(Arguments arguments) {
    arguments.insert(arguments.end(), {"--json", "--trials", "50", "--max-blocks", "30"});
    testing::internal::CaptureStdout();
    EXPECT_EQ(command_simulate(arguments), ExitCode::ok);
    return json::parse(testing::internal::GetCapturedStdout());
  }

  std::string mistake(const Arguments& arguments) {
    return test::message_of([&] { (void)command_simulate(arguments); });
  }

 private:
  test::ScratchFolder folder_;
};

TEST_F(SimulateCommand, FindsALargeShiftOnARecordedTrace) {
  const json result = simulate({"--noise", trace(), "--column", "wall_ns", "--group", "vm_id", "--shift", "-10%"});
  EXPECT_EQ(result["shares"]["improved"], 1.0);
  EXPECT_LE(result["blocks"]["mean"], 10);
  EXPECT_EQ(result["wrong_direction"], 0.0);
  EXPECT_EQ(result["false_equivalent"], 0.0);
}

TEST_F(SimulateCommand, TellsMachinesApartByTheGroup) {
  // Without the group neighbouring rows differ by a factor of 2, and nothing is found.
  const json mixed = simulate({"--noise", trace(), "--column", "wall_ns", "--shift", "-10%"});
  EXPECT_LT(mixed["shares"]["improved"], 0.5);
}

TEST_F(SimulateCommand, PlaysOnBuiltInNoise) {
  const json result = simulate({"--noise", "lognorm", "--shift", "10%", "--direction", "higher"});
  EXPECT_EQ(result["shares"]["improved"], 1.0);
  EXPECT_EQ(result["trials"], 50);
}

TEST_F(SimulateCommand, GivesSharesThatSumToOne) {
  const json result = simulate({"--noise", "spikes", "--shift", "3%"});
  double sum = 0;
  for (const json& share : result["shares"]) sum += share.get<double>();
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST_F(SimulateCommand, DependsOnTheSeedAndNotOnTheThreads) {
  const json one = simulate({"--noise", "bursts", "--threads", "1"});
  EXPECT_EQ(simulate({"--noise", "bursts", "--threads", "3"}), one);
  EXPECT_NE(simulate({"--noise", "bursts", "--seed", "1"}), one);
}

TEST_F(SimulateCommand, PlaysTheModesOfTheProtocol) {
  const json anytime = simulate({"--noise", "lognorm", "--shift", "-20%", "--anytime", "--strict"});
  EXPECT_EQ(anytime["anytime"], true);
  EXPECT_EQ(anytime["alpha"], 0.01);
  EXPECT_EQ(anytime["shares"]["improved"], 1.0);
  const Arguments shifted = {"--noise", "lognorm", "--shift", "-20%", "--anytime", "--unmasked"};
  EXPECT_EQ(simulate(shifted)["claims"]["better"], 1.0);
  EXPECT_EQ(mistake({"--noise", "lognorm", "--anytime"}),
            "--anytime has no cap, and noise is drawn up to one: give --max-blocks");
}

TEST_F(SimulateCommand, CountsUnmaskedClaimsOnlyWhereAsked) {
  EXPECT_FALSE(simulate({"--noise", "lognorm"}).contains("claims"));
  const json claims = simulate({"--noise", "lognorm", "--shift", "-10%", "--unmasked"})["claims"];
  EXPECT_EQ(claims["better"], 1.0);
  EXPECT_EQ(claims["worse"], 0.0);
  EXPECT_LE(claims["blocks_to_better"], 12);
}

TEST_F(SimulateCommand, SaysWhenATraceIsShorterThanAnAttempt) {
  EXPECT_EQ(simulate({"--noise", file("v\n1\n1.1\n1.2\n")})["notes"].size(), 1U);
  EXPECT_EQ(simulate({"--noise", "lognorm"})["notes"].size(), 0U);
}

TEST_F(SimulateCommand, RefusesANoiseThatIsNeitherFileNorBuiltIn) {
  EXPECT_EQ(mistake({"--noise", "lognrm"})
                .rfind("--noise: \"lognrm\" is neither a file nor a built-in noise; did you mean "
                       "\"lognorm\"?",
                       0),
            0U);
}

TEST_F(SimulateCommand, AsksForAColumnWhereThereAreSeveral) {
  const std::string path = file("a,b\n1,2\n");
  EXPECT_EQ(mistake({"--noise", path}), path + ":1: the columns are a, b; choose one with --column");
}

TEST_F(SimulateCommand, RefusesColumnsOfABuiltInNoiseAndShiftsThatLeaveNothing) {
  EXPECT_NE(mistake({"--noise", "lognorm", "--column", "v"}).find("leave --column and --group out"), std::string::npos);
  EXPECT_EQ(mistake({"--noise", "lognorm", "--shift", "-100%"}),
            "--shift: -100% leaves nothing of control: expected more than -100%");
}

}  // namespace command_simulate_tests
}  // namespace assay::cli
