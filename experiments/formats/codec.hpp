#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/enum_names.hpp"
#include "core/metric.hpp"
#include "core/seed.hpp"
#include "core/units.hpp"
#include "experiments/formats/canonical_writer.hpp"
#include "experiments/formats/description.hpp"
#include "experiments/formats/field.hpp"
#include "experiments/formats/form.hpp"

namespace assay::formats {

// How values of each type are written as JSON, read back, and named in documents. Codec<T> has three static functions:
//
//     void write(const T&, CanonicalWriter&);
//     void read(const Field&, T&);           throws Error with the place of what is wrong
//     Form form();                           for the tables of docs/formats and the JSON Schema
//
// A struct without a codec of its own is an object, and `description_of<T>()` lists its members.

template <class Value>
struct Codec {
  static void write(const Value& value, CanonicalWriter& writer) {
    write_object(description_of<Value>(), &value, writer);
  }
  static void read(const Field& field, Value& value) { read_object(description_of<Value>(), field, &value); }
  static Form form() { return Form::described_by(description_of<Value>); }
};

/// For what is written as it is.
template <class Value>
struct PlainCodec {
  static void write(const Value& value, CanonicalWriter& writer) { writer.value(value); }
};

template <>
struct Codec<std::string> : PlainCodec<std::string> {
  static void read(const Field& field, std::string& value) { value = field.text(); }
  static Form form() { return Form::text(); }
};
template <>
struct Codec<bool> : PlainCodec<bool> {
  static void read(const Field& field, bool& value) { value = field.truth(); }
  static Form form() { return Form::truth(); }
};
template <>
struct Codec<double> : PlainCodec<double> {
  static void read(const Field& field, double& value) { value = field.number(); }
  static Form form() { return Form::number(); }
};
template <>
struct Codec<int> : PlainCodec<int> {
  static void read(const Field& field, int& value) { value = field.count(); }
  static Form form() { return Form::integer(); }
};
template <>
struct Codec<std::int64_t> : PlainCodec<std::int64_t> {
  static void read(const Field& field, std::int64_t& value) { value = field.integer(); }
  static Form form() { return Form::integer(); }
};
template <>
struct Codec<std::size_t> : PlainCodec<std::size_t> {
  static void read(const Field& field, std::size_t& value) { value = field.index(); }
  static Form form() { return Form::integer_from(0); }
};
template <>
struct Codec<nanoseconds> {
  static void write(const nanoseconds& value, CanonicalWriter& writer) { writer.value(value.count()); }
  static void read(const Field& field, nanoseconds& value) { value = nanoseconds(field.integer()); }
  static Form form() { return Form::integer(); }
};
template <>
struct Codec<Bytes> {
  static void write(const Bytes& value, CanonicalWriter& writer) { writer.value(value.count); }
  static void read(const Field& field, Bytes& value) { value.count = field.integer(); }
  static Form form() { return Form::integer(); }
};
template <>
struct Codec<Percent> {
  static void write(const Percent& value, CanonicalWriter& writer) { writer.value(value.value); }
  static void read(const Field& field, Percent& value) { value.value = field.number(); }
  static Form form() { return Form::number(); }
};
template <>
struct Codec<Seed> {
  static void write(const Seed& value, CanonicalWriter& writer) { writer.value(value.to_string()); }
  static void read(const Field& field, Seed& value);
  static Form form() { return Form::text("^0x[0-9a-f]{16}$").in_words("text: 0x and 16 hexadecimal digits"); }
};
template <>
struct Codec<MetricSource> {
  static void write(const MetricSource& value, CanonicalWriter& writer) { writer.value(to_string(value)); }
  static void read(const Field& field, MetricSource& value) {
    const std::string text = field.text();
    value = parse_metric_source(text).value_or(BuiltInSource{text});
  }
  static Form form() { return Form::text(); }
};

template <NamedEnum Enum>
struct Codec<Enum> {
  static void write(const Enum& value, CanonicalWriter& writer) { writer.value(to_string(value)); }
  static void read(const Field& field, Enum& value) { value = field.name_of<Enum>(); }
  static Form form() { return Form::one_of(EnumNames<Enum>::values); }
};

template <class Element, class ElementCodec = Codec<Element>>
struct ListCodec {
  static void write(const std::vector<Element>& list, CanonicalWriter& writer) {
    writer.begin_array();
    for (const Element& element : list) ElementCodec::write(element, writer);
    writer.end_array();
  }
  static void read(const Field& field, std::vector<Element>& list) {
    list.clear();
    for (const Field& element : field.elements()) {
      list.emplace_back();
      ElementCodec::read(element, list.back());
    }
  }
  static Form form() { return Form::list_of(ElementCodec::form()); }
};
template <class Element>
struct Codec<std::vector<Element>> : ListCodec<Element> {};

template <class Value, class ValueCodec = Codec<Value>>
struct MapCodec {
  static void write(const std::map<std::string, Value>& map, CanonicalWriter& writer) {
    writer.begin_object();
    for (const auto& [name, value] : map) {
      writer.name(name);
      ValueCodec::write(value, writer);
    }
    writer.end_object();
  }
  static void read(const Field& field, std::map<std::string, Value>& map) {
    map.clear();
    for (const Field& member : field.members()) ValueCodec::read(member, map[member.key()]);
  }
  static Form form() { return Form::by_name(ValueCodec::form()); }
};
template <class Value>
struct Codec<std::map<std::string, Value>> : MapCodec<Value> {};

/// Null if there is no value.
template <class Value>
struct Codec<std::optional<Value>> {
  static void write(const std::optional<Value>& value, CanonicalWriter& writer) {
    value ? Codec<Value>::write(*value, writer) : writer.value(nullptr);
  }
  static void read(const Field& field, std::optional<Value>& value) {
    value.reset();
    if (!field.is_null()) Codec<Value>::read(field, value.emplace());
  }
  static Form form() { return Codec<Value>::form().or_null(); }
};

/// A value that is the same in every document, and that whoever reads one looks at first. `value` is a text or a whole
/// number with a name of its own.
template <const auto& fixed>
struct ConstantCodec {
  static void write(const void*, CanonicalWriter& writer) { writer.value(fixed); }
  static Form form() {
    if constexpr (std::is_integral_v<std::remove_cvref_t<decltype(fixed)>>) {
      return Form::fixed(fixed);
    } else {
      return Form::one_of({&fixed, 1});
    }
  }
};

/// Text that came from the machine: bytes that are not UTF-8 are replaced, since JSON cannot hold them.
struct MachineTextCodec : Codec<std::string> {
  static void write(const std::string& value, CanonicalWriter& writer);
};

}  // namespace assay::formats
