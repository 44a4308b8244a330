#pragma once

#include "core/record/gate.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

// The members of what a gate decided, as an entry holds it (docs/formats/record.md).

template <>
const Description& description_of<GateRevision>();
template <>
const Description& description_of<GatePolicy>();
template <>
const Description& description_of<GateRuleChange>();
template <>
const Description& description_of<StoredComparison>();
template <>
const Description& description_of<GateMeasurement>();
template <>
const Description& description_of<GateFinding>();
template <>
const Description& description_of<GateReport>();

}  // namespace assay::formats
