#pragma once

#include <vector>

#include "core/plan.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

// The members of a plan and of its parts (docs/formats/plan.md). `text_of(value)` writes each of them and
// `read_as<Value>(field)` reads it.

template <>
const Description& description_of<Hooks>();
template <>
const Description& description_of<Limits>();
template <>
const Description& description_of<Workload>();

template <>
const Description& description_of<EnvironmentLevel>();
template <>
const Description& description_of<ArgumentLevel>();
template <>
const Description& description_of<SettingsLevel>();
template <>
const Description& description_of<CommandLevel>();
template <>
const Description& description_of<Patch>();
template <>
const Description& description_of<SourceLevel>();
template <>
const Description& description_of<FileLevel>();
template <>
const Description& description_of<StateLevel>();
template <>
const Description& description_of<Level>();
template <>
const Description& description_of<SourceBuild>();
template <>
const Description& description_of<MetricCondition>();
template <>
const Description& description_of<Variable>();

template <>
const Description& description_of<State>();
template <>
const Description& description_of<Metric>();
template <>
const Description& description_of<Target>();

template <>
const Description& description_of<Check>();
template <>
const Description& description_of<Plant>();
/// The keys that each kind of check adds, in the order of the kinds.
[[nodiscard]] const std::vector<const Description*>& check_kind_descriptions();

template <>
const Description& description_of<Budget>();
template <>
const Description& description_of<Protocol>();
template <>
const Description& description_of<Simulation>();
template <>
const Description& description_of<RequirementChange>();
template <>
const Description& description_of<ClaimedMetric>();
template <>
const Description& description_of<ClaimedEffect>();
template <>
const Description& description_of<ChallengeTerms>();
template <>
const Description& description_of<Plan>();

}  // namespace assay::formats
