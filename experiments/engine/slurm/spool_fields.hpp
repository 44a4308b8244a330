#pragma once

#include "experiments/engine/slurm/task_files.hpp"
#include "experiments/formats/block/trial_fields.hpp"
#include "experiments/formats/described.hpp"
#include "experiments/formats/result/result_fields.hpp"

namespace assay::formats {

// The members of a spool's files (docs/formats/spool.md).

template <>
const Description& description_of<BlockOrder>();
template <>
const Description& description_of<engine::Generation>();
template <>
const Description& description_of<engine::Claim>();
template <>
const Description& description_of<engine::TaskProgress>();
template <>
const Description& description_of<engine::TaskResult>();
template <>
const Description& description_of<engine::TaskFailure>();

}  // namespace assay::formats
