#pragma once

#include <array>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/metric.hpp"

namespace assay {

/// The built-in metrics that are treated in a way of their own somewhere.
enum class BuiltInMetric { wall, user, system, cpu };

template <>
struct EnumNames<BuiltInMetric> {
  static constexpr std::array<std::string_view, 4> values = {"wall", "user", "system", "cpu"};
};

/// Whether the values of the metric are those of the built-in one, whatever its own name is.
[[nodiscard]] bool measures(const Metric& metric, BuiltInMetric which);

}  // namespace assay
