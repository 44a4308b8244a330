#pragma once

#include "experiments/formats/object.hpp"

namespace assay::formats {

inline constexpr std::string_view kRecordFormat = "assay record";
inline constexpr int kSchemaVersion = 1;

/// \throws Error if a document is not a record of this version.
void check_format(const Field& field);

/// A key that always has the same value, which `check_format` has seen.
struct RecordFormatCodec {
  static void write(const void*, CanonicalWriter& writer) { writer.value(kRecordFormat); }
  static std::string form() { return "`assay record`"; }
};
struct SchemaVersionCodec {
  static void write(const void*, CanonicalWriter& writer) { writer.value(kSchemaVersion); }
  static std::string form() { return "1"; }
};

/// Lists the members that every record has.
template <class AnyRecord>
Object<AnyRecord>& add_envelope(Object<AnyRecord>& object) {
  return object.template constant<RecordFormatCodec>("format", "a program refuses every other text")
      .template constant<SchemaVersionCodec>("schema_version", "a program refuses a version that it does not know")
      .template always<&AnyRecord::number>("number", "for people and for the file's name; it never changes")
      .template always<&AnyRecord::program_version>("program_version", "the assay that wrote the record")
      .template always<&AnyRecord::created_ns>("created_ns", "Unix time, by the clock of the machine")
      .template always<&AnyRecord::actor, MachineTextCodec>("actor", "who acted")
      .template unless_default<&AnyRecord::git_identity, MachineTextCodec>(
          "git_identity", "git's user.email then, if that is not the actor")
      .template always<&AnyRecord::parents>("parents", "SHA-256 of every head known then, in byte order");
}

}  // namespace assay::formats
