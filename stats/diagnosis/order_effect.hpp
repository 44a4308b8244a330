#pragma once

#include <optional>

#include "core/interval.hpp"
#include "core/result/diagnostic.hpp"
#include "core/seed.hpp"
#include "stats/diagnosis/block_series.hpp"

namespace assay::stats {

struct OrderEffect {
  Diagnostic diagnostic;
  std::optional<double> first_in_block_effect;  ///< as in Diagnosis, as is its interval
  std::optional<Interval> first_in_block_interval;
};

/// Whether the effect depends on which arm came second. For a duet, whether it depends on the CPU.
[[nodiscard]] OrderEffect find_order_effect(const BlockSeries& series, Generator generator);

}  // namespace assay::stats
