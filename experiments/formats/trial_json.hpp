#pragma once

#include "core/trial.hpp"
#include "experiments/formats/json_place.hpp"

namespace assay::formats {

class CanonicalWriter;

/// One trial of a block as JSON: times in integer nanoseconds, sizes in bytes, zero counts and what the kernel did not
/// tell left out. Bytes of texts that are not UTF-8 become U+FFFD.
void write_trial(const Trial& trial, CanonicalWriter& writer);
/// \throws Error with the JSON pointer of what is wrong.
[[nodiscard]] Trial trial_at(const JsonPlace& place);

}  // namespace assay::formats
