#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "core/units.hpp"

namespace assay::formats {

/// A JSON value together with its JSON pointer, so that whatever is wrong is named by its place:
/// `/metrics/0/role: expected one of "primary", "guard", "observed", not "secondary"`.
///
/// Refers to the document, which must outlive it. Every member throws Error with the pointer.
class JsonPlace {
 public:
  explicit JsonPlace(const nlohmann::json& document) : JsonPlace(document, "") {}

  /// The member of an object. \throws Error where there is none.
  [[nodiscard]] JsonPlace at(std::string_view key) const;
  /// The member of an object, or nothing.
  [[nodiscard]] std::optional<JsonPlace> find(std::string_view key) const;
  [[nodiscard]] std::vector<JsonPlace> elements() const;
  /// The members of an object, by name.
  [[nodiscard]] std::map<std::string, JsonPlace> members() const;
  [[nodiscard]] bool is_null() const;

  [[nodiscard]] std::string text() const;
  [[nodiscard]] bool truth() const;
  [[nodiscard]] double number() const;
  /// A number, or nothing for null.
  [[nodiscard]] std::optional<double> number_or_null() const;
  [[nodiscard]] std::int64_t integer() const;
  /// An integer that an int holds.
  [[nodiscard]] int count() const;
  [[nodiscard]] std::size_t index() const;
  [[nodiscard]] nanoseconds duration() const { return nanoseconds(integer()); }
  [[nodiscard]] std::vector<std::string> texts() const;
  [[nodiscard]] std::map<std::string, std::string> text_by_name() const;

  template <NamedEnum Enum>
  [[nodiscard]] Enum name_of() const {
    const std::optional<Enum> value = parse_enum<Enum>(text());
    if (!value) refuse_name(EnumNames<Enum>::values.data(), EnumNames<Enum>::values.size());
    return *value;
  }

  /// An error about this very place.
  [[nodiscard]] Error error(std::string_view what) const;

 private:
  JsonPlace(const nlohmann::json& value, std::string pointer) : value_(&value), pointer_(std::move(pointer)) {}
  [[noreturn]] void refuse_name(const std::string_view* names, std::size_t count) const;

  const nlohmann::json* value_;
  std::string pointer_;
};

}  // namespace assay::formats
