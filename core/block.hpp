#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/design.hpp"
#include "core/trial.hpp"

namespace assay {

/// One trial per arm (in some designs more), adjacent in time, on one machine: the unit of inference.
struct Block {
  std::size_t cell = 0;         ///< index into `cells(plan)`
  int number = 1;               ///< counts from 1 within the cell
  int rerun = 0;                ///< how often this number was started before: 0 unless its surroundings failed
  std::int64_t started_ns = 0;  ///< Unix time
  int padding = 0;              ///< bytes of environment padding, the same for every arm
  std::vector<Trial> trials;    ///< in the order in which they ran; of a duet: on its first CPU, on its second
  friend bool operator==(const Block&, const Block&) = default;
};

/// A trial whose hook or state proof failed voids the block: it is kept, not analysed, and run again.
[[nodiscard]] bool is_void(const Block& block);

/// How long its trials took together: one after the other, or in a duet the longest of them.
[[nodiscard]] nanoseconds measuring_time(const Block& block, Design design);

/// What to run: drawn from the seed before anything is measured.
struct BlockOrder {
  std::size_t cell = 0;
  int number = 1;
  int rerun = 0;
  int padding = 0;
  std::vector<ArmIndex> arms;  ///< in the order in which they are to run; of a duet: on its first CPU, on its second
  friend bool operator==(const BlockOrder&, const BlockOrder&) = default;
};

}  // namespace assay
