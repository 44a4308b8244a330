#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/formats/field.hpp"

namespace assay::interop {

/// A unit in which values are kept, and the factor that brings a tool's values there.
struct KeptUnit {
  std::string unit;
  double factor = 1;
};

/// Times are kept in "s" and sizes in "B", whatever a tool calls them ("ns", "second", "byte"); any other unit stays.
[[nodiscard]] KeptUnit kept_unit(std::string_view tools_unit);

/// The same for a unit that has to be one of time. \throws Error with its place if it is another.
[[nodiscard]] KeptUnit kept_time_unit(const formats::Field& tools_unit);

/// A time, size, count or rate. \throws Error with the place of what is no number, or below 0.
[[nodiscard]] double measure_of(const formats::Field& number);

/// All times, sizes, counts or rates of a list. \throws Error with the place of what is no number, or below 0.
[[nodiscard]] std::vector<double> numbers_of(const formats::Field& list);

/// The same in the kept unit.
[[nodiscard]] std::vector<double> numbers_of(const formats::Field& list, const KeptUnit& unit);

}  // namespace assay::interop
