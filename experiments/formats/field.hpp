#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"

namespace assay::formats {

struct Document;

/// A value of a JSON tree that knows its place, so that every error names it.
///
/// In what assay itself wrote, a JSON pointer is the place:
/// `/metrics/0/role: expected one of "primary", "guard", "observed", not "secondary"`. In a file that a person wrote
/// it is the file, with line and column if they are known (document.hpp).
///
/// A field refers to the tree, which must outlive it. Every member throws Error with the place.
class Field {
 public:
  explicit Field(const nlohmann::json& tree) : Field(nullptr, tree, "", "") {}
  /// The whole tree of a file that a person wrote.
  [[nodiscard]] static Field of_document(const Document& document);

  /// The member of an object. \throws Error if it is missing.
  [[nodiscard]] Field at(std::string_view key) const;
  /// The member of an object, if it is there.
  [[nodiscard]] std::optional<Field> find(std::string_view key) const;
  [[nodiscard]] std::vector<Field> elements() const;
  /// The members of an object; `key()` is the name of each.
  [[nodiscard]] std::vector<Field> members() const;
  /// The name of this member; empty for an element and for the whole tree.
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] const nlohmann::json& value() const { return *value_; }
  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_text() const;
  [[nodiscard]] bool is_number() const;
  [[nodiscard]] bool is_list() const;
  [[nodiscard]] bool is_table() const;  ///< an object

  /// \throws Error also for a NUL character in a person's file, which no command, name or path can hold.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::vector<std::string> texts() const;
  [[nodiscard]] std::map<std::string, std::string> text_by_name() const;
  [[nodiscard]] bool truth() const;
  [[nodiscard]] double number() const;
  /// std::nullopt for null.
  [[nodiscard]] std::optional<double> number_or_null() const;
  [[nodiscard]] std::int64_t integer() const;
  /// An integer that an int holds.
  [[nodiscard]] int count() const;
  [[nodiscard]] std::vector<int> counts() const;
  [[nodiscard]] std::size_t index() const;
  /// The enumerator of that name. \throws Error that lists the accepted names.
  template <NamedEnum Enum>
  [[nodiscard]] Enum name_of() const {
    const std::optional<Enum> value = parse_enum<Enum>(text());
    if (!value) refuse_name(EnumNames<Enum>::values.data(), EnumNames<Enum>::values.size());
    return *value;
  }

  // Quantities as people write them, with their unit: "90 s", "1 GiB", "3%".
  [[nodiscard]] nanoseconds duration() const;
  [[nodiscard]] Bytes bytes() const;
  [[nodiscard]] Percent percent() const;
  /// A list of words, or { shell = "..." }: then /bin/sh -c and the line.
  [[nodiscard]] Argv argv() const;

  /// An error about this value.
  [[nodiscard]] Error error(std::string_view what) const;
  [[noreturn]] void fail(std::string_view what) const { throw error(what); }

 private:
  Field(const Document* document, const nlohmann::json& value, std::string pointer, std::string key)
      : document_(document), value_(&value), pointer_(std::move(pointer)), key_(std::move(key)) {}
  [[noreturn]] void refuse_name(const std::string_view* names, std::size_t count) const;
  template <class Quantity>
  Quantity in_unit(Quantity (*parse)(std::string_view)) const;

  const Document* document_;  ///< null: not a person's file
  const nlohmann::json* value_;
  std::string pointer_;
  std::string key_;
};

/// The command that runs a line in a shell.
[[nodiscard]] Argv shell_argv(std::string line);

}  // namespace assay::formats
