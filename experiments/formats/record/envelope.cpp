#include "experiments/formats/record/envelope.hpp"

#include <fmt/format.h>

#include "experiments/formats/record/envelope_fields.hpp"

namespace assay::formats {

void check_format(const Field& field) {
  if (!field.find("format") || field.at("format").text() != kRecordFormat) {
    throw Error(fmt::format(R"(not a record of assay: "format" is not "{}")", kRecordFormat));
  }
  const int version = field.at("schema_version").count();
  if (version != kSchemaVersion) {
    throw Error(fmt::format("written by another assay (record schema {}, this program knows {}): use that version",
                            version, kSchemaVersion));
  }
}

RecordKind record_kind_at(const Field& field) {
  const std::string name = field.text();
  if (const std::optional<RecordKind> kind = parse_enum<RecordKind>(name)) return *kind;
  throw Error(fmt::format("/kind: \"{}\" is not a kind of record that this assay knows", name));
}

namespace {

struct RecordKindCodec : Codec<RecordKind> {
  static void read(const Field& field, RecordKind& kind) { kind = record_kind_at(field); }
};

}  // namespace

template <>
const Description& description_of<Envelope>() {
  static const Description description = [] {
    Object<Envelope> object("envelope");
    return Description(add_envelope(object).unless_default<&Envelope::kind, RecordKindCodec>(
        "kind", "what the record is about; left out for an attempt"));
  }();
  return description;
}

Envelope envelope_at(const Field& field) {
  check_format(field);
  return read_as<Envelope>(field);
}

}  // namespace assay::formats
