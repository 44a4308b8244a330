#include <array>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/seed.hpp"
#include "stats/sequential/looks.hpp"
#include "stats/sequential/sequential_share.hpp"
#include "stats/sequential/sequential_share_difference.hpp"
#include "stats/sequential/spending.hpp"

// Plays ways to compare a yes or no per trial against each other on the same blocks, and prints the table of
// docs/methods/proportions.md. It ends with 1 if the engine's own way errs more often than its level allows.

namespace assay::stats {
namespace {

constexpr double kSideLevel = 0.025;
constexpr int kCap = 200;
/// The part of a side's level that the direction gets if it and the share of discordant blocks are bounded separately.
constexpr double kPartOfDirection = 0.9;

using Looks = std::vector<DiscordantLook>;

/// Chances that a block is worse only in treatment, and only in control.
struct Chances {
  double treatment_worse = 0;
  double control_worse = 0;
  [[nodiscard]] double difference() const { return treatment_worse - control_worse; }
};

/// Whether the looks so far show that the difference of the shares is below a limit.
using ShownBelow = std::function<bool(const Looks&, double limit)>;

struct Way {
  std::string name;
  ShownBelow shown_below;
  std::vector<double> spending;  ///< share of the level by each look
};

std::vector<CountLook> treatment_among_discordant(const Looks& looks, double level) {
  std::vector<CountLook> counts;
  for (const DiscordantLook& look : looks) {
    counts.push_back({look.treatment_worse + look.control_worse, look.treatment_worse, level * look.spending_share});
  }
  return counts;
}

std::vector<CountLook> discordant(const Looks& looks, double level) {
  std::vector<CountLook> counts;
  for (const DiscordantLook& look : looks) {
    counts.push_back({look.blocks, look.treatment_worse + look.control_worse, level * look.spending_share});
  }
  return counts;
}

/// The engine's way: a walk of the difference, and the exact test of the signs at 0.
bool shown_by_walk(const Looks& looks, double limit) {
  if (limit == 0) return shown_below(treatment_among_discordant(looks, kSideLevel), 0.5);
  return difference_shown_below(looks, {.limit = limit, .level = kSideLevel});
}

/// The product of exact bounds: of the share of discordant blocks, and of treatment's share among them.
bool shown_by_products(const Looks& looks, double limit) {
  const double lean = 2 * sequential_upper_bound(treatment_among_discordant(looks, kPartOfDirection * kSideLevel)) - 1;
  if (lean < 0 && limit >= 0) return true;
  if (lean >= 0 && limit <= 0) return false;
  const std::vector<CountLook> counts = discordant(looks, (1 - kPartOfDirection) * kSideLevel);
  return lean * (lean < 0 ? sequential_lower_bound(counts) : sequential_upper_bound(counts)) < limit;
}

Looks with_arms_swapped(Looks looks) {
  for (DiscordantLook& look : looks) std::swap(look.treatment_worse, look.control_worse);
  return looks;
}

/// The looks of one attempt as they fall due.
class Attempt {
 public:
  Attempt(const Chances& chances, int number)
      : chances_(chances),
        generator_(Seed(2026).derive(Stream::trials, static_cast<std::uint64_t>(number)).stream(Stream::simulation)) {}

  void measure_to(int blocks, double spending_share) {
    for (; now_.blocks < blocks; ++now_.blocks) {
      const double drawn = generator_.uniform();
      now_.treatment_worse += drawn < chances_.treatment_worse ? 1 : 0;
      now_.control_worse += drawn >= chances_.treatment_worse && drawn < sum() ? 1 : 0;
    }
    now_.spending_share = spending_share;
    if (spending_share > 0) looks_.push_back(now_);
  }

  [[nodiscard]] const Looks& looks() const { return looks_; }
  [[nodiscard]] const DiscordantLook& now() const { return now_; }

 private:
  [[nodiscard]] double sum() const { return chances_.treatment_worse + chances_.control_worse; }

