#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result.hpp"

namespace assay::decide {

/// A snapshot of the primary comparison, for the progress line.
struct Progress {
  int blocks = 0;  ///< complete in the cell
  int cap = 0;
  std::optional<double> estimate;  ///< as in Effect, at the last look; nothing before the first
  std::optional<Interval> interval;
};

/// What a comparison comes to, as `AttemptAnalysis::result` has it, without the figures that only a report needs: no
/// p-value, check, guard or advice. For those who judge thousands.
struct ComparisonOutline {
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  Stop stop = Stop::cap;
  int blocks = 0;                  ///< complete ones, analysed
  std::optional<double> estimate;  ///< as in Effect
  std::optional<Interval> interval;
  friend bool operator==(const ComparisonOutline&, const ComparisonOutline&) = default;
};

/// The analysis of one attempt, fed block by block; a pure function of the plan, the audit and the blocks in the order
/// given. Resuming and verifying feed it what was journalled and arrive at the same result.
class AttemptAnalysis {
 public:
  explicit AttemptAnalysis(const Plan& plan);
  ~AttemptAnalysis();
  AttemptAnalysis(AttemptAnalysis&&) noexcept;
  AttemptAnalysis& operator=(AttemptAnalysis&&) noexcept;

  /// Takes one block in; looks when a look falls due. Void blocks are counted and otherwise ignored.
  void add(const Block& block);

  /// What must not differ between the arms does: the attempt is over.
  void set_audit(const AuditResult& audit);

  /// Nothing more needs measuring.
  [[nodiscard]] bool finished() const;
  /// Blocks the cell still needs to its next look; 0 where it is decided.
  [[nodiscard]] int blocks_to_next_look(std::size_t cell) const;
  /// The arms that the blocks up to the cell's next look have, ascending: of racing levels those that are left.
  [[nodiscard]] std::vector<ArmIndex> arms_of_next_blocks(std::size_t cell) const;
  /// Complete blocks the cell has.
  [[nodiscard]] int complete_blocks(std::size_t cell) const;

  /// Time is up: one last look with all of alpha at the blocks there are, in every open cell.
  void cut_by_time();
  /// A person closed the attempt: no look; what is open stays inconclusive.
  void close_interrupted();

  [[nodiscard]] Progress progress(std::size_t cell) const;
  /// May be asked at any time; of an unfinished attempt it tells how things stand.
  [[nodiscard]] AttemptResult result() const;
  /// Of every comparison, in the order of the result's.
  [[nodiscard]] std::vector<ComparisonOutline> outlines() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::decide
