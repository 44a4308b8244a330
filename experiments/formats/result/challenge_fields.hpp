#pragma once

#include "core/result/challenge_result.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

// The grade of a claim, in the result of a record and in the entry of a challenge (docs/formats/result.md).

template <>
const Description& description_of<MeasuredRange>();
template <>
const Description& description_of<GoodBlocks>();
template <>
const Description& description_of<ChallengeResult>();
template <>
const Description& description_of<OwnInputGrade>();

}  // namespace assay::formats
