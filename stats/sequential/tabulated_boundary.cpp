#include "stats/sequential/tabulated_boundary.hpp"

#include <deque>
#include <mutex>

#include "core/assert.hpp"
#include "stats/distributions.hpp"
#include "stats/sequential/gaussian_walk.hpp"
#include "stats/signed_rank_distribution.hpp"

namespace assay::stats {
namespace {

/// A boundary point and the height at which the walk is cut there.
struct Step {
  BoundaryPoint point;
  double z = GaussianWalk::kUnreachable;
};

/// Error to be used up by the end of a look, and what was used before it.
struct Budget {
  double cumulative;
  double spent;
};

Step next_step(const GaussianWalk& walk, double information, const SignedRankDistribution& distribution,
               Budget budget) {
  const double available = budget.cumulative - budget.spent;
  const double wanted = available > 0 ? walk.boundary(information, available) : GaussianWalk::kUnreachable;
  Step step{.point = {.critical_value = distribution.critical_value(normal_upper_tail(wanted))}};
  step.point.level = distribution.upper_tail(step.point.critical_value);
  if (step.point.level > 0) step.z = normal_upper_quantile(step.point.level);
  step.point.spent = budget.spent + walk.crossing(information, step.z);
  return step;
}

/// The process keeps boundaries of this many designs. An attempt needs one for each level of its tests.
constexpr std::size_t kSharedDesigns = 64;

}  // namespace

struct TabulatedBoundary::Cache {
  std::mutex mutex;
  std::vector<double> cumulative;       ///< error to be used up by each look
  SignedRankDistribution distribution;  ///< distribution at the last computed look
  std::vector<Step> steps;              ///< steps of the looks computed so far
  std::vector<GaussianWalk> walks;      ///< [k]: the walk before look k
};

TabulatedBoundary::TabulatedBoundary(BoundaryDesign design)
    : design_(std::move(design)), cache_(std::make_unique<Cache>()) {
  ASSAY_ASSERT(!design_.looks.empty() && design_.level > 0 && design_.level < 0.5);
  cache_->cumulative = cumulative_spending(design_.spending, design_.looks, design_.level);
  cache_->walks.emplace_back();
}

TabulatedBoundary::~TabulatedBoundary() = default;

BoundaryPoint TabulatedBoundary::at(std::size_t index) const {
  ASSAY_ASSERT(index < design_.looks.size());
  const std::lock_guard lock(cache_->mutex);
  compute_looks(index + 1);
  return cache_->steps[index].point;
}

BoundaryPoint TabulatedBoundary::last_look(std::size_t looks_taken, int blocks) const {
  ASSAY_ASSERT(looks_taken <= design_.looks.size());
  const std::lock_guard lock(cache_->mutex);
  const bool replaces = looks_taken > 0 && design_.looks[looks_taken - 1] == blocks;
  const std::size_t before = replaces ? looks_taken - 1 : looks_taken;
  compute_looks(before);
  prepare_walk(before);
  SignedRankDistribution distribution;
  distribution.extend_to(blocks);
  const double spent = before == 0 ? 0 : cache_->steps[before - 1].point.spent;
  return next_step(cache_->walks[before], information(blocks), distribution, {design_.level, spent}).point;
}

double TabulatedBoundary::information(int blocks) const {
  return static_cast<double>(blocks) / design_.looks.back();
}

void TabulatedBoundary::compute_looks(std::size_t count) const {
  while (cache_->steps.size() < count) {
    const std::size_t index = cache_->steps.size();
    prepare_walk(index);
    cache_->distribution.extend_to(design_.looks[index]);
    const double spent = index == 0 ? 0 : cache_->steps.back().point.spent;
    cache_->steps.push_back(next_step(cache_->walks[index], information(design_.looks[index]), cache_->distribution,
                                      {cache_->cumulative[index], spent}));
  }
}

/// Cutting is costly, so it is left until a later look needs it.
void TabulatedBoundary::prepare_walk(std::size_t index) const {
  if (index < cache_->walks.size()) return;
  GaussianWalk walk = cache_->walks[index - 1];
  walk.cut(information(design_.looks[index - 1]), cache_->steps[index - 1].z);
  cache_->walks.push_back(std::move(walk));
}

std::shared_ptr<const TabulatedBoundary> shared_tabulated_boundary(const BoundaryDesign& design) {
  static std::mutex mutex;
  static std::deque<std::shared_ptr<const TabulatedBoundary>> boundaries;
  const std::lock_guard lock(mutex);
  for (const auto& boundary : boundaries) {
    if (boundary->design() == design) return boundary;
  }
  if (boundaries.size() == kSharedDesigns) boundaries.pop_front();
  boundaries.push_back(std::make_shared<const TabulatedBoundary>(design));
  return boundaries.back();
}

}  // namespace assay::stats
