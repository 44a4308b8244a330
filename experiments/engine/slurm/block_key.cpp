#include "experiments/engine/slurm/block_key.hpp"

#include <fmt/format.h>

namespace assay::engine {

BlockKey key_of(const BlockOrder& order) {
  return {order.cell, order.number, order.rerun};
}

BlockKey key_of(const Block& block) {
  return {block.cell, block.number, block.rerun};
}

std::string file_name_of(const BlockKey& key) {
  return fmt::format("c{}-b{}-r{}", key.cell, key.number, key.rerun);
}

std::string task_file_name(const BlockKey& key, int generation) {
  return fmt::format("{}.g{}", file_name_of(key), generation);
}

}  // namespace assay::engine
