#pragma once

#include "core/record/record.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

// The members of the record of an attempt (docs/formats/record.md).

template <>
const Description& description_of<Machine>();
template <>
const Description& description_of<Record>();

}  // namespace assay::formats
