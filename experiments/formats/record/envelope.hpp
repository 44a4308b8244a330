#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/record/record_kind.hpp"
#include "experiments/formats/field.hpp"

namespace assay::formats {

/// The members that every record has, whatever its kind.
struct Envelope {
  RecordKind kind = RecordKind::attempt;  ///< without a key "kind" it is the evidence of an attempt
  int number = 0;
  std::string program_version;
  std::int64_t created_ns = 0;
  std::string actor;
  std::string git_identity;
  std::vector<std::string> parents;
};

/// \throws Error with the place of what is wrong, also if it is not a record, or one of a newer version.
[[nodiscard]] Envelope envelope_at(const Field& field);

/// The kind of that name. \throws Error with the place if there is none.
[[nodiscard]] RecordKind record_kind_at(const Field& field);

}  // namespace assay::formats
