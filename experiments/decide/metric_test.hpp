#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/metric.hpp"
#include "core/result.hpp"
#include "core/seed.hpp"
#include "experiments/decide/levels.hpp"
#include "experiments/decide/paired_series.hpp"
#include "experiments/decide/rules/verdict_rule.hpp"
#include "experiments/decide/share_test.hpp"
#include "stats/anytime/anytime_test.hpp"
#include "stats/costly/costly_test.hpp"
#include "stats/sequential/sequential_test.hpp"

namespace assay::decide {

enum class LookKind {
  scheduled,
  last,  ///< time is up: with all of alpha, at the blocks there are
};

/// A margin in percent of a control whose median is 0: the smallest number above 0, so that any difference counts.
inline constexpr double kForgivesNothing = std::numeric_limits<double>::min();

/// The margin on the analysis scale: ln(1 + margin) for a positive metric; that share of the median of control's
/// values for a difference or an exact value, or kForgivesNothing; points for a proportion.
[[nodiscard]] double margin_on_scale(const Metric& metric, const std::vector<double>& control_values);

/// Everything that one metric's test is fixed by.
struct MetricTestDesign {
  Metric metric;
  TestLevels levels;
  double kappa = 0.5;
  std::vector<int> looks;
  bool anytime = false;  ///< evidence that may be looked at after every block; then `looks` and `seed` are not needed
  std::vector<int> strata = {};  ///< of a costly design; empty in all others
  Seed seed{0};
};

/// The sequential test of one metric in one comparison, with its last look. What the values are decides how they are
/// compared (docs/methods/verdict.md): by the signed ranks of the effects; a yes or no per trial by its share, until
/// the first look that finds a fraction; what is the same in every trial exactly. Effects go in and come out as they
/// are (treatment against control); `last_look` is oriented so that above 0 is worse.
class MetricTest {
 public:
  explicit MetricTest(MetricTestDesign design) : design_(std::move(design)) {}

  /// Other looks than the design's. There was none yet.
  void choose_looks(std::vector<int> looks);

  /// Looks at the series, that of the look before with the blocks that came after it. A series with an unreadable value
  /// is not looked at, then or ever after.
  void look(const PairedSeries& series, LookKind kind);

  /// Takes the effect from blocks that were run after the stop, and from these alone, from now on.
  void confirm(const PairedSeries& fresh);

  [[nodiscard]] const Metric& metric() const { return design_.metric; }
  [[nodiscard]] const TestLevels& levels() const { return design_.levels; }
  /// On the analysis scale; 0 before the first look. A difference's margin is fixed at the first look.
  [[nodiscard]] double margin() const { return margin_; }
  [[nodiscard]] const std::optional<stats::Look>& last_look() const;
  [[nodiscard]] bool has_looked() const { return last_look_.has_value(); }
  /// What the last look claims; its estimate and intervals may not have been worked out. There was a look.
  [[nodiscard]] const stats::Look& claims() const { return *last_look_; }
  /// The verdict alone as the looks left it: what asks for stopping.
  [[nodiscard]] Verdict claim() const;
  [[nodiscard]] const std::optional<std::string>& unreadable() const { return unreadable_; }
  /// Each arm of a deterministic metric gave one and the same value so far: the difference is known, not estimated.
  [[nodiscard]] bool is_exact() const { return exact_; }
  /// Why a metric that was declared deterministic is not taken for one, as a sentence for people.
  [[nodiscard]] const std::optional<std::string>& varies() const { return varies_; }
  /// That a yes or no per trial turned out to be a fraction, as a sentence for people. What its share had shown is
  /// void.
  [[nodiscard]] const std::optional<std::string>& fractions() const { return fractions_; }
  /// By what the last look widened its intervals (diagnosis.hpp), on the analysis scale.
  [[nodiscard]] double resolution() const;
  /// Of a yes or no per trial, at the last look; nothing for other values.
  [[nodiscard]] std::optional<DiscordantCounts> discordant() const;
  /// Of a proportion without margin: treatment fails where control never did, or fails more often than control does.
  [[nodiscard]] bool vetoes() const { return vetoes_; }

  /// As the last look left it, or as fresh blocks did; inconclusive before the first look.
  [[nodiscard]] MetricVerdict verdict() const;
  /// Nothing before the first look and where a value was unreadable; likewise below.
  [[nodiscard]] std::optional<Effect> effect() const;
  /// Where fresh blocks gave `effect`: what the looks had shown.
  [[nodiscard]] std::optional<Effect> effect_at_stop() const;
  /// As in `effect`, without the cost of its p-value.
  [[nodiscard]] std::optional<double> estimate() const;
  [[nodiscard]] std::optional<Interval> interval() const;
  [[nodiscard]] std::optional<EquivalenceInterval> equivalence() const;
  [[nodiscard]] bool not_worse() const { return last_look_ && last_look_->not_above_margin; }

 private:
  void begin(const PairedSeries& series);
  [[nodiscard]] stats::SequentialTest sequential_test(std::vector<int> looks, const TestLevels& levels) const;
  /// From this look on: with the looks and the share of each level that are left. \param block  the first with one.
  void compare_as_fractions(std::size_t block);
  void look_anytime(const PairedSeries& series);
  void judge_exactness(const PairedSeries& series, std::span<const double> oriented);
  /// How a look is taken.
  struct LookSettings {
    double resolution = 0;
    bool last = false;
  };
  void look_at(const PairedSeries& series, std::span<const double> oriented, const LookSettings& settings);
  /// Fresh blocks alone, by one look.
  [[nodiscard]] MetricTest looked_at_once(const PairedSeries& series) const;
  [[nodiscard]] bool can_tell() const { return last_look_ && !unreadable_; }
  [[nodiscard]] Effect effect_of_looks() const;
  /// From measured to oriented and back: both are the same turn.
  [[nodiscard]] Interval turned(const Interval& interval) const;

  MetricTestDesign design_;
  double margin_ = 0;
  /// Where not every look needs it: worked out when it is asked for, from what was seen.
  mutable std::optional<double> resolution_;
  PairedSeries seen_;  ///< by an anytime test; empty for others
  std::optional<std::variant<stats::SequentialTest, stats::AnytimeTest, stats::CostlyTest>> test_;
  std::optional<ShareTest> shares_;  ///< beside a sequential test, while each trial is a yes or no
  double unspent_ = 1;               ///< of each level, when `test_` began
  std::optional<std::string> fractions_;
  /// An anytime look is completed when that is first asked for: after every block would cost too much.
  mutable std::optional<stats::Look> last_look_;
  mutable bool is_complete_ = true;
  std::optional<Effect> confirmed_;  ///< as measured
  std::optional<std::string> unreadable_;
  bool exact_ = false;
  std::optional<std::string> varies_;
  bool vetoes_ = false;
};

}  // namespace assay::decide
