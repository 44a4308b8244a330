#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::decide {

/// How long trials take, as far as the looks depend on it.
enum class TrialLength {
  brief,
  minutes,  ///< one or more: a block then costs more than the few blocks that looking after every one adds
};

/// Decided by the median over blocks of the geometric mean of their trials' wall times. Swapping the arms of any block
/// changes no such mean, neither under no effect nor under a constant factor: looks that are chosen by it before the
/// first one leave the sign of each effect a fair coin.
[[nodiscard]] TrialLength trial_length(std::span<const Block> blocks);

/// Blocks at which the attempt looks; for an anytime protocol only the first.
[[nodiscard]] std::vector<int> looks_of(const Protocol& protocol, TrialLength length = TrialLength::brief);

/// The protocol by which fresh blocks confirm a claim: one look at a stated number of them (rules 1), or looks from
/// that number on up to as many blocks as the attempt may have.
[[nodiscard]] Protocol confirming_protocol(const Plan& plan);
/// The largest number of fresh blocks that a comparison may need; 0 if none are asked for, kNoCap if there is no cap.
[[nodiscard]] int most_fresh_blocks(const Plan& plan);
/// The same for counting: 0 if there is no cap.
[[nodiscard]] double planned_fresh_blocks(const Plan& plan);

/// The looks of one cell, or of a suite, and how many of them were taken.
class Looks {
 public:
  explicit Looks(const Protocol& protocol);

  /// Blocks at the next look. An anytime protocol looks after every block from the first look on, without end.
  [[nodiscard]] int next() const;
  [[nodiscard]] bool none_taken() const { return taken_ == 0; }
  void take() { ++taken_; }

  /// Replaces the planned looks by those that the blocks of the first look ask for, if that look stays the same.
  /// Returns the looks from now on.
  const std::vector<int>& choose_after(std::span<const Block> first_blocks);
  [[nodiscard]] std::size_t first() const { return static_cast<std::size_t>(looks_.front()); }

 private:
  Protocol protocol_;
  std::vector<int> looks_;
  std::size_t taken_ = 0;
};

}  // namespace assay::decide
