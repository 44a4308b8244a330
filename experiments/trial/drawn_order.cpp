#include "experiments/trial/drawn_order.hpp"

#include <numeric>
#include <utility>

#include "core/host/entropy.hpp"
#include "core/seed.hpp"

namespace assay::trial {

std::vector<ArmIndex> drawn_order(std::size_t arms) {
  std::vector<ArmIndex> order(arms);
  std::iota(order.begin(), order.end(), kControl);
  Generator generator(host::fresh_entropy());
  for (std::size_t left = arms; left > 1; --left) std::swap(order[left - 1], order[generator.below(left)]);
  return order;
}

}  // namespace assay::trial
