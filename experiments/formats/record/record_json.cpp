#include "experiments/formats/record/record_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/record/envelope.hpp"
#include "experiments/formats/record/record_fields.hpp"
#include "experiments/formats/record/without_blocks.hpp"

namespace assay::formats {
namespace {

Record record_at(const Field& field) {
  const RecordKind kind = envelope_at(field).kind;
  if (kind != RecordKind::attempt) {
    throw Error(fmt::format("/kind: a record of the kind \"{}\", not of an attempt", to_string(kind)));
  }
  return read_as<Record>(field);
}

}  // namespace

std::string record_json(const Record& record) {
  return text_of(record);
}

Record parse_record(std::string_view text, std::string_view name) {
  const nlohmann::json document = parse_json(text, name);
  try {
    return record_at(Field(document));
  } catch (const Error& error) {
    throw error.within(name);
  }
}

Record parse_record_head(std::string_view text, std::string_view name) {
  return parse_record(without_blocks(text), name);
}

}  // namespace assay::formats
