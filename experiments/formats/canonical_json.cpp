#include "experiments/formats/canonical_json.hpp"

#include <cstdint>

#include <nlohmann/json.hpp>

#include "core/assert.hpp"
#include "experiments/formats/canonical_writer.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

void write_json(const json& value, CanonicalWriter& writer);

void write_object(const json& object, CanonicalWriter& writer) {
  writer.begin_object();
  for (const auto& [name, value] : object.get_ref<const json::object_t&>()) {
    writer.name(name);
    write_json(value, writer);
  }
  writer.end_object();
}

void write_array(const json& array, CanonicalWriter& writer) {
  writer.begin_array();
  for (const json& value : array.get_ref<const json::array_t&>()) write_json(value, writer);
  writer.end_array();
}

void write_json(const json& value, CanonicalWriter& writer) {
  switch (value.type()) {
    case json::value_t::null:
      return writer.value(nullptr);
    case json::value_t::boolean:
      return writer.value(value.get<bool>());
    case json::value_t::number_integer:
      return writer.value(value.get<std::int64_t>());
    case json::value_t::number_unsigned:
      return writer.value(value.get<std::uint64_t>());
    case json::value_t::number_float:
      return writer.value(value.get<double>());
    case json::value_t::string:
      return writer.value(value.get_ref<const std::string&>());
    case json::value_t::object:
      return write_object(value, writer);
    case json::value_t::array:
      return write_array(value, writer);
    case json::value_t::binary:
    case json::value_t::discarded:
      assertion_failed("a value that JSON has a form for", __FILE__, __LINE__);
  }
}

}  // namespace

std::string canonical_json(const json& value) {
  CanonicalWriter writer;
  write_json(value, writer);
  return writer.take();
}

}  // namespace assay::formats
