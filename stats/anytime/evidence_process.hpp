#pragma once

#include <array>
#include <span>

#include "stats/anytime/e_process.hpp"

namespace assay::stats {

/// The evidence of e_process.hpp against one null effect, grown block by block, and its one-sided parts. It is internal
/// to the anytime test. Cost of a block: O(1).
class EvidenceProcess {
 public:
  explicit EvidenceProcess(double null_effect) : null_effect_(null_effect) {}

  /// \param scale  must be known before the effect was seen (predictable_scale.hpp).
  void add(double effect, double scale);

  [[nodiscard]] double null_effect() const { return null_effect_; }
  [[nodiscard]] Evidence evidence() const;

  /// ln of the part of E that grows with the null effect, clip_below / 4 + sign / 2, if at least as many effects lie
  /// below the null effect as above it; else -infinity.
  ///
  /// The part never exceeds E, and once it is large it stays large for every larger null effect. So {part < 1/alpha}
  /// has one upper end, and it contains all null effects above the effects' median for which E < 1/alpha.
  [[nodiscard]] double log_part_below() const;
  /// The mirror image, for null effects below the effects.
  [[nodiscard]] double log_part_above() const;

  /// ln of one-sided evidence that the effect is below the null effect: (clip_below + a mixture of sign bets) / 2.
  ///
  /// For every effect at or above the null effect it is a supermartingale, so it reaches 1/level with probability at
  /// most `level`, whatever the stopping rule. It grows with the null effect.
  [[nodiscard]] double log_one_sided_below() const;
  [[nodiscard]] double log_one_sided_above() const;

 private:
  static constexpr std::size_t kBets = 6;
  struct Counts {
    double winning;
    double losing;
  };

  void bet(double distance);
  [[nodiscard]] double log_sign() const;
  [[nodiscard]] static double log_sign_bets(const Counts& counts);

  double null_effect_;
  bool started_ = false;  ///< false at the first block, which has no scale to bet with
  double above_ = 0;
  double below_ = 0;
  std::array<double, kBets> above_bets_{};
  std::array<double, kBets> below_bets_{};
};

/// The process after all the given effects.
[[nodiscard]] EvidenceProcess evidence_after(double null_effect, std::span<const double> effects,
                                             std::span<const double> scales);

}  // namespace assay::stats
