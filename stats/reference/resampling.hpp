#pragma once

#include "core/seed.hpp"

namespace assay::stats {

/// How to resample. Each resample has a stream of its own, so the result depends only on the seed, not on the number of
/// threads.
struct Resampling {
  Seed seed{0};
  int resamples = 9999;
  int threads = 1;
};

/// \throws Error unless there are at least 100 resamples and one thread.
void require_resampling(const Resampling& how);

}  // namespace assay::stats
