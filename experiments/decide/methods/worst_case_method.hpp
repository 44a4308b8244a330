#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "experiments/decide/methods/method.hpp"

namespace assay::decide {

/// How much of a series a look saw.
struct SeriesExtent {
  std::size_t blocks = 0;
  std::size_t control_values = 0;
  std::size_t treatment_values = 0;
  friend bool operator==(const SeriesExtent&, const SeriesExtent&) = default;
};
[[nodiscard]] SeriesExtent extent_of(const PairedSeries& series);
/// What was there at an earlier look. \param extent  of a series that this one continues.
[[nodiscard]] PairedSeries prefix_of(const PairedSeries& series, const SeriesExtent& extent);

/// A look at a series that had lost no block yet.
struct SeenLook {
  SeriesExtent extent;
  LookKind kind = LookKind::scheduled;
};

/// Two tests of the same series. Each sees lost blocks as a failure of one arm.
struct MethodsOfSides {
  std::unique_ptr<Method> with_failed_treatments;  ///< shows "improved" and "not worse"
  std::unique_ptr<Method> with_failed_controls;    ///< shows "regressed"
};

/// Takes every lost block at its worst for what is to be shown (docs/methods/lost-blocks.md), so that choosing what to
/// lose can only hurt the claim: a claim that treatment is better, or not worse, rests on a test in which treatment
/// failed there, and a claim that it is worse on one in which control did. Equivalence needs both. The estimate is that
/// of the values which the blocks gave when they were run again.
class WorstCaseMethod : public Method {
 public:
  /// \param plain  the method without losses; all three have taken the same looks.
  WorstCaseMethod(const MetricTestDesign& design, std::unique_ptr<Method> plain, MethodsOfSides sides);

  void look(const PairedSeries& series, LookKind kind) override;
  [[nodiscard]] Effect confirm(const PairedSeries& fresh) override { return plain_->confirm(fresh); }
  [[nodiscard]] const stats::Look& claims() const override { return claims_; }
  [[nodiscard]] const stats::Look& last_look() const override;
  [[nodiscard]] double resolution() const override;
  [[nodiscard]] Estimator estimator() const override;
  [[nodiscard]] std::optional<double> p_value() const override;
  [[nodiscard]] bool crossed() const override { return crossed_; }
  [[nodiscard]] bool vetoes() const override { return sides_.with_failed_controls->vetoes(); }
  [[nodiscard]] bool may_veto() const override { return sides_.with_failed_treatments->vetoes(); }
  [[nodiscard]] std::optional<DiscordantCounts> discordant() const override { return plain_->discordant(); }

 private:
  Metric metric_;
  double level_;
  std::unique_ptr<Method> plain_;
  MethodsOfSides sides_;
  stats::Look claims_;
  mutable stats::Look last_look_;
  bool crossed_ = false;
};

}  // namespace assay::decide
