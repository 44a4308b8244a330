#include "stats/sequential/sequential_side.hpp"

#include <limits>
#include <utility>

#include "core/assert.hpp"
#include "stats/sequential/sequential_p_value.hpp"

namespace assay::stats {

BoundaryPoint tabulated_point(const BoundaryDesign& design, const Occasion& occasion) {
  const auto boundary = shared_tabulated_boundary(design);
  return occasion.scheduled ? boundary->at(occasion.looks_before)
                            : boundary->last_look(occasion.looks_before, occasion.blocks);
}

SequentialSide::SequentialSide(BoundaryDesign design, VectorCount count)
    : design_(std::move(design)), count_(count), boundary_(count) {}

SideOutcome SequentialSide::look(const SharedLook& shared, std::int32_t observed) {
  observed_.push_back(observed);
  const std::optional<std::int32_t> doubled = boundary_.look(
      *shared.ranked, {.observed = observed, .cumulative_alpha = design_.level * shared.occasion.spending_share});
  SideOutcome outcome{.crossed = doubled && observed >= *doubled};
  if (!shared.plain) {
    // With zeros or ties the sums at zero have a scale of their own, far smaller if many effects are 0, and would
    // reject other shifts far too often.
    outcome.critical_value = tabulated_point(design_, shared.occasion).critical_value;
  } else {
    outcome.critical_value = doubled ? *doubled / 2 : std::numeric_limits<std::int64_t>::max();
  }
  return outcome;
}

std::optional<double> SequentialSide::smallest_crossed_level(std::span<const SharedLook> looks) const {
  ASSAY_ASSERT(looks.size() == observed_.size());
  std::vector<RankedLook> ranked;
  for (std::size_t index = 0; index < looks.size(); ++index) {
    ranked.push_back({.ranked = looks[index].ranked,
                      .observed = observed_[index],
                      .spending_share = looks[index].occasion.spending_share});
  }
  return stats::smallest_crossed_level(p_value_levels(count_, design_.level), ranked, count_);
}

}  // namespace assay::stats
