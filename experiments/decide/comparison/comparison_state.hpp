#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/decide/levels/levels.hpp"
#include "experiments/decide/levels/looks.hpp"
#include "experiments/decide/methods/metric_test.hpp"
#include "experiments/decide/rules/failure_rule.hpp"
#include "experiments/decide/rules/verdict_rule.hpp"

namespace assay::decide {

/// Whose evidence ends the measuring of a comparison.
enum class StopsBy {
  its_own,
  the_suite,  ///< the average over all cells; the comparison is shown beside it
  the_race,   ///< the race of all levels of the cell
};

/// What a comparison compares, and what stops it.
struct ComparisonSettings {
  std::size_t cell = 0;
  ArmIndex treatment = 1;
  StopsBy stops_by = StopsBy::its_own;
  bool others_may_improve = false;  ///< see StopEvidence
};

/// Diagnoses draw their own numbers in each comparison.
[[nodiscard]] Seed seed_of_diagnosis(const Plan& plan, const ComparisonSettings& settings);

/// One treatment against control in one cell, while blocks come in: the tests of its metrics, and whether it is over.
class ComparisonState {
 public:
  /// \param plan  must outlive it.
  ComparisonState(const Plan& plan, const ComparisonSettings& settings, const TestCounts& counts);

  /// Other looks than the plan's own for all tests. There was none yet.
  void choose_looks(const std::vector<int>& looks);
  /// Looks with every test that is still needed. \param blocks  as many as the look asks for.
  void look(std::span<const Block> blocks, LookKind kind);

  [[nodiscard]] bool open() const { return !stop_; }
  /// Open, and not yet stopped: looks are still taken.
  [[nodiscard]] bool measuring() const { return open() && !stopped_at_; }
  /// Open, and stopped: only fresh blocks are still wanted.
  [[nodiscard]] bool confirming() const { return open() && stopped_at_.has_value(); }
  /// What ends it after its last look; empty if it goes on.
  [[nodiscard]] std::optional<Stop> wants_to_stop() const;
  /// The looks have stopped after this many blocks, and fresh ones are to confirm what they claim.
  /// \param length  of the trials so far, if a sequential test of fresh blocks follows.
  void begin_confirmation(int blocks, TrialLength length);
  /// Blocks at which the fresh ones are looked at next. It is confirming.
  [[nodiscard]] int next_fresh_look() const;
  /// Whether the fresh blocks need no more looks: they claim something, or there may be no more of them.
  [[nodiscard]] std::optional<Stop> fresh_stop() const;
  /// A scheduled look of the sequential test at fresh blocks, or its last one. \param fresh  all that it asks for.
  void look_at_fresh(std::span<const Block> fresh, LookKind kind);
  /// Blocks at its last look; 0 before the first.
  [[nodiscard]] int looked_at() const { return static_cast<int>(seen_.front().count); }
  /// Blocks at its stop; empty unless fresh blocks confirm, or have confirmed, what it claims.
  [[nodiscard]] std::optional<int> stopped_at() const { return stopped_at_; }
  /// \param fresh  all the blocks run after the stop to confirm it.
  void confirm(std::span<const Block> fresh);

  /// \param blocks  the number of complete ones, by which its trials and failures are counted.
  void close(Stop stop, int blocks);
  /// Ends it with a verdict that no look gave: invalid, or interrupted. Allowed also after it was closed.
  void close_with(const MetricVerdict& verdict, Stop stop, int blocks);

  [[nodiscard]] std::size_t cell() const { return settings_.cell; }
  [[nodiscard]] ArmIndex treatment() const { return settings_.treatment; }
  [[nodiscard]] const MetricTest& primary() const { return tests_.front(); }
  /// One for each metric that applies to the workload: primary first, then guards, controls, observed.
  [[nodiscard]] const std::vector<MetricTest>& tests() const { return tests_; }
  /// Index among the plan's metrics of each test's metric.
  [[nodiscard]] const std::vector<std::size_t>& metrics() const { return metrics_; }
  [[nodiscard]] GuardStatus guard_status(std::size_t test) const { return guards_.at(test); }
  [[nodiscard]] bool guard_failed() const;
  /// True if every guard has passed or failed, or cannot be judged.
  [[nodiscard]] bool guards_settled() const;
  /// By the rule only, or as it was forced; diagnoses come later.
  [[nodiscard]] MetricVerdict verdict() const;
  [[nodiscard]] bool is_forced() const { return forced_.has_value(); }
  [[nodiscard]] std::optional<Stop> stop() const { return stop_; }
  /// Blocks at its close; empty while it is open.
  [[nodiscard]] std::optional<int> closed_at() const { return closed_at_; }

 private:
  [[nodiscard]] bool primary_is_settled() const;
  void settle_guards();
  /// \param blocks  those of the look before, and more.
  [[nodiscard]] const PairedSeries& series_of(std::size_t test, std::span<const Block> blocks);

  /// A series is added to from look to look: there may be one after every block.
  struct SeenBlocks {
    PairedSeries series;
    std::size_t count = 0;
  };

  const Plan* plan_;
  ComparisonSettings settings_;
  std::vector<std::size_t> metrics_;
  std::vector<MetricTest> tests_;
  std::vector<SeenBlocks> seen_;     ///< one per test, at its last look
  std::vector<GuardStatus> guards_;  ///< one per test; what a margin has shown stays so
  bool last_look_ = false;
  std::optional<int> stopped_at_;
  std::optional<Looks> fresh_looks_;  ///< of the sequential test of fresh blocks
  int fresh_seen_ = 0;                ///< at its last look
  std::optional<Stop> stop_;
  std::optional<int> closed_at_;
  std::optional<MetricVerdict> forced_;
};

}  // namespace assay::decide
