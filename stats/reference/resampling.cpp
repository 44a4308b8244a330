#include "stats/reference/resampling.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::stats {

void require_resampling(const Resampling& how) {
  if (how.resamples < 100) {
    throw Error(fmt::format("{} resamples: expected at least 100, 9999 are usual", how.resamples));
  }
  if (how.threads < 1) throw Error(fmt::format("{} threads: expected at least 1", how.threads));
}

}  // namespace assay::stats
