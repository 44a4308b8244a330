#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/formats/json_place.hpp"

namespace assay::formats {

/// The kind of a record that has no key "kind": the evidence of an attempt.
inline constexpr std::string_view kAttemptKind = "attempt";

/// What every record says of itself, whatever its kind.
struct Envelope {
  std::string kind = std::string(kAttemptKind);
  int number = 0;
  std::string program_version;
  std::int64_t created_ns = 0;
  std::string actor;
  std::vector<std::string> parents;
};

/// An object with the envelope's keys, for the rest to be added.
[[nodiscard]] nlohmann::json envelope_json(const Envelope& envelope);
/// \throws Error with the JSON pointer of what is wrong; where it is no record, or one of a newer version.
[[nodiscard]] Envelope envelope_at(const JsonPlace& place);

}  // namespace assay::formats
