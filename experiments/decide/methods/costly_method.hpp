#pragma once

#include "experiments/decide/methods/method.hpp"
#include "stats/costly/costly_test.hpp"

namespace assay::decide {

/// Compares the few trials of a costly design by their permutations.
class CostlyMethod : public Method {
 public:
  CostlyMethod(MetricTestDesign design, double margin);

  void look(const PairedSeries& series, LookKind kind) override;
  [[nodiscard]] Effect confirm(const PairedSeries& fresh) override;
  [[nodiscard]] const stats::Look& claims() const override { return look_; }
  [[nodiscard]] double resolution() const override { return resolution_; }
  [[nodiscard]] Estimator estimator() const override { return Estimator::difference_of_means; }
  [[nodiscard]] std::optional<double> p_value() const override { return test_.p_value(); }
  [[nodiscard]] bool crossed() const override { return test_.crossed(); }

 private:
  MetricTestDesign design_;
  double margin_;
  stats::CostlyTest test_;
  stats::Look look_;
  double resolution_ = 0;
};

}  // namespace assay::decide
