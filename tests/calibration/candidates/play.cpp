#include "tests/calibration/candidates/play.hpp"

#include <cmath>
#include <map>
#include <optional>

#include "stats/hodges_lehmann.hpp"
#include "tests/calibration/candidates/shift_test.hpp"

namespace assay::candidates {
namespace {

constexpr double kKappa = 0.5;

/// One true gain on one noise, as far as the candidates share it.
class Attempt {
 public:
  Attempt(const NamedNoise& noise, const Question& question, Seed seed, double gain)
      : noise_(noise), question_(question), seed_(seed), gain_(gain) {}

  const PlayedBlocks& blocks(Coins coins) {
    const auto found = blocks_.find(coins);
    return found != blocks_.end() ? found->second : blocks_.emplace(coins, drawn(coins)).first->second;
  }

  double estimate(Coins coins, int count) {
    const auto [place, is_new] = estimates_.try_emplace({coins, count});
    if (is_new) place->second = hodges_lehmann(blocks(coins), count);
    return place->second;
  }

 private:
  [[nodiscard]] PlayedBlocks drawn(Coins coins) const {
    PlayedBlocks played;
    played.coins = coins;
    Generator coin = seed_.stream(Stream::order);
    const double treated = noise_.direction == Direction::higher ? 1 + gain_ : 1 / (1 + gain_);
    std::vector<double> factors;
    for (int block = 0; block < question_.cap; ++block) {
      const bool repeats = coins == Coins::opposite_in_pairs && block % 2 == 1;
      const bool second = repeats ? !played.treatment_second.back() : coin.below(2) == 1;
      played.treatment_second.push_back(second);
      factors.push_back(second ? 1 : treated);
      factors.push_back(second ? treated : 1);
    }
    Generator generator = seed_.stream(Stream::simulation);
    const std::vector<double> values = noise_.noise(factors, generator);
    const double sign = noise_.direction == Direction::higher ? 1 : -1;
    for (std::size_t trial = 0; trial < values.size(); ++trial) {
      (trial % 2 == 0 ? played.values.first : played.values.second).push_back(sign * std::log(values[trial]));
    }
    return played;
  }

  static double hodges_lehmann(const PlayedBlocks& blocks, int count) {
    std::vector<double> effects;
    for (std::size_t block = 0; block < static_cast<std::size_t>(count); ++block) {
      const double change = blocks.values.second[block] - blocks.values.first[block];
      effects.push_back(blocks.treatment_second[block] ? change : -change);
    }
    return stats::WalshAverages(effects).median();
  }

  const NamedNoise& noise_;
  const Question& question_;
  Seed seed_;
  double gain_;
  std::map<Coins, PlayedBlocks> blocks_;
  std::map<std::pair<Coins, int>, double> estimates_;
};

/// One candidate at work on one attempt.
struct Player {
  Player(const Candidate& of, const Question& asked, stats::SignVectors& signs, Attempt& on)
      : candidate(of), question(asked), vectors(signs), attempt(on), looks(stats::look_schedule(of.looks)) {}

  [[nodiscard]] ShiftTest test(double shift, const ShiftLevels& levels) {
    return ShiftTest({candidate.scores, candidate.spending, looks, shift, levels}, vectors);
  }
  [[nodiscard]] ShiftLevels both() const {
    const bool declared = candidate.sides == Sides::better_declared;
    return {.above = (declared ? 0.9 : 0.5) * question.alpha, .below = (declared ? 0.1 : 0.5) * question.alpha};
  }

  /// Whether any of the looks claims a difference from 0, on either side.
  bool ever_differs() {
    ShiftTest zero = test(0, both());
    bool differs = false;
    for (std::size_t look = 0; look < looks.size(); ++look) {
      const auto [above, below] = zero.look(attempt.blocks(candidate.coins));
      differs |= above || below;
    }
    return differs;
  }

  bool ever_above(double shift) {
    ShiftTest beyond = test(shift, {.above = both().above});
    bool above = false;
    for (std::size_t look = 0; look < looks.size(); ++look) above |= beyond.look(attempt.blocks(candidate.coins)).above;
    return above;
  }

