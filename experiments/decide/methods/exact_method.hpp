#pragma once

#include "experiments/decide/methods/method.hpp"

namespace assay::decide {

/// Compares the values of a deterministic metric exactly, as long as each arm gives one and the same value in every
/// trial: the difference is then known, not estimated. From the first value that varies on another method judges, which
/// has seen every look.
class ExactMethod : public Method {
 public:
  ExactMethod(MetricTestDesign design, double margin, std::unique_ptr<Method> otherwise);

  void look(const PairedSeries& series, LookKind kind) override;
  [[nodiscard]] Effect confirm(const PairedSeries& fresh) override;
  [[nodiscard]] const stats::Look& claims() const override { return exact_ ? *exact_ : otherwise_->claims(); }
  [[nodiscard]] const stats::Look& last_look() const override { return exact_ ? *exact_ : otherwise_->last_look(); }
  [[nodiscard]] double resolution() const override { return otherwise_->resolution(); }
  [[nodiscard]] Estimator estimator() const override { return exact_ ? Estimator::exact : otherwise_->estimator(); }
  [[nodiscard]] std::optional<double> p_value() const override { return exact_ ? std::nullopt : otherwise_->p_value(); }
  [[nodiscard]] bool crossed() const override { return otherwise_->crossed(); }

 private:
  MetricTestDesign design_;
  double margin_;
  std::unique_ptr<Method> otherwise_;
  std::optional<stats::Look> exact_;  ///< the last look, if the difference is known
};

}  // namespace assay::decide
