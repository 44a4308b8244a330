#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

namespace assay {

/// The written name of the alternative that a variant holds. Each alternative has its name as `kName`, so a new
/// alternative does not compile without one. Files and JSON hold these names, so they never change.
template <class... Alternatives>
[[nodiscard]] constexpr std::string_view name_of_alternative(const std::variant<Alternatives...>& variant) {
  return std::visit([](const auto& alternative) { return std::decay_t<decltype(alternative)>::kName; }, variant);
}

template <class Variant>
struct AlternativeNames;
template <class... Alternatives>
struct AlternativeNames<std::variant<Alternatives...>> {
  static constexpr std::array<std::string_view, sizeof...(Alternatives)> values = {Alternatives::kName...};
};

/// The names of all alternatives, in the order of the variant.
template <class Variant>
inline constexpr auto kAlternativeNames = AlternativeNames<Variant>::values;

/// Makes the alternative that has this name: calls `make` with the alternative's `std::type_identity` and returns what
/// it makes, or nothing if no alternative has the name. `make` is instantiated for every alternative, so an alternative
/// that it cannot make does not compile.
template <class Variant, class Make>
[[nodiscard]] std::optional<Variant> make_alternative(std::string_view name, Make make) {
  return [&]<class... Alternatives>(std::type_identity<std::variant<Alternatives...>>) {
    std::optional<Variant> made;
    const auto try_one = [&]<class Alternative>(std::type_identity<Alternative> type) {
      if (Alternative::kName == name) made.emplace(std::in_place_type<Alternative>, make(type));
    };
    (try_one(std::type_identity<Alternatives>{}), ...);
    return made;
  }(std::type_identity<Variant>{});
}

}  // namespace assay
