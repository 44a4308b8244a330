#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/decide/rules/decision_rule.hpp"

namespace assay::decide {

/// A snapshot of the primary comparison, for the progress line.
struct Progress {
  int blocks = 0;  ///< complete in the cell
  int cap = 0;
  std::optional<double> estimate;  ///< as in Effect, at the last look; empty before the first
  std::optional<Interval> interval;
};

/// The outcome of a comparison without the figures that only a report needs: no p-value, check, guard or advice. For
/// callers that judge thousands.
struct ComparisonOutline {
  Verdict verdict = Verdict::inconclusive;
  VerdictReason reason = VerdictReason::none;
  Stop stop = Stop::cap;
  bool not_worse = false;          ///< by the margin
  int blocks = 0;                  ///< complete ones, analysed
  std::optional<double> estimate;  ///< as in Effect
  std::optional<Interval> interval;
  friend bool operator==(const ComparisonOutline&, const ComparisonOutline&) = default;
};

/// One way to analyse an attempt: its cells one by one, their average, or a race of its levels. AttemptAnalysis says
/// what the functions mean.
class Analysis {
 public:
  Analysis() = default;
  Analysis(const Analysis&) = delete;
  Analysis& operator=(const Analysis&) = delete;
  virtual ~Analysis() = default;

  virtual void add(const Block& block) = 0;
  virtual void set_audit(const AuditResult& audit) = 0;
  virtual void cut_by_time() = 0;
  virtual void close_interrupted() = 0;
  [[nodiscard]] virtual std::optional<double> chance_left() const { return std::nullopt; }
  virtual void stop_as_futile() {}
  [[nodiscard]] virtual bool was_futile() const { return false; }

  [[nodiscard]] virtual bool finished() const = 0;
  [[nodiscard]] virtual int blocks_to_next_look(std::size_t cell) const = 0;
  [[nodiscard]] virtual std::vector<ArmIndex> arms_of_next_blocks(std::size_t cell) const = 0;
  [[nodiscard]] virtual int complete_blocks(std::size_t cell) const = 0;

  [[nodiscard]] virtual Progress progress(std::size_t cell) const = 0;
  [[nodiscard]] virtual AttemptResult result() const = 0;
  [[nodiscard]] virtual std::vector<ComparisonOutline> outlines() const = 0;
  [[nodiscard]] virtual const Plan& plan() const = 0;
};

/// Whether another attempt may follow this one, as far as can be known yet: an unfinished one leaves itself, and so
/// does one that was stopped as futile, which may go on.
[[nodiscard]] AttemptsLeft attempts_left_after(const Analysis& analysis);

}  // namespace assay::decide
