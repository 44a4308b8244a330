#pragma once

#include "experiments/engine/slurm/spool.hpp"

namespace assay::engine {

/// Ends what a cluster still has of an attempt that nobody goes on with: no task of it starts a trial any more. Without
/// a cluster at hand, tasks that are waiting end by themselves when they start.
void abandon(const Spool& spool);

}  // namespace assay::engine
