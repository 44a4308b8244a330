#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/result/result.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// The primary effect of a comparison as its verdict puts it: times if the direction is decided, otherwise a change;
/// an equivalent one with the interval that showed it.
struct ShownEffect {
  EffectText text;
  std::string confidence;  ///< "95 %"
};
/// Nothing if the comparison is invalid or has no figure.
[[nodiscard]] std::optional<ShownEffect> shown_effect(const Comparison& comparison, const TextStyle& style);

/// Whether measuring stopped before the comparison's verdict.
[[nodiscard]] bool ended_early(const Comparison& comparison, const TextStyle& style);
/// What the audit found first, if that made the attempt invalid; empty otherwise. A view into the result.
[[nodiscard]] std::string_view audited_clause(const AttemptResult& result, const TextStyle& style);

/// The same of one metric's result, by that result's verdict.
[[nodiscard]] std::optional<ShownEffect> shown_effect(const MetricResult& result, const ArmNames& arms,
                                                      const TextStyle& style);
/// The average over cells for one treatment.
[[nodiscard]] std::string suite_sentence(const SuiteResult& suite, const TextStyle& style);
/// The averages over cells, a sentence and a line for each treatment; empty if the suite is not the
/// claim.
[[nodiscard]] std::string suite_lines(const AttemptResult& result, const TextStyle& style);

/// A row for each comparison: what it is of, effect, interval, blocks, ruling. If the width is too small, the
/// interval goes, then the blocks.
[[nodiscard]] std::string comparison_table(const std::vector<Comparison>& comparisons, const TextStyle& style);

}  // namespace assay::report
