#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/result/result.hpp"

namespace assay {

/// The kinds of result that a caller may want to fail on.
enum class Shortfall { regressed, guard, equivalent, inconclusive, invalid };

/// How a result falls short of "better, or as good as was asked"; empty if it does not.
[[nodiscard]] std::optional<Shortfall> shortfall_of(const AttemptResult& result);

template <>
struct EnumNames<Shortfall> {
  static constexpr std::array<std::string_view, 5> values = {"regressed", "guard", "equivalent", "inconclusive",
                                                             "invalid"};
};

}  // namespace assay
