#include "experiments/formats/envelope.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/valid_text.hpp"

namespace assay::formats {
namespace {

constexpr std::string_view kRecordFormat = "assay record";
constexpr int kSchemaVersion = 1;

void check_format(const JsonPlace& place) {
  if (!place.find("format") || place.at("format").text() != kRecordFormat) {
    throw Error(fmt::format(R"(not a record of assay: "format" is not "{}")", kRecordFormat));
  }
  const int version = place.at("schema_version").count();
  if (version != kSchemaVersion) {
    throw Error(fmt::format("written by another assay (record schema {}, this program knows {}): use that version",
                            version, kSchemaVersion));
  }
}

}  // namespace

nlohmann::json envelope_json(const Envelope& envelope) {
  nlohmann::json target = {{"format", kRecordFormat},           {"schema_version", kSchemaVersion},
                           {"number", envelope.number},         {"program_version", envelope.program_version},
                           {"created_ns", envelope.created_ns}, {"actor", valid_text(envelope.actor)},
                           {"parents", envelope.parents}};
  if (envelope.kind != kAttemptKind) target["kind"] = envelope.kind;
  return target;
}

Envelope envelope_at(const JsonPlace& place) {
  check_format(place);
  Envelope envelope;
  if (const auto kind = place.find("kind")) envelope.kind = kind->text();
  envelope.number = place.at("number").count();
  envelope.program_version = place.at("program_version").text();
  envelope.created_ns = place.at("created_ns").integer();
  envelope.actor = place.at("actor").text();
  envelope.parents = place.at("parents").texts();
  return envelope;
}

}  // namespace assay::formats
