#include "tests/calibration/grading/scenes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "core/assert.hpp"
#include "experiments/adversary/confirmation.hpp"
#include "experiments/adversary/grading.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/planning/simulation/play.hpp"
#include "stats/parallel.hpp"

namespace assay::adversary {
namespace {

/// What is planted where the plan gives no margin.
constexpr double kUsualPlant = 3;
constexpr std::uint64_t kSeed = 2026;

/// What is claimed, what is true, and how many blocks there may be.
struct Scene {
  double claimed = 0;
  double truth = 0;
  int cap = 30;
  double planted_percent = 0;
};

ChallengePlay play_of(const NamedNoise& noise, const Scene& scene) {
  return {.claimed = scene.claimed,
          .truth = scene.truth,
          .direction = Direction::lower,
          .alpha = challenge_alpha(kAlpha, 1),
          .cap = scene.cap,
          .noise = noise.noise,
          .seed = Seed(kSeed),
          .planted_percent = scene.planted_percent};
}

GradeShares played(const NamedNoise& noise, const Scene& scene, const Amount& amount) {
  return play_challenges(play_of(noise, scene), {.challenges = amount.challenges, .threads = amount.threads});
}

double flagged(const GradeShares& shares) {
  return shares.exaggerated + shares.refuted;
}

/// The smaller of the usual margin and half of what is claimed, as a challenge plants it.
double planted_for(double claimed) {
  return std::min(kUsualPlant, 100 * (claimed - 1) / 2);
}

void play_errors(const NamedNoise& noise, const Amount& amount, NoiseRow& row) {
  constexpr std::array kClaims = {1.02, 1.1, 1.5, 4.0, 20.0, 1200.0};
  constexpr int kCap = 60;
  for (const double claimed : kClaims) {
    if (claimed > noise.largest_claim) continue;
    const double just_below = confirming_ratio(claimed) * (1 - 1e-9);
    const GradeShares inflated = played(noise, {claimed, just_below, kCap}, amount);
    const GradeShares honest = played(noise, {claimed, claimed, kCap, planted_for(claimed)}, amount);
    row.inflated_confirmed = std::max(row.inflated_confirmed, inflated.confirmed);
    row.true_refuted = std::max(row.true_refuted, honest.refuted);
  }
}

/// A record of a change that is `truth` times better: margin 2 %, at most 60 blocks.
planning::Play record_play(const NamedNoise& noise, double truth) {
  Metric metric;
  metric.name = "value";
  metric.margin = Percent{2};
  Protocol protocol;
  protocol.alpha = kAlpha;
  protocol.max_blocks = 60;
  return {.plan = design::value_plan({.id = "study",
                                      .control = "control",
                                      .treatment = "treatment",
                                      .metric = metric,
                                      .protocol = protocol,
                                      .seed = Seed(kSeed).derive(Stream::simulation, 1)}),
          .noise = noise.noise,
          .shift = Percent{100 / truth - 100}};
}

/// The near ends of the intervals of so many records that improved; some never do on a noise that hides the change.
std::vector<double> near_ends(const NamedNoise& noise, double truth, const Amount& amount) {
  std::vector<double> ratios;
  for (const decide::ComparisonOutline& outline :
       planning::play_attempts(record_play(noise, truth), {.attempts = amount.challenges, .threads = amount.threads})) {
    if (outline.verdict != Verdict::improved || !outline.interval) continue;
    const double near = std::exp(-outline.interval->high);
    if (near > 1) ratios.push_back(near);
  }
  return ratios;
}

NearEndShares near_end_shares(const NamedNoise& noise, const std::vector<double>& claims, const Scene& scene,
                              int threads) {
  std::vector<GradeShares> graded(claims.size());
  stats::in_parallel(claims.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t number = begin; number < end; ++number) {
      Scene own = scene;
      own.claimed = claims[number];
      own.planted_percent = planted_for(own.claimed);
      ChallengePlay play = play_of(noise, own);
      play.seed = Seed(kSeed + 1).derive(Stream::trials, number);
      graded[number] = play_challenges(play, {.challenges = 1});
    }
  });
  GradeShares sums;
  for (const GradeShares& one : graded) {
    sums.confirmed += one.confirmed;
    sums.inconclusive += one.inconclusive;
  }
  const auto count = static_cast<double>(claims.size());
  ASSAY_ASSERT(count > 0);
  const double rest = count - sums.confirmed;
  return {sums.confirmed / count, rest > 0 ? sums.inconclusive / rest : 1};
}

}  // namespace

NoiseRow row_on(const NamedNoise& noise, const Amount& amount) {
  constexpr double kTruth = 1.05;
  NoiseRow row;
  row.true_confirmed = played(noise, {4, 4, 30}, amount).confirmed;
  row.flagged_by_10 = flagged(played(noise, {4, 3, 10}, amount));
  row.flagged_by_30 = flagged(played(noise, {4, 3, 30}, amount));
  row.refuted = played(noise, {1.1, 1, 30}, amount).refuted;
  row.refuted_with_plant = played(noise, {1.1, 1, 30, planted_for(1.1)}, amount).refuted;
  const std::vector<double> claims = near_ends(noise, kTruth, amount);
  row.near_end_by_60 = near_end_shares(noise, claims, {.truth = kTruth, .cap = 60}, amount.threads);
  row.near_end_by_120 = near_end_shares(noise, claims, {.truth = kTruth, .cap = 120}, amount.threads);
  play_errors(noise, amount, row);
  return row;
}

}  // namespace assay::adversary
