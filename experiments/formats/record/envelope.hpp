#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/formats/field.hpp"

namespace assay::formats {

/// The kind of a record that has no key "kind": the evidence of an attempt.
inline constexpr std::string_view kAttemptKind = "attempt";

/// The members that every record has, whatever its kind.
struct Envelope {
  std::string kind = std::string(kAttemptKind);
  int number = 0;
  std::string program_version;
  std::int64_t created_ns = 0;
  std::string actor;
  std::vector<std::string> parents;
};

/// \throws Error with the place of what is wrong, also if it is not a record, or one of a newer version.
[[nodiscard]] Envelope envelope_at(const Field& field);

}  // namespace assay::formats
