#pragma once

#include <compare>
#include <cstddef>
#include <string>

#include "core/block.hpp"

namespace assay::engine {

/// Identifies one start of one block of a plan. It is drawn before anything runs, and no cluster knows of it: job ids
/// are handed out again after a controller was restored, so they identify nothing.
struct BlockKey {
  std::size_t cell = 0;
  int number = 1;
  int rerun = 0;
  friend auto operator<=>(const BlockKey&, const BlockKey&) = default;
};

[[nodiscard]] BlockKey key_of(const BlockOrder& order);
[[nodiscard]] BlockKey key_of(const Block& block);

/// "c0-b5-r1": the name of its files in the spool.
[[nodiscard]] std::string file_name_of(const BlockKey& key);
/// "c0-b5-r1.g3": the same for one generation of tasks.
[[nodiscard]] std::string task_file_name(const BlockKey& key, int generation);

}  // namespace assay::engine
