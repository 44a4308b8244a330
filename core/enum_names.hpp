#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace assay {

/// The written names of an enumeration, in the order of its enumerators, which count from 0 without gaps. Files and
/// JSON use these names, so they never change. Specialise it beside each enumeration.
template <class Enum>
struct EnumNames;

template <class Enum>
concept NamedEnum = requires {
  EnumNames<Enum>::values.size();
};

template <NamedEnum Enum>
[[nodiscard]] constexpr std::string_view to_string(Enum value) {
  return EnumNames<Enum>::values.at(static_cast<std::size_t>(value));
}

/// The enumerator with that name; std::nullopt if there is none.
template <NamedEnum Enum>
[[nodiscard]] constexpr std::optional<Enum> parse_enum(std::string_view name) {
  for (std::size_t index = 0; index < EnumNames<Enum>::values.size(); ++index) {
    if (EnumNames<Enum>::values[index] == name) return static_cast<Enum>(index);
  }
  return std::nullopt;
}

}  // namespace assay
