#pragma once

#include <vector>

#include "core/enum_names.hpp"
#include "core/metric.hpp"
#include "core/result/result.hpp"
#include "core/seed.hpp"

namespace assay::interop {

/// Values of two arms that were not measured in blocks: one arm after the other, or in an unknown order.
struct UnpairedValues {
  std::vector<double> control;
  std::vector<double> treatment;
};

/// How to compare them.
struct UnpairedQuestion {
  Metric metric;  ///< positive: on the logarithmic scale; difference: as it is
  double alpha = 0.05;
  Seed seed{0};  ///< of the bootstrap
};

enum class Finding { no_difference, difference };

/// The warning that belongs to every finding.
inline constexpr const char* kOrderNotControlled =
    "order not controlled: drift of the machine between the arms looks like a difference; only blocks in random order "
    "(assay compare) can tell the two apart";

/// The figures of two unpaired samples; effects as in Effect. Their error rate is the nominal one only if the order of
/// the trials was random. If one arm runs after the other, unchanged programs differ "significantly" in up to 52 % of
/// the comparisons at a nominal 5 % (docs/methods/reference-methods.md).
struct UnpairedResult {
  ArmSummary control;
  ArmSummary treatment;
  double estimate = 0;  ///< Hodges-Lehmann shift
  Interval interval;    ///< of the Mann-Whitney test
  double p = 1;         ///< of that test, two-sided
  bool exact = false;   ///< whether p comes from all arrangements
  double welch_p = 1;   ///< reference, assumes normal values
  double welch_estimate = 0;
  Interval welch_interval;
  Interval bca_medians;  ///< reference: bootstrap interval of the difference of the medians
  /// Standard deviation of an arm's level between its first and its second half, from both arms together, on the
  /// analysis scale. If it is large against the estimate, the machine drifted.
  double between_halves = 0;
  Finding finding = Finding::no_difference;
};

/// \param values  in the order of the file; move them here if they are many, since they are sorted.
/// \pre the metric is no proportion: unpaired_shares.hpp compares those.
/// \throws Error if an arm has fewer than 4 values, or a value of a positive metric is not above 0.
[[nodiscard]] UnpairedResult compare_unpaired(UnpairedValues values, const UnpairedQuestion& question);

}  // namespace assay::interop

namespace assay {

template <>
struct EnumNames<interop::Finding> {
  static constexpr std::array<std::string_view, 2> values = {"no difference observed", "difference observed"};
};

}  // namespace assay
