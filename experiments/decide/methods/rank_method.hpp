#pragma once

#include "experiments/decide/methods/method.hpp"

namespace assay::decide {

/// Compares by the signed ranks of the effects, at the looks of a group-sequential test.
class RankMethod : public Method {
 public:
  RankMethod(MetricTestDesign design, double margin);

  void look(const PairedSeries& series, LookKind kind) override;
  [[nodiscard]] Effect confirm(const PairedSeries& fresh) override;
  [[nodiscard]] const stats::Look& claims() const override { return look_; }
  [[nodiscard]] double resolution() const override { return resolution_; }
  [[nodiscard]] Estimator estimator() const override { return Estimator::hodges_lehmann; }
  [[nodiscard]] std::optional<double> p_value() const override { return test_.p_value(); }
  [[nodiscard]] bool crossed() const override { return test_.crossed(); }

 private:
  MetricTestDesign design_;
  double margin_;
  stats::SequentialTest test_;
  stats::Look look_;
  double resolution_ = 0;
};

/// The sequential test of such a design.
[[nodiscard]] stats::SequentialTest sequential_test(const MetricTestDesign& design, double margin);

}  // namespace assay::decide
