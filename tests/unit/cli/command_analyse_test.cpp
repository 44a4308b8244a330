#include <cmath>
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/seed.hpp"
#include "experiments/cli/command.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::cli {
namespace command_analyse_tests {

using nlohmann::json;

class AnalyseCommand : public testing::Test {
 protected:
  /// So many rows of about 1, the treatment's `ratio` times that, with 1 % noise.
  std::string rows(int count, double ratio, double noise = 0.01) {
    Generator generator = Seed(7).stream(Stream::simulation);
    std::string text = "control,treatment\n";
    for (int row = 0; row < count; ++row) {
      const double control = std::exp(noise * generator.normal());
      text += fmt::format("{},{}\n", control, ratio * std::exp(noise * generator.normal()));
    }
    return file(text);
  }

  std::string file(const std::string& text) {
    const std::string path = folder_ / "pairs.csv";
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  json analyse(Arguments arguments) {
    arguments.push_back("--json");
    testing::internal::CaptureStdout();
    code = command_analyse(arguments);
    return json::parse(testing::internal::GetCapturedStdout());
  }

  ExitCode code = ExitCode::ok;

 private:
  test::ScratchFolder folder_;
};

TEST_F(AnalyseCommand, StopsAtTheLookThatDecides) {
  const json result = analyse({rows(60, 0.8), "--max-blocks", "60"});
  EXPECT_EQ(code, ExitCode::ok);
  EXPECT_EQ(result["verdict"], "improved");
  EXPECT_EQ(result["stop"], "boundary");
  EXPECT_LE(result["blocks"], 9);
  EXPECT_EQ(result["command"], "analyse");
}

TEST_F(AnalyseCommand, WithFixedLooksAtAllRows) {
  const json result = analyse({rows(60, 0.8), "--fixed"});
  EXPECT_EQ(result["blocks"], 60);
  EXPECT_EQ(result["verdict"], "improved");
}

TEST_F(AnalyseCommand, TakesALastLookWhereTheRowsEnd) {
  // Seven rows, all better: 2^-7 = 0.008 is below 0.025, all of a side's alpha, and beyond the looks at 6 and 8.
  const json result = analyse({rows(7, 0.5)});
  EXPECT_EQ(result["verdict"], "improved");
  EXPECT_EQ(result["blocks"], 7);
  EXPECT_EQ(result["stop"], "cap");
}

TEST_F(AnalyseCommand, TurnsRoundWhereHigherIsBetter) {
  EXPECT_EQ(analyse({rows(60, 0.8), "--direction", "higher"})["verdict"], "regressed");
  EXPECT_EQ(code, ExitCode::worse);
}

TEST_F(AnalyseCommand, GoesByTheMarginGiven) {
  const json wide = analyse({rows(60, 0.97), "--margin", "10%"});
  EXPECT_EQ(wide["verdict"], "equivalent");
  const json narrow = analyse({rows(60, 0.97), "--margin", "1%"});
  EXPECT_EQ(narrow["verdict"], "improved");
  EXPECT_EQ(narrow["workloads"][0]["metrics"][0]["margin_percent"], 1.0);
}

TEST_F(AnalyseCommand, GoesByAlphaAndKappa) {
  const json strict = analyse({rows(60, 0.5), "--alpha", "0.001"});
  EXPECT_GT(strict["blocks"], 9);
  EXPECT_DOUBLE_EQ(strict["workloads"][0]["metrics"][0]["effect"]["confidence"], 0.999);
  const json cautious = analyse({rows(60, 0.94, 0.03), "--kappa", "1"});
  const json eager = analyse({rows(60, 0.94, 0.03), "--kappa", "0"});
  EXPECT_GT(cautious["blocks"], eager["blocks"]);
}

TEST_F(AnalyseCommand, GivesTheSameOutputTwice) {
  const std::string path = rows(60, 0.98, 0.03);
  EXPECT_EQ(analyse({path}), analyse({path}));
}

TEST_F(AnalyseCommand, SaysThatTheOrderIsNotKnown) {
  const json result = analyse({rows(60, 0.8)});
  EXPECT_NE(result["audit"]["notes"][0].get<std::string>().find("order"), std::string::npos);
  for (const json& diagnostic : result["diagnostics"]) EXPECT_NE(diagnostic["name"], "order-effect");
}

TEST_F(AnalyseCommand, ComparesAnyNumbersAsDifferences) {
  std::string text = "control,treatment\n";
  for (int row = 0; row < 40; ++row) text += fmt::format("{},{}\n", 10 + 0.01 * row, -5 + 0.013 * row);
  EXPECT_EQ(analyse({file(text), "--kind", "difference"})["verdict"], "improved");
  EXPECT_EQ(analyse({file(text)})["verdict"], "invalid");
  EXPECT_EQ(code, ExitCode::invalid);
}

TEST_F(AnalyseCommand, RefusesProportionsBeyondOne) {
  const std::string path = file("control,treatment\n0.5,0.5\n0.5,1.5\n");
  EXPECT_EQ(test::message_of([&] {
              (void)command_analyse({path, "--kind", "proportion"});
            }),
            "--kind proportion: block 2 has 0.5 and 1.5; expected numbers from 0 to 1");
}

TEST_F(AnalyseCommand, RefusesACapBesideFixed) {
  const std::string path = rows(10, 1);
  EXPECT_EQ(test::message_of([&] {
              (void)command_analyse({path, "--fixed", "--max-blocks", "8"});
            }),
            "--fixed looks once, at all rows: leave --min-blocks and --max-blocks out");
}

TEST_F(AnalyseCommand, AnytimeLooksAfterEveryRow) {
  const json result = analyse({rows(60, 0.8), "--anytime"});
  EXPECT_EQ(result["verdict"], "improved");
  EXPECT_EQ(result["anytime"], true);
  EXPECT_EQ(result["stop"], "boundary");
  EXPECT_LT(result["blocks"], 20);
}

}  // namespace command_analyse_tests
}  // namespace assay::cli
