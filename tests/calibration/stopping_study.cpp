// Counts the claims of the single tests, as `assay simulate --unmasked --json` does, where an attempt ends or goes on
// otherwise than it simulates: cut by a time limit, resumed after an interruption; and of naive peeking, which the
// tables show beside the engine since a study that does not fail it would show nothing.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "experiments/console/command_line.hpp"
#include "experiments/console/help/help_form.hpp"
#include "experiments/console/output.hpp"
#include "experiments/console/value_target.hpp"
#include "experiments/screen/noise_options.hpp"
#include "stats/hodges_lehmann.hpp"
#include "stats/parallel.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/sequential/sequential_test.hpp"
#include "stats/signed_rank_distribution.hpp"

namespace assay {

enum class Stopping {
  time_limit,  ///< no block starts once the time is up, and one last look is taken
  resumed,     ///< interrupted twice: the block under way is lost and run again with its coin, the rest read back
  peeking,     ///< every look takes the critical value of a single one
};

template <>
struct EnumNames<Stopping> {
  static constexpr std::array<std::string_view, 3> values = {"time-limit", "resumed", "peeking"};
};

namespace {

constexpr double kKappa = 0.5;
constexpr int kInterruptions = 2;

struct Options {
  screen::NoiseOptions noise;
  Stopping stopping = Stopping::time_limit;
  Percent shift{0};
  Percent margin{3};
  Direction direction = Direction::lower;
  double alpha = 0.05;
  int cap = 60;
  int trials = 1000;
  std::optional<Seed> seed;
  std::optional<int> threads;
};

/// Values in the order of time, and the coins that say which of the two trials of a block is treatment's.
struct Drawn {
  std::vector<double> values;
  std::vector<bool> treatment_second;
};

struct Claims {
  int better = 0;
  int worse = 0;
  int better_than_kappa_margin = 0;
  int equivalent = 0;
};

class Attempt {
 public:
  Attempt(const Options& options, const planning::Noise& noise, int number)
      : options_(options),
        seed_(options.seed.value_or(Seed(0)).derive(Stream::trials, static_cast<std::uint64_t>(number))),
        looks_(stats::look_schedule({.cap = options.cap})),
        margin_(std::log1p(options.margin.fraction())) {
    Generator coin = seed_.stream(Stream::order);
    std::vector<double> factors;
    for (int block = 0; block < options.cap; ++block) {
      coins_.push_back(coin.below(2) == 1);
      factors.push_back(coins_.back() ? 1 : 1 + options.shift.fraction());
      factors.push_back(coins_.back() ? 1 + options.shift.fraction() : 1);
    }
    factors.resize(factors.size() + 2 * kInterruptions, 1);  // for blocks that are run again; without a shift alone
    Generator generator = seed_.stream(Stream::simulation);
    values_ = noise(factors, generator);
  }

  Claims play() {
    if (options_.stopping == Stopping::peeking) return peek();
    return options_.stopping == Stopping::resumed ? resume() : run_out_of_time();
  }

 private:
  /// Oriented, above 0 is worse, of the block with this coin on the two values of this place.
  [[nodiscard]] double effect(bool treatment_second, std::size_t place) const {
    const double change = std::log(values_[2 * place + 1] / values_[2 * place]);
    return (treatment_second ? change : -change) * (options_.direction == Direction::lower ? 1 : -1);
  }

  [[nodiscard]] std::vector<double> effects() const {
    std::vector<double> result;
    for (std::size_t block = 0; block < coins_.size(); ++block) result.push_back(effect(coins_[block], block));
    return result;
  }

  [[nodiscard]] stats::SequentialTest test() const {
    return stats::SequentialTest({.looks = looks_,
                                  .alpha = {.below_zero = options_.alpha / 2, .above_zero = options_.alpha / 2},
                                  .alpha_equivalence = options_.alpha,
                                  .margin = margin_,
                                  .kappa = kKappa,
                                  .seed = seed_});
  }

  void count(const stats::Look& look) {
    claims_.better = look.below_zero ? 1 : 0;
    claims_.worse = look.above_zero ? 1 : 0;
    claims_.better_than_kappa_margin = look.below_kappa_margin ? 1 : 0;
    if (look.equivalent) claims_.equivalent = 1;
  }

  /// The limit is 10 to 110 % of what all blocks take, which does not depend on the coins. A rate's trial takes as long
  /// as its value is small.
  Claims run_out_of_time() {
    const auto seconds = [&](std::size_t trial) {
      return options_.direction == Direction::lower ? values_[trial] : 1 / values_[trial];
    };
    double whole = 0;
    for (std::size_t trial = 0; trial < 2 * coins_.size(); ++trial) whole += seconds(trial);
    const double limit = whole * (0.1 + seed_.stream(Stream::trials).uniform());
    int blocks = 0;
    for (double spent = 0; blocks < options_.cap && spent < limit; ++blocks) {
      spent += seconds(2 * static_cast<std::size_t>(blocks)) + seconds(2 * static_cast<std::size_t>(blocks) + 1);
    }
    std::vector<double> done = effects();
    done.resize(static_cast<std::size_t>(blocks));
    stats::SequentialTest sequential = test();
    while (sequential.next_look() && *sequential.next_look() <= blocks) count(sequential.look(done));
    if (sequential.next_look()) count(sequential.final_look(done));
    return claims_;
  }

