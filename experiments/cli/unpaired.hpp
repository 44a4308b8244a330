#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/enum_names.hpp"
#include "core/metric.hpp"
#include "core/result.hpp"
#include "core/seed.hpp"

namespace assay::cli {

/// Values of two arms that were measured one after the other, or nobody knows how.
struct UnpairedValues {
  std::vector<double> control;
  std::vector<double> treatment;
};

/// How they are to be compared.
struct UnpairedQuestion {
  Metric metric;  ///< positive: on the logarithmic scale; difference: as it is
  double alpha = 0.05;
  Seed seed{0};  ///< of the bootstrap
};

enum class Finding { no_difference, difference };

/// Said with every finding.
inline constexpr const char* kOrderNotControlled =
    "order not controlled: drift of the machine between the arms looks like a difference; only blocks in random order "
    "(assay compare) can tell";

/// The figures of two unpaired samples; effects as in Effect. Their error rate is nominal only where the order of the
/// trials was random: run one arm after the other, unchanged programs differ "significantly" in up to 52 % of the
/// comparisons at nominal 5 % (docs/methods/reference-methods.md).
struct UnpairedResult {
  ArmSummary control;
  ArmSummary treatment;
  double estimate = 0;  ///< Hodges-Lehmann shift
  Interval interval;    ///< of the Mann-Whitney test
  double p = 1;         ///< of that test, two-sided
  bool exact = false;   ///< p, from all arrangements
  double welch_p = 1;   ///< reference, assumes normal values
  double welch_estimate = 0;
  Interval welch_interval;
  Interval bca_medians;  ///< reference: bootstrap interval of the difference of the medians
  /// Standard deviation of an arm's level between its first and its second half, both arms together; on the analysis
  /// scale. Large against the estimate: the machine drifted.
  double between_halves = 0;
  Finding finding = Finding::no_difference;
};

/// Not of proportions: see unpaired_shares.hpp.
/// \throws Error where an arm has fewer than 4 values, or one is not above 0 though the metric is positive.
[[nodiscard]] UnpairedResult compare_unpaired(const UnpairedValues& values, const UnpairedQuestion& question);

/// The finding in its first line. \param time_unit  as in TextStyle.
[[nodiscard]] std::string unpaired_text(const UnpairedResult& result, const UnpairedQuestion& question,
                                        std::string_view time_unit);
[[nodiscard]] nlohmann::json unpaired_json(const UnpairedResult& result, const UnpairedQuestion& question);
/// What the JSON of every comparison of unpaired values begins with.
[[nodiscard]] nlohmann::json unpaired_heading_json(const UnpairedQuestion& question, Finding finding);

}  // namespace assay::cli

namespace assay {

template <>
struct EnumNames<cli::Finding> {
  static constexpr std::array<std::string_view, 2> values = {"no difference observed", "difference observed"};
};

}  // namespace assay
