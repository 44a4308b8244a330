#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"

namespace assay::adversary {

/// A way in which a record or a lab looks as if results had been picked or made up (docs/methods/suspicion.md).
enum class Mark {
  attempts_missing,  ///< an earlier attempt is not in the lab
  alpha_twice,       ///< one attempt's share of alpha was spent twice
  undeclared_look,   ///< it was stopped at a time that its plan does not give
  plan_moved,        ///< it asks for less than an earlier attempt did, or asks its question in other words
  seed_twice,        ///< two attempts have the same random draws
  uneven_voids,      ///< blocks were voided that would have spoken for one side
  hours_apart,       ///< trials of one block were run at different times
  repeated_samples,  ///< the same samples come again
  rounded_samples,   ///< samples are coarser than the clock
  impossible_times,  ///< times do not add up to the clock
  parts_missing,     ///< it lacks something that every run leaves
};

/// What looks suspicious, and how seldom chance does it.
struct Suspicion {
  std::string record;  ///< name
  Mark mark = Mark::attempts_missing;
  std::string what;              ///< in one sentence
  std::optional<double> chance;  ///< how likely an honest record shows it; std::nullopt: no honest run does
  friend bool operator==(const Suspicion&, const Suspicion&) = default;
};

/// A mark that depends on chance counts if an honest record shows it no more often than this. There are at most eight
/// of them for each record, so that all together flag less than one honest record in a hundred.
inline constexpr double kSuspiciousChance = 0.001;

}  // namespace assay::adversary

template <>
struct assay::EnumNames<assay::adversary::Mark> {
  static constexpr std::array<std::string_view, 11> values = {
      "attempts-missing", "alpha-twice",      "undeclared-look", "plan-moved",       "seed-twice",   "uneven-voids",
      "hours-apart",      "repeated-samples", "rounded-samples", "impossible-times", "parts-missing"};
};
