#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/result/diagnostic.hpp"
#include "core/result/effect.hpp"
#include "experiments/decide/blocks/paired_series.hpp"
#include "experiments/decide/methods/metric_test_design.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::decide {

/// Blocks in which only one arm did worse; oriented effects above 0 are worse treatments.
struct DiscordantCounts {
  int blocks = 0;
  int treatment_worse = 0;
  int control_worse = 0;
};

/// What a reader should know about a metric's values, as a sentence for people.
struct Remark {
  DiagnosticKind kind = DiagnosticKind::varies;
  std::string sentence;
};

/// One way to compare the values of a metric in two arms (docs/methods/verdict.md). Looks are oriented: above 0 is
/// worse. Confirmed effects are as measured.
class Method {
 public:
  virtual ~Method() = default;

  /// Looks at the series: that of the look before with the blocks that came after it.
  virtual void look(const PairedSeries& series, LookKind kind) = 0;
  /// The effect that blocks run after the stop show by themselves; also adds to the remark what they show.
  [[nodiscard]] virtual Effect confirm(const PairedSeries& fresh) = 0;

  /// What the last look claims; there was one, also for all that follow. Its estimate and its intervals may be missing.
  [[nodiscard]] virtual const stats::Look& claims() const = 0;
  /// The last look with its estimate and its intervals.
  [[nodiscard]] virtual const stats::Look& last_look() const { return claims(); }
  /// By how much the last look widened its intervals (diagnosis.hpp), on the analysis scale.
  [[nodiscard]] virtual double resolution() const = 0;
  [[nodiscard]] virtual Estimator estimator() const = 0;
  /// Sequential, two-sided; empty if the effect is known and not estimated.
  [[nodiscard]] virtual std::optional<double> p_value() const = 0;
  /// Whether the test at the design's own levels has crossed its boundary at 0, now or earlier.
  [[nodiscard]] virtual bool crossed() const = 0;
  /// For a proportion without margin: treatment fails where control never did, or fails more often than control does.
  [[nodiscard]] virtual bool vetoes() const { return claims().above_zero; }
  /// Whether it vetoes, or would if lost blocks had ended badly for treatment.
  [[nodiscard]] virtual bool may_veto() const { return vetoes(); }
  /// Only for a yes or no per trial.
  [[nodiscard]] virtual std::optional<DiscordantCounts> discordant() const { return std::nullopt; }
  [[nodiscard]] const std::optional<Remark>& remark() const { return remark_; }

 protected:
  std::optional<Remark> remark_;
};

/// The method that fits the design and the series of the first look. \param margin  on the analysis scale.
[[nodiscard]] std::unique_ptr<Method> choose_method(const MetricTestDesign& design, double margin,
                                                    const PairedSeries& series);

/// The p that is printed: at most the level of the test if that was crossed, by the rules that say so.
struct ShownP {
  std::optional<double> p;
  bool is_bound = false;  ///< the p-value is larger than this
};
[[nodiscard]] ShownP shown_p(std::optional<double> p, bool crossed, double level, const RuleSet& rules);

/// The effect at the method's last look, as measured.
[[nodiscard]] Effect effect_of(const Method& method, const MetricTestDesign& design);

}  // namespace assay::decide
