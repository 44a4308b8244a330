#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/metric.hpp"
#include "core/result/effect.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

/// A figure of an effect as files show it; empty (null) where it has no bound.
using ShownFigure = std::optional<double>;

/// Where a figure without a bound lies.
enum class UnboundedSide { above, below };

/// An interval in percent of control if the metric is positive, otherwise in the metric's unit.
struct ShownEnds {
  ShownFigure low;
  ShownFigure high;
  /// For each null whose side does not follow from its key: `low` without a bound lies below.
  std::map<std::string, UnboundedSide> unbounded = {};
};

/// An effect as files show it.
struct EffectFields {
  ShownEnds ends;
  std::optional<ShownFigure> percent = {};       ///< the estimate of a positive metric
  std::optional<ShownFigure> times_faster = {};  ///< how many times better treatment is, of a positive metric
  std::optional<ShownFigure> difference = {};    ///< the estimate of any other metric
  double confidence = 0;
  Estimator estimator = Estimator::hodges_lehmann;
  std::optional<double> p;
  bool p_is_bound = false;
};

struct ShownEquivalence {
  ShownEnds ends;
  double confidence = 0;
};

template <>
const Description& description_of<EffectFields>();
template <>
const Description& description_of<ShownEquivalence>();

/// \param metric  its kind and direction say how the effect is shown
[[nodiscard]] EffectFields as_shown(const Metric& metric, const Effect& effect);
[[nodiscard]] ShownEquivalence as_shown(const Metric& metric, const EquivalenceInterval& equivalence);

/// The effect that is shown so, to 1e-12 for ratios from 1e-4 to 1e4. \throws Error at `place` if the figures do not
/// say where a null lies.
[[nodiscard]] Effect effect_of(const Metric& metric, const EffectFields& effect, const Field& place);
[[nodiscard]] EquivalenceInterval equivalence_of(const Metric& metric, const ShownEquivalence& equivalence);

}  // namespace assay::formats

template <>
struct assay::EnumNames<assay::formats::UnboundedSide> {
  static constexpr std::array<std::string_view, 2> values = {"above", "below"};
};