  bool ever_equivalent() {
    const double margin = std::log1p(question.margin);
    ShiftTest upper = test(margin, {.below = question.alpha});
    ShiftTest lower = test(-margin, {.above = question.alpha});
    bool equivalent = false;
    for (std::size_t look = 0; look < looks.size(); ++look) {
      const PlayedBlocks& blocks = attempt.blocks(candidate.coins);
      const bool not_above = upper.look(blocks).below;
      equivalent |= lower.look(blocks).above && not_above;
    }
    return equivalent;
  }

  Verdicts verdict(double kappa) {
    const double margin = std::log1p(question.margin);
    ShiftTest beyond_above = test(kappa * margin, {.above = both().above});
    ShiftTest beyond_below = test(-kappa * margin, {.below = both().below});
    ShiftTest upper = test(margin, {.below = question.alpha});
    ShiftTest lower = test(-margin, {.above = question.alpha});
    bool above = false;
    bool below = false;
    for (const int look : looks) {
      const PlayedBlocks& blocks = attempt.blocks(candidate.coins);
      const bool not_above = upper.look(blocks).below;
      const bool not_below = lower.look(blocks).above;
      above |= beyond_above.look(blocks).above;
      below |= beyond_below.look(blocks).below;
      const auto stopped = static_cast<double>(look);
      if (not_above && not_below) return {.equivalent = 1, .blocks = stopped};
      const double estimate = attempt.estimate(candidate.coins, look);
      if (above && estimate >= margin) return {.better = 1, .blocks = stopped};
      if (below && estimate <= -margin) return {.worse = 1, .blocks = stopped};
    }
    return {.blocks = static_cast<double>(looks.back())};
  }

  Tally::AtKappas verdicts() { return {.half = verdict(kKappa), .zero = verdict(0)}; }

  const Candidate& candidate;
  const Question& question;
  stats::SignVectors& vectors;
  Attempt& attempt;
  std::vector<int> looks;
};

}  // namespace

Verdicts& Verdicts::operator+=(const Verdicts& other) {
  better += other.better;
  worse += other.worse;
  equivalent += other.equivalent;
  blocks += other.blocks;
  return *this;
}

Tally& Tally::operator+=(const Tally& other) {
  attempts += other.attempts;
  differences += other.differences;
  beyond_kappa_margin += other.beyond_kappa_margin;
  equivalent += other.equivalent;
  for (const auto which : {&Tally::without_effect, &Tally::usual_gain, &Tally::large_gain}) {
    (this->*which).half += (other.*which).half;
    (this->*which).zero += (other.*which).zero;
  }
  return *this;
}

std::vector<Tally> play(const std::vector<Candidate>& candidates, const NamedNoise& noise, const Question& question,
                        Seed seed, int number) {
  const Seed of_attempt = seed.derive(Stream::trials, static_cast<std::uint64_t>(number));
  const auto with_gain = [&](double gain) { return Attempt(noise, question, of_attempt, gain); };
  const double half_margin = kKappa * std::log1p(question.margin);
  Attempt none = with_gain(0);
  Attempt half = with_gain(std::expm1(half_margin));
  Attempt whole = with_gain(question.margin);
  Attempt usual = with_gain(question.usual_gain);
  Attempt large = with_gain(question.large_gain);
  stats::SignVectors vectors({.seed = of_attempt, .drawn = question.sign_vectors, .length = question.cap});
  std::vector<Tally> tallies;
  for (const Candidate& candidate : candidates) {
    const auto by = [&](Attempt& attempt) { return Player(candidate, question, vectors, attempt); };
    tallies.push_back({.attempts = 1,
                       .differences = by(none).ever_differs() ? 1 : 0,
                       .beyond_kappa_margin = by(half).ever_above(half_margin) ? 1 : 0,
                       .equivalent = by(whole).ever_equivalent() ? 1 : 0,
                       .without_effect = by(none).verdicts(),
                       .usual_gain = by(usual).verdicts(),
                       .large_gain = by(large).verdicts()});
  }
  return tallies;
}

}  // namespace assay::candidates
