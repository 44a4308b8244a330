#include "tests/calibration/candidates/candidate.hpp"

#include <cmath>
#include <numbers>

#include "core/assert.hpp"
#include "stats/distributions.hpp"
#include "stats/sequential/spending.hpp"

namespace assay::candidates {
namespace {

double share_at(Spending spending, double information, double level) {
  switch (spending) {
    case Spending::pocock:
      return std::log1p((std::numbers::e - 1) * information);
    case Spending::square:
      return information * information;
    case Spending::obrien_fleming:
      return 2 * stats::normal_upper_tail(stats::normal_upper_quantile(level / 2) / std::sqrt(information)) / level;
    case Spending::peeking:
      return 1;
    case Spending::logarithm:
      break;
  }
  ASSAY_ASSERT(false);
  return 0;
}

}  // namespace

std::vector<double> spending_shares(Spending spending, const std::vector<int>& looks, double level) {
  if (spending == Spending::logarithm) return stats::log_spending(looks, 1);
  std::vector<double> shares;
  for (const int blocks : looks) {
    shares.push_back(std::min(1.0, share_at(spending, static_cast<double>(blocks) / looks.back(), level)));
  }
  return shares;
}

std::vector<Candidate> all_candidates(int cap) {
  const stats::LookPlan usual{.cap = cap};
  const stats::LookPlan close{.cap = cap, .growth = 1.15};
  const stats::LookPlan every{.cap = cap, .spacing = stats::LookSpacing::every_block};
  std::vector<Candidate> candidates;
  for (const std::string_view name : EnumNames<Scores>::values) {
    candidates.push_back({.name = std::string(name), .scores = static_cast<Scores>(candidates.size()), .looks = usual});
  }
  candidates.front().name = "the engine";
  candidates.push_back({.name = "looks 1.15 apart", .looks = close});
  candidates.push_back({.name = "a look after every block", .looks = every});
  candidates.push_back({.name = "Pocock's spending", .spending = Spending::pocock, .looks = usual});
  candidates.push_back({.name = "spending t squared", .spending = Spending::square, .looks = usual});
  candidates.push_back(
      {.name = "O'Brien and Fleming's spending", .spending = Spending::obrien_fleming, .looks = usual});
  candidates.push_back({.name = "opposite coins in pairs", .looks = usual, .coins = Coins::opposite_in_pairs});
  candidates.push_back({.name = "direction declared", .looks = usual, .sides = Sides::better_declared});
  const Scores pooled = Scores::pooled_normal;
  candidates.push_back({.name = "pooled normal, every block", .scores = pooled, .looks = every});
  candidates.push_back(
      {.name = "pooled normal, Pocock", .scores = pooled, .spending = Spending::pocock, .looks = usual});
  candidates.push_back(
      {.name = "pooled normal, declared", .scores = pooled, .looks = usual, .sides = Sides::better_declared});
  candidates.push_back({.name = "a single look, at the cap", .looks = {.first = cap, .cap = cap}});
  candidates.push_back({.name = "naive peeking", .spending = Spending::peeking, .looks = usual});
  return candidates;
}

}  // namespace assay::candidates
