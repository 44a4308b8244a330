#include "experiments/engine/lanes/order_groups.hpp"

#include <cstddef>
#include <vector>

#include "core/assert.hpp"
#include "core/engine/weight.hpp"

namespace assay::engine {

std::span<const BlockOrder> take_group(const Plan& plan, std::span<const BlockOrder>& orders) {
  const std::vector<std::size_t> cells = group_of(plan, orders.front().cell);
  ASSAY_ASSERT(cells.size() <= orders.size());
  const std::span<const BlockOrder> group = orders.first(cells.size());
  for (std::size_t place = 0; place < cells.size(); ++place) {
    ASSAY_ASSERT(group[place].cell == cells[place] && group[place].number == group.front().number &&
                 group[place].arms == group.front().arms);
  }
  orders = orders.subspan(cells.size());
  return group;
}

}  // namespace assay::engine
