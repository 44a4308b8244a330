#pragma once

#include "experiments/decide/methods/method.hpp"
#include "stats/anytime/anytime_test.hpp"

namespace assay::decide {

/// Compares by evidence that may be looked at after every block. The estimate and the intervals of a look are worked
/// out only when someone asks for them: after every block they would cost too much.
class AnytimeMethod : public Method {
 public:
  AnytimeMethod(MetricTestDesign design, double margin);

  /// The kind does not matter: anytime evidence is the same, whoever asked for the look.
  void look(const PairedSeries& series, LookKind kind) override;
  [[nodiscard]] Effect confirm(const PairedSeries& fresh) override;
  [[nodiscard]] const stats::Look& claims() const override { return look_; }
  [[nodiscard]] const stats::Look& last_look() const override;
  [[nodiscard]] double resolution() const override;
  [[nodiscard]] Estimator estimator() const override { return Estimator::hodges_lehmann; }
  [[nodiscard]] std::optional<double> p_value() const override { return test_.p_value(); }
  [[nodiscard]] bool crossed() const override { return crossed_; }

 private:
  MetricTestDesign design_;
  double margin_;
  stats::AnytimeTest test_;
  PairedSeries seen_;  ///< as far as a resolution depends on it
  mutable stats::Look look_;
  bool crossed_ = false;
  mutable bool is_complete_ = false;
  mutable std::optional<double> resolution_;  ///< of the last look
};

}  // namespace assay::decide
