#pragma once

#include "core/result/result.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

// The members of a result and of its parts (docs/formats/result.md). A result names cells, arms and metrics; what it
// reads back is complete only with its plan (result_references.hpp).

template <>
const Description& description_of<Build>();
template <>
const Description& description_of<HookRun>();
template <>
const Description& description_of<IsolationChallenge>();
template <>
const Description& description_of<DifferingContent>();
template <>
const Description& description_of<Neighbour>();
template <>
const Description& description_of<WarmUps>();
template <>
const Description& description_of<UnannouncedTrials>();
template <>
const Description& description_of<ClusterNode>();
template <>
const Description& description_of<TriedPlant>();
template <>
const Description& description_of<AuditResult>();

template <>
const Description& description_of<ArmSummary>();
template <>
const Description& description_of<ArmSteadiness>();
template <>
const Description& description_of<Steadiness>();
template <>
const Description& description_of<MetricResult>();

template <>
const Description& description_of<Diagnostic>();
template <>
const Description& description_of<FailedTest>();
template <>
const Description& description_of<CheckResult>();
template <>
const Description& description_of<QuickerMetric>();
template <>
const Description& description_of<Advice>();
template <>
const Description& description_of<BudgetUse>();
template <>
const Description& description_of<Comparison>();

template <>
const Description& description_of<LevelStanding>();
template <>
const Description& description_of<LevelSearch>();

template <>
const Description& description_of<AttemptResult>();

}  // namespace assay::formats
