#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/decide/blocks/cell_blocks.hpp"
#include "experiments/decide/comparison/comparison_state.hpp"
#include "experiments/decide/levels/looks.hpp"
#include "experiments/decide/race/level_pairs.hpp"

namespace assay::decide {

/// How a level left the race, if it did.
struct LevelExit {
  LevelFate fate = LevelFate::surviving;
  std::optional<ArmIndex> beaten_by;
  std::optional<int> blocks;  ///< at the look at which it left
};

/// The race of all levels in one cell, and the fresh blocks that confirm its winner (docs/methods/levels.md).
///
/// It is fed block by block. Which levels the next blocks have follows only from the blocks so far, so that a resumed
/// attempt goes on as it would have.
class LevelRace {
 public:
  /// \param plan, confirmation_plan  must outlive it.
  LevelRace(const Plan& plan, const Plan& confirmation_plan, std::size_t cell);

  /// \throws Error (invalid) for a block that the race cannot have.
  void add(const Block& block);
  /// One last look at what there is.
  void cut_by_time();
  void close_with(const MetricVerdict& verdict, Stop stop);

  [[nodiscard]] bool open() const { return !over_; }
  [[nodiscard]] int blocks_to_next_look() const;
  /// Ascending.
  [[nodiscard]] const std::vector<ArmIndex>& arms_of_next_blocks() const { return arms_; }

  [[nodiscard]] std::size_t cell() const { return cell_; }
  [[nodiscard]] const CellBlocks& blocks() const { return blocks_; }
  [[nodiscard]] const LevelPairs& pairs() const { return pairs_; }
  [[nodiscard]] const std::vector<LevelExit>& exits() const { return exits_; }
  [[nodiscard]] std::vector<ArmIndex> surviving() const;
  /// The one that is left, or the first listed of those that are equivalent; empty if several may be the best.
  [[nodiscard]] std::optional<ArmIndex> best() const { return best_; }
  /// What ended the race itself; empty while it goes on.
  [[nodiscard]] std::optional<Stop> stop() const { return stop_; }
  [[nodiscard]] std::span<const Block> searched() const;
  [[nodiscard]] const std::optional<ComparisonState>& confirmation() const { return confirmation_; }
  [[nodiscard]] std::span<const Block> confirming() const;
  /// A verdict, invalid or interrupted, that holds whatever was measured.
  [[nodiscard]] const std::optional<MetricVerdict>& forced() const { return forced_; }

 private:
  void choose_looks();
  void look(int blocks, LookKind kind);
  void drop(ArmIndex level, const LevelExit& exit);
  void drop_beaten(std::span<const Block> blocks);
  void end_search(Stop stop, std::optional<ArmIndex> best);
  void look_at_confirmation();
  void check_void_blocks();

  const Plan* plan_;
  const Plan* confirmation_plan_;
  std::size_t cell_;
  CellBlocks blocks_;
  LevelPairs pairs_;
  Looks looks_;
  std::vector<ArmIndex> arms_;
  std::vector<LevelExit> exits_;  ///< one for each level
  std::optional<ArmIndex> best_;
  std::optional<Stop> stop_;
  int searched_ = 0;  ///< blocks of the race when it ended
  std::optional<ComparisonState> confirmation_;
  std::optional<Looks> confirming_looks_;
  bool over_ = false;
  std::optional<MetricVerdict> forced_;
};

}  // namespace assay::decide
