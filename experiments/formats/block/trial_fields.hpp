#pragma once

#include "core/block.hpp"
#include "core/trial.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

// The members of a block and of its trials (docs/formats/plan.md). A block is written between trials: writing one makes
// no tree of JSON.

template <>
const Description& description_of<Measured>();
template <>
const Description& description_of<Exited>();
template <>
const Description& description_of<Killed>();
template <>
const Description& description_of<TimedOut>();
template <>
const Description& description_of<CheckFailed>();
template <>
const Description& description_of<HookFailed>();
template <>
const Description& description_of<StateUnproven>();
template <>
const Description& description_of<Outcome>();

template <>
const Description& description_of<Usage>();
template <>
const Description& description_of<OutsideClock>();
template <>
const Description& description_of<Strain>();
template <>
const Description& description_of<SteadySeries>();
template <>
const Description& description_of<PhaseUse>();
template <>
const Description& description_of<PhaseTime>();
template <>
const Description& description_of<PhaseTimes>();
template <>
const Description& description_of<Trial>();
template <>
const Description& description_of<BrokenOff>();
template <>
const Description& description_of<Block>();

}  // namespace assay::formats
