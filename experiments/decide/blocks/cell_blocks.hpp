#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/verdict.hpp"
#include "core/variable.hpp"

namespace assay::decide {

/// The trials of one arm in a block, in the order in which they ran.
[[nodiscard]] std::vector<const Trial*> trials_of(const Block& block, ArmIndex arm);
/// True if any of its trials gave no value that counts.
[[nodiscard]] bool arm_failed(const Block& block, ArmIndex arm);

class CellBlocks;
/// Why the cell can have no verdict, whatever its finished blocks show: the same block was void 10 times in a row, 2.5
/// times as many trials were started as were planned, or voids came from the trials of a treatment far more often than
/// from those of control or the other way round (10 to none, 0.2 % by a fair coin): an arm that voids its own bad
/// blocks chooses what counts. Empty if none of these holds.
[[nodiscard]] std::optional<VerdictReason> flaw_of_void_blocks(const CellBlocks& blocks, double planned_trials);

/// The blocks of one cell in the order of the schedule, whatever the order in which they ended. The trials of a costly
/// design come one by one: the first of every arm make block 1, the second ones block 2.
class CellBlocks {
 public:
  CellBlocks(const Plan& plan, std::size_t cell);

  /// Takes a block in. A void one is counted and not kept. One that was lost before is kept with the number of its
  /// losses as they were counted here, whatever it says itself.
  /// \throws Error (invalid) for a block that this plan cannot have: an arm missing or twice, values that do not match
  /// the metrics, a number twice.
  void add(const Block& block);

  /// From now on blocks have trials of only these arms, those still in a race. At first they have all arms.
  void expect(std::vector<ArmIndex> arms) { expected_ = std::move(arms); }

  /// Blocks 1, 2, 3 ... without a gap. Only these are analysed: taking the first ones to finish would favour short
  /// trials.
  [[nodiscard]] std::span<const Block> leading() const { return leading_; }
  [[nodiscard]] int leading_count() const { return static_cast<int>(leading_.size()); }
  /// True if a trial of a leading block failed.
  [[nodiscard]] bool any_failed() const { return any_failed_; }
  /// Blocks of the schedule without a gap: as many, except in a costly design, where each is one trial.
  [[nodiscard]] int scheduled_count() const { return scheduled_; }
  /// All that are not void, including those after a gap.
  [[nodiscard]] int complete_count() const;
  /// Trials of every block, including void ones.
  [[nodiscard]] int trials_started() const { return trials_started_; }
  /// Blocks in which a hook or a state proof failed.
  [[nodiscard]] int void_count() const { return void_count_; }
  /// Blocks that were broken off, or void, after a trial of them had started; 0 by rules that forget them.
  [[nodiscard]] int lost_count() const { return lost_count_; }
  /// Trials of each arm after which its conclude hooks failed, although their figures stand.
  [[nodiscard]] const std::vector<int>& failed_concludes() const { return failed_concludes_; }
  /// Trials of each arm whose hook or state proof failed.
  [[nodiscard]] const std::vector<int>& void_trials_by_arm() const { return void_trials_by_arm_; }
  /// The largest number of times that the same block was void in a row.
  [[nodiscard]] int most_reruns() const { return most_reruns_; }

 private:
  [[noreturn]] void refuse_block(const Block& block, std::string_view what) const;
  void check(const Block& block) const;
  void check_trials(const Block& block, const std::vector<int>& trials_of_arm) const;
  void count_trials(const Block& block);
  void add_void(const Block& block);
  void lead(Block block);

  std::size_t cell_;
  std::vector<std::size_t> beside_;  ///< the cells that run side by side with it
  std::size_t arms_;
  std::vector<ArmIndex> expected_;
  std::size_t metrics_;
  int rounds_;  ///< trials of each arm in a block
  bool costly_;
  std::vector<Block> leading_;
  bool losses_count_;
  std::vector<std::deque<Block>> unpaired_;  ///< by arm: blocks of a costly design that wait for the other arms'
  int scheduled_ = 0;
  std::map<int, Block> waiting_;
  std::map<int, int> voids_of_number_;
  std::map<int, int> losses_of_number_;
  std::vector<int> void_trials_by_arm_;
  std::vector<int> failed_concludes_;
  bool any_failed_ = false;
  int trials_started_ = 0;
  int void_count_ = 0;
  int lost_count_ = 0;
  int most_reruns_ = 0;
};

}  // namespace assay::decide