  Claims resume() {
    Generator clock = seed_.stream(Stream::trials);
    std::vector<std::size_t> lost;  // blocks under way when the interruptions came
    for (int time = 0; time < kInterruptions; ++time) lost.push_back(clock.below(coins_.size()));
    std::vector<double> done;
    stats::SequentialTest sequential = test();
    std::size_t place = 0;
    for (std::size_t block = 0; block < coins_.size(); ++block) {
      for (const std::size_t interrupted : lost) {
        if (interrupted != block) continue;
        ++place;
        sequential = test();
        while (sequential.next_look() && *sequential.next_look() <= static_cast<int>(block)) sequential.look(done);
      }
      done.push_back(effect(coins_[block], place++));
      if (sequential.next_look() == static_cast<int>(done.size())) count(sequential.look(done));
    }
    return claims_;
  }

  Claims peek() {
    const std::vector<double> all = effects();
    stats::SignedRankDistribution distribution;
    for (const int look : looks_) {
      distribution.extend_to(look);
      const stats::WalshAverages averages(std::span<const double>(all).first(static_cast<std::size_t>(look)));
      const std::int64_t of_side = distribution.critical_value(options_.alpha / 2);
      const std::int64_t of_equivalence = distribution.critical_value(options_.alpha);
      if (averages.upper_end(of_side) < 0) claims_.better = 1;
      if (averages.lower_end(of_side) > 0) claims_.worse = 1;
      if (averages.upper_end(of_side) < -kKappa * margin_) claims_.better_than_kappa_margin = 1;
      const bool within = averages.lower_end(of_equivalence) > -margin_ && averages.upper_end(of_equivalence) < margin_;
      if (within) claims_.equivalent = 1;
    }
    return claims_;
  }

  const Options& options_;
  Seed seed_;
  std::vector<int> looks_;
  double margin_;
  std::vector<bool> coins_;
  std::vector<double> values_;
  Claims claims_;
};

nlohmann::json claims_of(const Options& options) {
  const planning::Noise noise = choose_noise(options.noise, 2 * (options.cap + kInterruptions)).noise;
  std::vector<Claims> each(static_cast<std::size_t>(options.trials));
  stats::in_parallel(each.size(), screen::thread_count(options.threads), [&](std::size_t begin, std::size_t end) {
    for (std::size_t trial = begin; trial < end; ++trial) {
      each[trial] = Attempt(options, noise, static_cast<int>(trial)).play();
    }
  });
  const auto share = [&](int Claims::*claim) {
    double sum = 0;
    for (const Claims& one : each) sum += one.*claim;
    return sum / static_cast<double>(each.size());
  };
  return {{"claims",
           {{"better", share(&Claims::better)},
            {"worse", share(&Claims::worse)},
            {"better_than_kappa_margin", share(&Claims::better_than_kappa_margin)},
            {"equivalent", share(&Claims::equivalent)}}}};
}

int run(const console::Arguments& arguments) {
  Options options;
  console::CommandLine line({.name = "stopping_study", .synopsis = "", .about = "See docs/methods/calibration.md."});
  screen::add_noise_options(line, options.noise);
  line.option("stopping", {"HOW", "time-limit, resumed or peeking"}, console::into(options.stopping));
  line.option("shift", {"PERCENT", "true change of treatment"}, console::into(options.shift));
  line.option("margin", {"PERCENT", "margin"}, console::into(options.margin));
  line.option("direction", {"WHICH", "which values are better: lower or higher"}, console::into(options.direction));
  line.option("alpha", {"NUMBER", "of both sides"}, console::into(options.alpha, {1e-6, 0.5}));
  line.option("max-blocks", {"N", "cap"}, console::into(options.cap, {1, 1000}));
  line.option("trials", {"N", "attempts"}, console::into(options.trials, {1, 10'000'000}));
  line.option("seed", {"NUMBER", "of every draw"}, console::into(options.seed));
  screen::add_threads_option(line, options.threads);
  if (line.parse(arguments) == console::Parsed::help_wanted) {
    console::print_output(console::help_in_form(line.description(), line.help_form()));
    return 0;
  }
  if (options.stopping == Stopping::resumed && options.shift.value != 0) {
    throw Error("--stopping resumed: expected no --shift, since a block that is run again has none");
  }
  fmt::print("{}\n", claims_of(options).dump());
  return 0;
}

}  // namespace
}  // namespace assay

int main(int count, char** words) {
  try {
    return assay::run({words + 1, words + count});
  } catch (const assay::Error& error) {
    fmt::print(stderr, "stopping_study: {}\n", error.what());
    return 1;
  }
}
