#include <cmath>

#include <gtest/gtest.h>

#include "tests/unit/decide/attempts.hpp"

// Error rates of claims about eight cells at once, over simulated trials, by the rules of attempts that begin now. A
// rate may exceed its nominal one by three standard errors.

namespace assay::planning {
namespace cells_calibration_tests {

constexpr std::size_t kCells = 8;
constexpr double kSide = 0.025;

double most_allowed(double nominal, int attempts) {
  return attempts * nominal + 3 * std::sqrt(attempts * nominal * (1 - nominal));
}

/// Its margin is so small that the difference alone decides.
Plan eight_cells(ClaimRule claim) {
  Plan plan = decide::plan_of_cells(kCells, claim);
  plan.rules = kNewestRules;
  plan.metrics[0].margin = Percent{0.01};
  plan.protocol.kappa = 0;
  plan.protocol.max_blocks = 20;
  return plan;
}

struct Claims {
  int improved = 0;
  int regressed = 0;
};

/// \param effect_on  the logarithm of treatment's ratio to control in a cell.
template <class Effect>
Claims claims_of(Plan plan, int attempts, Effect effect_on) {
  Claims claims;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    plan.seed = Seed(2026).derive(Stream::trials, static_cast<std::uint64_t>(attempt));
    const AttemptResult result = decide::result_of_cells(plan, [&](std::size_t cell, int number) {
      const decide::Truth truth{.log_ratio = effect_on(cell), .noise = 0.03, .seed = plan.seed.value()};
      return decide::drawn_block(plan, number, truth, cell);
    });
    claims.improved += result.verdict == Verdict::improved ? 1 : 0;
    claims.regressed += result.verdict == Verdict::regressed ? 1 : 0;
  }
  return claims;
}

class EightEqualCells : public testing::TestWithParam<ClaimRule> {};

TEST_P(EightEqualCells, AreCalledBetterOrWorseNoMoreOftenThanTheirSideOfAlpha) {
  constexpr int kAttempts = 200;
  const Claims claims = claims_of(eight_cells(GetParam()), kAttempts, [](std::size_t) { return 0.0; });
  RecordProperty("improved", claims.improved);
  RecordProperty("regressed", claims.regressed);
  EXPECT_LE(claims.improved, most_allowed(kSide, kAttempts));
  EXPECT_LE(claims.regressed, most_allowed(kSide, kAttempts));
  EXPECT_GT(claims.improved + claims.regressed, 0);
}

INSTANTIATE_TEST_SUITE_P(Cells, EightEqualCells, testing::Values(ClaimRule::all, ClaimRule::suite),
                         [](const auto& claim) { return std::string(to_string(claim.param)); });

// What "all" claims: the cell without an effect must not be carried by seven that are 20 % faster.
TEST(Cells, OneOfEightWithoutAnEffectIsCalledBetterNoMoreOftenThanItsSideOfAlpha) {
  constexpr int kAttempts = 300;
  const auto effect_on = [](std::size_t cell) { return cell + 1 < kCells ? -0.2 : 0.0; };
  const Claims claims = claims_of(eight_cells(ClaimRule::all), kAttempts, effect_on);
  RecordProperty("improved", claims.improved);
  RecordProperty("regressed", claims.regressed);
  EXPECT_LE(claims.improved, most_allowed(kSide, kAttempts));
  EXPECT_GE(claims.improved, kSide / 4 * kAttempts);
}

TEST(Cells, AllOfEightThatAreTwoMarginsFasterAreFound) {
  constexpr int kAttempts = 40;
  for (const ClaimRule claim : {ClaimRule::any, ClaimRule::all, ClaimRule::suite}) {
    Plan plan = eight_cells(claim);
    plan.metrics[0].margin = Percent{3};
    plan.protocol.kappa = 0.5;
    plan.protocol.max_blocks = 60;
    const Claims claims = claims_of(plan, kAttempts, [](std::size_t) { return -2 * std::log1p(0.03); });
    RecordProperty(std::string(to_string(claim)), claims.improved);
    EXPECT_GE(claims.improved, 0.95 * kAttempts) << to_string(claim);
  }
}

}  // namespace cells_calibration_tests
}  // namespace assay::planning
