#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/host/files/digest.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "tests/support/message_of.hpp"

namespace assay::cli {
namespace command_plan_tests {

using nlohmann::json;

const std::string kStarter = ASSAY_SOURCE_FOLDER "/examples/starter/experiment.toml";

std::string output_of(const Arguments& arguments) {
  testing::internal::CaptureStdout();
  const ExitCode code = command_plan(arguments);
  EXPECT_EQ(code, ExitCode::ok);
  return testing::internal::GetCapturedStdout();
}

TEST(PlanCommand, HashesThePlanThatItShows) {
  const json object = json::parse(output_of({kStarter, "--seed", "1", "--json"}));
  EXPECT_EQ(object["plan_sha256"], host::sha256(formats::canonical_json(object["plan"])));
  EXPECT_EQ(object["seed"], "0x0000000000000001");
}

TEST(PlanCommand, GivesTheLaterAttemptsTheirSmallShareOfAlpha) {
  const json object = json::parse(output_of({kStarter, "--seed", "1", "--attempt", "2", "--json"}));
  EXPECT_DOUBLE_EQ(object["alpha"], 0.005);
}

TEST(PlanCommand, RefusesAnAttemptThatTheProtocolDoesNotHave) {
  EXPECT_NE(test::message_of([] {
              (void)command_plan({kStarter, "--attempt", "9"});
            }).find("attempts are spent"),
            std::string::npos);
}

TEST(PlanCommand, ForecastsFromAGuessOfTheNoise) {
  const std::string text = output_of({kStarter, "--seed", "1", "--noise", "4%"});
  EXPECT_NE(text.find("with a noise of 4 % a trial"), std::string::npos) << text;
  EXPECT_EQ(output_of({kStarter, "--seed", "1"}).find("noise"), std::string::npos);
}

TEST(PlanCommand, ShowsArmsLooksAndCost) {
  const std::string text = output_of({kStarter, "--seed", "1", "--max-blocks", "30"});
  EXPECT_NE(text.find("at 6 8 9 12 15 18 23 30 blocks"), std::string::npos) << text;
  EXPECT_NE(text.find("at most 60 trials"), std::string::npos) << text;
  EXPECT_NE(text.find("sleep 0.05 -> sleep 0.04"), std::string::npos) << text;
}

}  // namespace command_plan_tests
}  // namespace assay::cli
