#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/result/effect.hpp"
#include "experiments/decide/blocks/margin.hpp"
#include "experiments/decide/blocks/paired_series.hpp"
#include "experiments/decide/methods/method.hpp"
#include "experiments/decide/methods/metric_test_design.hpp"
#include "experiments/decide/methods/worst_case_method.hpp"
#include "experiments/decide/rules/verdict_rule.hpp"

namespace assay::decide {

/// The test of one metric in one comparison, with its last look. The design and the values of the first look decide by
/// which method they are compared (docs/methods/verdict.md): signed ranks, anytime evidence, permutations of costly
/// trials, shares of yes and no, or exactly. Effects go in and come out as they are (treatment against control);
/// `last_look` is oriented so that above 0 is worse.
class MetricTest {
 public:
  explicit MetricTest(MetricTestDesign design) : design_(std::move(design)) {}

  /// Other looks than the design's. There was none yet.
  void choose_looks(std::vector<int> looks);

  /// Looks at the series: that of the look before with the blocks that came after it. A series with an unreadable value
  /// is not looked at, neither then nor later.
  void look(const PairedSeries& series, LookKind kind);

  /// Takes the effect from blocks that were run after the stop, and only from these, from now on.
  void confirm(const PairedSeries& fresh);

  /// From now on fresh blocks judge what was claimed, by a test of their own at the same levels, kappa and margin.
  /// \param looks  at fresh blocks. There was a look.
  void begin_confirmation(std::vector<int> looks, Seed seed);
  /// Looks at the fresh blocks so far, and quotes only these from now on.
  void look_at_fresh(const PairedSeries& fresh, LookKind kind);
  /// What the fresh blocks claim by themselves; inconclusive before their first look.
  [[nodiscard]] Verdict fresh_claim() const;

  [[nodiscard]] const Metric& metric() const { return design_.metric; }
  [[nodiscard]] const TestLevels& levels() const { return design_.levels; }
  /// On the analysis scale; 0 before the first look. A difference's margin is fixed at the first look.
  [[nodiscard]] double margin() const { return margin_; }
  /// Empty before the first look.
  [[nodiscard]] std::optional<stats::Look> last_look() const;
  [[nodiscard]] bool has_looked() const { return method_ != nullptr; }
  /// What the last look claims; its estimate and its intervals may be missing. There was a look.
  [[nodiscard]] const stats::Look& claims() const { return method_->claims(); }
  /// The verdict as the looks left it, whatever fresh blocks show: what asks for stopping.
  [[nodiscard]] Verdict claim() const;
  /// The p-value of `effect` before it was bounded by the test's level. Empty as `effect` is.
  [[nodiscard]] std::optional<double> p_value() const;
  /// Whether it is compared by signed ranks at scheduled looks. There was a look.
  [[nodiscard]] bool is_by_ranks() const;
  /// Whether the test at its own levels has crossed its boundary at 0.
  [[nodiscard]] bool crossed() const;
  /// The first value that cannot be compared.
  [[nodiscard]] const std::optional<UnreadableValue>& unreadable() const { return unreadable_; }
  /// True if each arm of a deterministic metric has given one and the same value so far: the difference is known.
  [[nodiscard]] bool is_exact() const;
  /// A remark for the reader: a metric that was declared deterministic varies, or a yes or no turned out to be a
  /// fraction, which voids what the shares had shown. nullptr if there is none.
  [[nodiscard]] const Remark* remark() const;
  /// By how much the last look widened its intervals (diagnosis.hpp), on the analysis scale.
  [[nodiscard]] double resolution() const;
  /// For a yes or no per trial, at the last look; empty for other values.
  [[nodiscard]] std::optional<DiscordantCounts> discordant() const;
  /// For a proportion without margin: treatment fails where control never did, or fails more often than control does.
  [[nodiscard]] bool vetoes() const { return method_ && method_->vetoes(); }
  /// The same if every lost block had ended badly for treatment.
  [[nodiscard]] bool may_veto() const { return method_ && method_->may_veto(); }

  /// As the last look left it, or as fresh blocks did; inconclusive before the first look.
  [[nodiscard]] MetricVerdict verdict() const;
  /// Empty before the first look and if a value was unreadable, as the next four are.
  [[nodiscard]] std::optional<Effect> effect() const;
  /// What the looks had shown, if `effect` comes from fresh blocks; empty otherwise.
  [[nodiscard]] std::optional<Effect> effect_at_stop() const;
  /// As in `effect`, without the cost of its p-value.
  [[nodiscard]] std::optional<double> estimate() const;
  [[nodiscard]] std::optional<Interval> interval() const;
  [[nodiscard]] std::optional<EquivalenceInterval> equivalence() const;
  [[nodiscard]] bool not_worse() const;

 private:
  /// The test that is quoted: that of the fresh blocks once it has looked.
  [[nodiscard]] const MetricTest& quoted() const;
  [[nodiscard]] MetricVerdict verdict_of_looks() const;
  /// From now on lost blocks are taken at their worst. There were none at earlier looks.
  void begin_taking_losses(const PairedSeries& series);
  [[nodiscard]] bool can_tell() const { return method_ && !unreadable_; }
  void withhold_equivalence(const PairedSeries& series);
  [[nodiscard]] MetricVerdict after_withholding(const MetricVerdict& shown) const;

  MetricTestDesign design_;
  double margin_ = 0;
  std::unique_ptr<Method> method_;  ///< chosen at the first look
  std::vector<SeenLook> seen_;      ///< every look so far, until a block was lost
  bool takes_losses_ = false;
  std::optional<Effect> confirmed_;        ///< by one interval of fresh blocks
  std::unique_ptr<MetricTest> fresh_;      ///< the sequential test of fresh blocks
  std::optional<VerdictReason> withheld_;  ///< why equivalence is not claimed at this look although it is shown
  bool was_withheld_ = false;              ///< now or at an earlier look
  std::optional<UnreadableValue> unreadable_;
};

}  // namespace assay::decide
