#pragma once

#include "experiments/formats/object.hpp"

namespace assay::formats {

inline constexpr std::string_view kRecordFormat = "assay record";
inline constexpr int kSchemaVersion = 1;

/// \throws Error if a document is not a record of this version.
void check_format(const Field& field);

/// Lists the members that every record has. `check_format` has seen the first two.
template <class AnyRecord>
Object<AnyRecord>& add_envelope(Object<AnyRecord>& object) {
  return object.template constant<ConstantCodec<kRecordFormat>>("format", "a program refuses every other text")
      .template constant<ConstantCodec<kSchemaVersion>>("schema_version",
                                                        "a program refuses a version that it does not know")
      .template always<&AnyRecord::number>("number", "for people and for the file's name; it never changes")
      .template always<&AnyRecord::program_version>("program_version", "the assay that wrote the record")
      .template always<&AnyRecord::created_ns>("created_ns", "Unix time, by the clock of the machine")
      .template always<&AnyRecord::actor, MachineTextCodec>("actor", "who acted")
      .template unless_default<&AnyRecord::git_identity, MachineTextCodec>(
          "git_identity", "git's user.email then, if that is not the actor")
      .template always<&AnyRecord::parents>("parents", "SHA-256 of every head known then, in byte order");
}

}  // namespace assay::formats
