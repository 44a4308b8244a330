#pragma once

#include "core/record/milestone.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

// Milestones, in their file and in the entry that declares one done (docs/formats/milestones.md).

template <>
const Description& description_of<Criterion>();
template <>
const Description& description_of<Milestone>();
template <>
const Description& description_of<CriterionEvidence>();
template <>
const Description& description_of<MilestoneDone>();
template <>
const Description& description_of<BaselineCriterion>();
template <>
const Description& description_of<AttributionCriterion>();
template <>
const Description& description_of<TargetCriterion>();
template <>
const Description& description_of<DecisionCriterion>();
template <>
const Description& description_of<AdoptionCriterion>();
template <>
const Description& description_of<GainCriterion>();
template <>
const Description& description_of<ClaimCriterion>();

}  // namespace assay::formats
