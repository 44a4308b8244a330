#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::formats {

class Description;

/// What a value keeps to beside its kind. It is for JSON Schema: a reader does not insist on it.
struct Bounds {
  std::optional<std::int64_t> least = {};
  std::optional<std::int64_t> most = {};
  std::string_view pattern = {};  ///< the regular expression of a text; empty: any text
  std::size_t fewest = 0;         ///< elements of a list
  friend bool operator==(const Bounds&, const Bounds&) = default;
};
inline constexpr Bounds kFromZero{.least = 0};
inline constexpr Bounds kFromOne{.least = 1};
inline constexpr Bounds kShare{.least = 0, .most = 1};
inline constexpr Bounds kSha256{.pattern = "^[0-9a-f]{64}$"};
inline constexpr Bounds kAtLeastOneElement{.fewest = 1};
inline constexpr Bounds kAtLeastTwoElements{.fewest = 2};

/// What the values of a type look like in JSON. The words in the tables of docs/formats and the JSON Schema follow.
struct Form {
  enum class Kind { text, number, integer, truth, name, pair, list, by_name, object, described };

  Kind kind = Kind::text;
  bool may_be_null = false;
  Bounds bounds = {};
  std::span<const std::string_view> names = {};   ///< of a name: those that are accepted
  std::vector<std::string_view> keys = {};        ///< of an object: those that it always has
  std::vector<Form> parts = {};                   ///< of a pair, a list, values by name, and for each of the keys
  const Description& (*description)() = nullptr;  ///< of a described object
  std::string_view words = {};                    ///< for the tables, if others than those that follow from the rest

  [[nodiscard]] static Form text(std::string_view pattern = {});
  [[nodiscard]] static Form number();
  [[nodiscard]] static Form integer();
  [[nodiscard]] static Form integer_from(std::int64_t least);
  /// Always that number.
  [[nodiscard]] static Form fixed(std::int64_t number);
  [[nodiscard]] static Form truth();
  /// \param names  must outlive the form
  [[nodiscard]] static Form one_of(std::span<const std::string_view> names);
  [[nodiscard]] static Form pair_of(Form first, Form second);
  [[nodiscard]] static Form list_of(Form element);
  /// An object whose keys are names.
  [[nodiscard]] static Form by_name(Form value);
  /// An object that a codec writes itself. Without members: any object.
  [[nodiscard]] static Form object_of(const std::vector<std::pair<std::string_view, Form>>& members);
  [[nodiscard]] static Form described_by(const Description& (*description)());

  [[nodiscard]] Form or_null() const;
  [[nodiscard]] Form in_words(std::string_view other_words) const;
};

/// As the tables of docs/formats say it: "text", "integer from 0", "list of text", "`lower` or `higher`".
[[nodiscard]] std::string words_of(const Form& form);

}  // namespace assay::formats
