#pragma once

#include "experiments/decide/methods/method.hpp"
#include "experiments/decide/methods/rank_method.hpp"
#include "experiments/decide/methods/share_test.hpp"

namespace assay::decide {

/// True if each block has one value of each arm and every value is 0 or 1.
[[nodiscard]] bool is_yes_or_no(const PairedSeries& series);

/// Compares a yes or no per trial by the shares of the arms (docs/methods/proportions.md). From the first look that
/// finds a fraction on, the signed ranks judge, with the looks and the part of each level that are left.
class ShareMethod : public Method {
 public:
  ShareMethod(MetricTestDesign design, double margin);

  void look(const PairedSeries& series, LookKind kind) override;
  [[nodiscard]] Effect confirm(const PairedSeries& fresh) override;
  [[nodiscard]] const stats::Look& claims() const override { return ranks_ ? ranks_->claims() : look_; }
  [[nodiscard]] double resolution() const override { return ranks_ ? ranks_->resolution() : resolution_; }
  [[nodiscard]] Estimator estimator() const override;
  [[nodiscard]] std::optional<double> p_value() const override;
  [[nodiscard]] bool crossed() const override { return ranks_ ? ranks_->crossed() : signs_.crossed(); }
  [[nodiscard]] bool vetoes() const override { return vetoes_; }
  [[nodiscard]] std::optional<DiscordantCounts> discordant() const override;

 private:
  void look_at_shares(const PairedSeries& series, LookKind kind);
  /// \param block  the first with a fraction.
  void compare_as_fractions(std::size_t block);

  MetricTestDesign design_;
  double margin_;
  stats::SequentialTest signs_;  ///< of the effects: it knows whether there is a difference
  ShareTest shares_;
  std::optional<RankMethod> ranks_;  ///< once a fraction was found
  double unspent_ = 1;               ///< of each level, when `ranks_` began
  stats::Look look_;
  double resolution_ = 0;
  bool vetoes_ = false;
};

}  // namespace assay::decide
