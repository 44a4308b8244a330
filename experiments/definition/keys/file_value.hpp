#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/enum_names.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"
#include "experiments/formats/field.hpp"

namespace assay::definition {

using formats::Field;

// How people write the values of each type in an experiment file. FileValue<T> has two static functions:
//
//     void read(const Field&, T&);       throws Error with the place of what is wrong
//     std::string json(const T&);        a default, as a file would state it; empty if a file would leave it out
//
// A struct without a FileValue of its own is a table (table.hpp).

template <class Value>
struct FileValue;

/// "1 h", "10 s": in the largest unit that divides the time.
[[nodiscard]] std::string written_duration(nanoseconds duration);
/// "0.05", the shortest text that reads back the same
[[nodiscard]] std::string written_number(double number);
[[nodiscard]] std::string in_json(std::string_view text);

template <>
struct FileValue<std::string> {
  static void read(const Field& field, std::string& value) { value = field.text(); }
  static std::string json(const std::string& value) { return value.empty() ? "" : in_json(value); }
};
template <>
struct FileValue<bool> {
  static void read(const Field& field, bool& value) { value = field.truth(); }
  static std::string json(bool value) { return value ? "true" : "false"; }
};
template <>
struct FileValue<double> {
  static void read(const Field& field, double& value) { value = field.number(); }
  static std::string json(double value) { return written_number(value); }
};
template <>
struct FileValue<int> {
  static void read(const Field& field, int& value) { value = field.count(); }
  static std::string json(int value) { return std::to_string(value); }
};
template <>
struct FileValue<nanoseconds> {
  static void read(const Field& field, nanoseconds& value) { value = field.duration(); }
  static std::string json(nanoseconds value) { return in_json(written_duration(value)); }
};
template <>
struct FileValue<Bytes> {
  static void read(const Field& field, Bytes& value) { value = field.bytes(); }
  static std::string json(Bytes) { return ""; }
};
template <>
struct FileValue<Percent> {
  static void read(const Field& field, Percent& value) { value = field.percent(); }
  static std::string json(Percent value) { return in_json(written_number(value.value) + "%"); }
};
template <NamedEnum Enum>
struct FileValue<Enum> {
  static void read(const Field& field, Enum& value) { value = field.name_of<Enum>(); }
  static std::string json(Enum value) { return in_json(to_string(value)); }
};

template <class Value>
struct FileValue<std::optional<Value>> {
  static void read(const Field& field, std::optional<Value>& value) { FileValue<Value>::read(field, value.emplace()); }
  static std::string json(const std::optional<Value>&) { return ""; }
};

/// \tparam Element  how the elements are written
template <class Value, class Element>
struct FileList {
  static void read(const Field& field, std::vector<Value>& list) {
    list.clear();
    for (const Field& element : field.elements()) Element::read(element, list.emplace_back());
  }
  static std::string json(const std::vector<Value>& list) {
    std::string text;
    for (const Value& value : list) text += (text.empty() ? "" : ",") + Element::json(value);
    return text.empty() ? "" : "[" + text + "]";
  }
};
template <class Value>
struct FileValue<std::vector<Value>> : FileList<Value, FileValue<Value>> {};

template <>
struct FileValue<std::map<std::string, std::string>> {
  static void read(const Field& field, std::map<std::string, std::string>& map) { map = field.text_by_name(); }
  static std::string json(const std::map<std::string, std::string>&) { return ""; }
};

/// A command: words, or { shell = "..." }.
struct FileAction {
  static void read(const Field& field, Argv& command) { command = field.argv(); }
  static std::string json(const Argv&) { return ""; }
};

}  // namespace assay::definition
