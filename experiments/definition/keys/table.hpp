#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "experiments/definition/keys/file_value.hpp"
#include "experiments/definition/keys/shape.hpp"
#include "experiments/formats/field.hpp"

namespace assay::definition {

using formats::Field;

/// Whether a file must have a key.
enum class Need { optional, required };

/// One key of a table in an experiment file. A key is described here and nowhere else: strict reading, the schema and
/// the tables of docs/formats/experiment.md follow.
struct Key {
  std::string_view name;
  Shape shape = {};
  std::string_view meaning = {};    ///< a phrase in Markdown, for the document and the schema
  std::string_view otherwise = {};  ///< what holds without the key, in words, if that is no value
  Need need = Need::optional;
  std::string default_json = {};  ///< what the key stands at if it is left out; empty: no value
  void (*read)(const Field& field, void* object) = nullptr;  ///< null: read together with other keys
};

/// A table of an experiment file, such as [[workload]].
struct TableDescription {
  std::string_view definition = {};  ///< its name under "definitions" of the schema; empty: it has one place only
  std::string_view title = {};       ///< ends the sentence "expected ..., not 10"
  std::string_view meaning = {};
  std::string_view kind = {};  ///< the value of its key `kind`, if it is one of several forms of a table
  std::vector<Key> keys = {};
  void (*last_step)(void* object, const Field& table) = nullptr;
};

/// Reads the keys that are there, in the order in which they are described, into the struct that the table describes.
/// The document has the described shape. \throws Error at the place of what a shape cannot say.
void read_table(const TableDescription& description, const Field& table, void* object);

/// The keys of a struct's table. Specialised in a .cpp for each struct that has one (reading/tables.hpp).
template <class Struct>
[[nodiscard]] const TableDescription& table_of();

/// Reads a whole struct from its table.
template <class Struct>
[[nodiscard]] Struct read_as(const Field& table) {
  Struct value{};
  read_table(table_of<Struct>(), table, &value);
  return value;
}

/// A struct that has a table of its own is a value of a key.
template <class Struct>
struct FileValue {
  static void read(const Field& field, Struct& value) { read_table(table_of<Struct>(), field, &value); }
  static std::string json(const Struct&) { return ""; }
};

}  // namespace assay::definition

namespace assay::definition::detail {

template <class Pointer>
struct MemberOf;
template <class Owner, class Type>
struct MemberOf<Type Owner::*> {
  using Struct = Owner;
  using Value = Type;
};
template <auto pointer>
using MemberValue = typename MemberOf<decltype(pointer)>::Value;

template <class Part>
Part& set_part(Part& part) {
  return part;
}
template <class Part>
Part& set_part(std::optional<Part>& part) {
  return part ? *part : part.emplace();
}
template <class Part>
using PartOf = std::remove_reference_t<decltype(set_part(std::declval<Part&>()))>;

}  // namespace assay::definition::detail

namespace assay::definition {

/// Lists the keys of a struct's table, in the order in which they are read and explained:
///
///     Table<Limits>({.title = "a table of limits"})
///         .key<&Limits::nice>({"nice", shape::whole_number({-20, 19}, "..."), "the nice value"})
///
/// The default of a key is what the member has in a default-constructed struct. The last template argument says how
/// the value is written (file_value.hpp); by default that follows from the member's type.
template <class Struct>
class Table {
 public:
  explicit Table(TableDescription description) : description_(std::move(description)) {}

  template <auto pointer, class Value = FileValue<detail::MemberValue<pointer>>>
  Table& key(Key key) {
    key.read = [](const Field& field, void* object) { Value::read(field, static_cast<Struct*>(object)->*pointer); };
    if (key.need == Need::optional && key.default_json.empty()) key.default_json = Value::json(Struct{}.*pointer);
    return add(std::move(key));
  }

  /// A key of this table that belongs to a part of the struct. An optional part has a value as soon as the key is read.
  template <auto part, auto pointer, class Value = FileValue<detail::MemberValue<pointer>>>
  Table& key_in(Key key) {
    key.read = [](const Field& field, void* object) {
      Value::read(field, detail::set_part(static_cast<Struct*>(object)->*part).*pointer);
    };
    using Part = detail::PartOf<detail::MemberValue<part>>;
    if (key.default_json.empty()) key.default_json = Value::json(Part{}.*pointer);
    return add(std::move(key));
  }

  /// A key that `read`, a `void (const Field&, Struct&)`, puts where it belongs.
  template <auto read>
  Table& key_read_by(Key key) {
    key.read = [](const Field& field, void* object) { read(field, *static_cast<Struct*>(object)); };
    return add(std::move(key));
  }

  /// A key that is read together with others, by the last step or by the reader of the whole file.
  Table& key_read_later(Key key) { return add(std::move(key)); }

  /// What is left to do after all keys are read: `void (Struct&, const Field& table)`; throws Error.
  template <auto step>
  Table& then() {
    description_.last_step = [](void* object, const Field& table) { step(*static_cast<Struct*>(object), table); };
    return *this;
  }

  operator TableDescription() const { return description_; }  // NOLINT: a builder's end

 private:
  Table& add(Key key) {
    description_.keys.push_back(std::move(key));
    return *this;
  }

  TableDescription description_;
};

}  // namespace assay::definition
