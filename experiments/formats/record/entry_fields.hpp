#pragma once

#include "core/record/entry.hpp"
#include "experiments/formats/described.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/record/gate_fields.hpp"
#include "experiments/formats/record/milestone_fields.hpp"

namespace assay::formats {

// The members of an entry and of what it says in its `payload` (docs/formats/record.md).

template <>
const Description& description_of<Reopening>();
template <>
const Description& description_of<Relaxation>();
template <>
const Description& description_of<Restoration>();
template <>
const Description& description_of<Question>();
template <>
const Description& description_of<Answer>();
template <>
const Description& description_of<Claim>();
template <>
const Description& description_of<Withdrawal>();
template <>
const Description& description_of<Opening>();
template <>
const Description& description_of<Closing>();
template <>
const Description& description_of<ReviewFinding>();
template <>
const Description& description_of<ChallengeEntry>();
template <>
const Description& description_of<AllowedFinding>();
template <>
const Description& description_of<Acceptance>();
template <>
const Description& description_of<BaselineTrial>();
template <>
const Description& description_of<Baseline>();
template <>
const Description& description_of<Adoption>();
template <>
const Description& description_of<Reversion>();
template <>
const Description& description_of<Interval>();
template <>
const Description& description_of<GainOfCell>();
template <>
const Description& description_of<Gain>();
template <>
const Description& description_of<ReviewItem>();
template <>
const Description& description_of<Review>();
template <>
const Description& description_of<Entry>();

}  // namespace assay::formats
