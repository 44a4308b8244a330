#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/design.hpp"
#include "core/trial.hpp"

namespace assay {

/// That a block was broken off after a trial of it had started. Its trials are those that had ended.
struct BrokenOff {
  std::vector<ArmIndex> running;  ///< the arms whose trials were running; empty between two trials
  friend bool operator==(const BrokenOff&, const BrokenOff&) = default;
};

/// One trial per arm (in some designs more), adjacent in time, on one machine: the unit of inference.
struct Block {
  std::size_t cell = 0;         ///< index into `cells(plan)`
  int number = 1;               ///< counts from 1 within the cell
  int rerun = 0;                ///< how often a block of this number was started before and came out void
  std::int64_t started_ns = 0;  ///< Unix time
  int padding = 0;              ///< bytes of environment padding, the same for every arm
  std::vector<Trial> trials;    ///< in the order in which they ran; in a duet, first that on the first CPU
  std::optional<BrokenOff> broken_off = {};
  int losses = 0;  ///< how often a block of this number was lost before (rules 2): tests then take it at its worst
  std::string node = {};                 ///< of a cluster, that it ran on; empty: the engine ran it on this host
  std::vector<std::size_t> beside = {};  ///< the cells that ran side by side with it, ascending; empty: it ran alone
  friend bool operator==(const Block&, const Block&) = default;
};

/// True if a hook or state proof of one of its trials failed, or if it was broken off. A void block is kept, not
/// analysed, and run again.
[[nodiscard]] bool is_void(const Block& block);
/// True if it is void although a trial of it had started, so that somebody may have seen how it would end.
[[nodiscard]] bool is_lost(const Block& block);

/// The time that its trials took: their sum, or in a duet, where they run at once, the longest.
[[nodiscard]] nanoseconds measuring_time(const Block& block, Design design);
/// Whether these blocks of two cells ran side by side, and so at the same time.
[[nodiscard]] bool ran_side_by_side(const Block& one, const Block& other);
/// If one of these blocks that ran side by side is void, all are: a trial is never measured beside others in one arm
/// and without them in the other. Those that are not void themselves are broken off.
void void_together(std::vector<Block>& blocks);
/// The time that all of these took, in the order in which they ended. Blocks that ran side by side took each of their
/// turns at once.
[[nodiscard]] nanoseconds measuring_time(std::span<const Block> blocks, Design design);

/// A block to run, drawn from the seed before anything is measured.
struct BlockOrder {
  std::size_t cell = 0;
  int number = 1;
  int rerun = 0;
  int padding = 0;
  std::vector<ArmIndex> arms;  ///< in the order in which to run them; in a duet, first that on the first CPU
  friend bool operator==(const BlockOrder&, const BlockOrder&) = default;
};

}  // namespace assay
