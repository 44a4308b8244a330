#pragma once

#include "core/seed.hpp"

namespace assay::stats {

/// How to draw by chance. Every draw has a stream of its own, so that the result depends on the seed alone, whatever
/// the number of threads.
struct Resampling {
  Seed seed{0};
  int resamples = 9999;
  int threads = 1;
};

/// \throws Error unless there are at least 100 resamples and a thread.
void require_resampling(const Resampling& how);

}  // namespace assay::stats
