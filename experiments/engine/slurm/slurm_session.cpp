#include "experiments/engine/slurm/slurm_session.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace assay::engine {

const Generation* SlurmSession::generation(int number) const {
  const auto found = std::find_if(generations.begin(), generations.end(),
                                  [number](const Generation& one) { return one.number == number; });
  return found == generations.end() ? nullptr : &*found;
}

std::vector<std::string> SlurmSession::bad_nodes() const {
  constexpr int kTooMany = 2;
  std::vector<std::string> bad;
  for (const auto& [node, losses] : losses_by_node) {
    if (losses >= kTooMany) bad.push_back(node);
  }
  return bad;
}

std::string SlurmSession::name_of(const BlockKey& key) const {
  return fmt::format("block {} of {}", key.number, cell_name(plan, cells(plan)[key.cell]));
}

}  // namespace assay::engine