  Chances chances_;
  Generator generator_;
  DiscordantLook now_;
  Looks looks_;
};

std::vector<int> due() {
  return look_schedule({.cap = kCap});
}

struct Question {
  double margin = 0;
  double kappa = 0;
};

struct Found {
  double share = 0;
  double blocks = 0;   ///< on average
  double covered = 0;  ///< truth not excluded at any look up to the stop
};

/// How often a fall of the treatment's bad trials is claimed, as the verdict's rule asks, and after how many blocks.
Found found(const Way& way, const Chances& chances, const Question& question, int attempts) {
  Found sum;
  const std::vector<int> looks = due();
  for (int number = 0; number < attempts; ++number) {
    Attempt attempt(chances, number);
    bool claimed = false;
    bool covered = true;
    for (std::size_t look = 0; look < looks.size() && !claimed; ++look) {
      attempt.measure_to(looks[look], way.spending[look]);
      if (attempt.looks().empty() || way.spending[look] == 0) continue;
      const DiscordantLook& now = attempt.now();
      const bool is_large = now.treatment_worse - now.control_worse <= -question.margin * now.blocks;
      claimed = is_large && way.shown_below(attempt.looks(), -question.kappa * question.margin);
      covered = covered && !way.shown_below(attempt.looks(), chances.difference()) &&
                !way.shown_below(with_arms_swapped(attempt.looks()), -chances.difference());
    }
    sum.share += claimed ? 1 : 0;
    sum.covered += covered ? 1 : 0;
    sum.blocks += attempt.now().blocks;
  }
  return {sum.share / attempts, sum.blocks / attempts, sum.covered / attempts};
}

/// How often a bound ever excludes the true difference, if measuring goes to the cap; the larger of both sides.
double error(const Way& way, const Chances& chances, int attempts) {
  const std::vector<int> looks = due();
  int low = 0;
  int high = 0;
  for (int number = 0; number < attempts; ++number) {
    Attempt attempt(chances, attempts + number);
    bool is_below = false;
    bool is_above = false;
    for (std::size_t look = 0; look < looks.size(); ++look) {
      attempt.measure_to(looks[look], way.spending[look]);
      if (way.spending[look] == 0) continue;
      is_below = is_below || way.shown_below(attempt.looks(), chances.difference());
      is_above = is_above || way.shown_below(with_arms_swapped(attempt.looks()), -chances.difference());
    }
    low += is_below ? 1 : 0;
    high += is_above ? 1 : 0;
  }
  return static_cast<double>(std::max(low, high)) / attempts;
}

constexpr std::array<Chances, 12> kShapes = {{{0, 0.03},
                                              {0.01, 0.04},
                                              {0.1, 0.13},
                                              {0.3, 0.33},
                                              {0.45, 0.48},
                                              {0.05, 0.05},
                                              {0.25, 0.25},
                                              {0.02, 0.12},
                                              {0.2, 0.3},
                                              {0, 0.1},
                                              {0.1, 0.5},
                                              {0, 0.9}}};

/// .90 to .97 and .5 to .8 of good trials in arms that do not depend on each other, and 1 of 10 against 9 of 10.
constexpr Chances kFewDiscordant{0.027, 0.097};
constexpr Chances kHalf{0.1, 0.4};
constexpr Chances kReversed{0.01, 0.81};

int print_table(int attempts) {
  const std::vector<int> looks = due();
  std::vector<double> only_at_the_cap(looks.size(), 0.0);
  only_at_the_cap.back() = 1;
  const std::vector<Way> ways = {
      {"walk, proportional spending (the engine's)", shown_by_walk, proportional_spending(looks, 1)},
      {"walk, logarithmic spending", shown_by_walk, log_spending(looks, 1)},
      {"walk, one look at the cap", shown_by_walk, only_at_the_cap},
      {"product of exact bounds, 0.9 and 0.1 of the level", shown_by_products, log_spending(looks, 1)}};
  const auto signs = Way{"", shown_by_walk, log_spending(looks, 1)};  // at kappa 0 the signs claim, as for ranks
  fmt::print(
      "| way | .90 to .97: kappa 0, margin 3 % | kappa 1/2, margin 3 % | kappa 1/2, margin 5 % | .5 to .8, margin "
      "10 %: blocks | .1 to .9: blocks | coverage at the stop | largest error of a side, nominal 2.5 % |\n"
      "|---|---|---|---|---|---|---|---|\n");
  bool keeps = true;
  for (const Way& way : ways) {
    const bool is_the_engines = &way == &ways.front();
    const Way& at_zero = is_the_engines ? signs : way;
    double largest = 0;
    for (const Chances& shape : kShapes) largest = std::max(largest, error(way, shape, attempts));
    const Found by_three = found(way, kFewDiscordant, {0.03, 0.5}, attempts);
    fmt::print("| {} | {:.1f} % | {:.1f} % | {:.1f} % | {:.1f} | {:.1f} | {:.1f} % | {:.2f} % |\n", way.name,
               100 * found(at_zero, kFewDiscordant, {0.03, 0}, attempts).share, 100 * by_three.share,
               100 * found(way, kFewDiscordant, {0.05, 0.5}, attempts).share,
               found(way, kHalf, {0.1, 0.5}, attempts).blocks, found(way, kReversed, {0.1, 0.5}, attempts).blocks,
               100 * by_three.covered, 100 * largest);
    std::fflush(stdout);
    const double allowed = kSideLevel + 3 * std::sqrt(kSideLevel * (1 - kSideLevel) / attempts);
    keeps = keeps && (!is_the_engines || largest <= allowed);
  }
  fmt::print("\n{} attempts a cell, cap {} blocks.\n", attempts, kCap);
  return keeps ? 0 : 1;
}

}  // namespace
}  // namespace assay::stats

int main(int count, char** words) {
  const int attempts = count > 1 ? std::atoi(words[1]) : 2000;
  if (attempts < 1) {
    fmt::print(stderr, "share_study [ATTEMPTS]: expected a number of 1 or more, got '{}'\n", words[1]);
    return 1;
  }
  return assay::stats::print_table(attempts);
}
