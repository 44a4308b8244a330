#include "stats/diagnosis/diagnostics.hpp"

#include "core/assert.hpp"
#include "stats/diagnosis/asymmetry.hpp"
#include "stats/diagnosis/autocorrelation.hpp"
#include "stats/diagnosis/modes.hpp"
#include "stats/diagnosis/order_effect.hpp"
#include "stats/diagnosis/resolution.hpp"
#include "stats/diagnosis/trend.hpp"

namespace assay::stats {
namespace {

/// Each Monte Carlo test has a stream of its own: one drawing more leaves the others as they were.
enum class TestStream : std::uint64_t { order_effect, modes, asymmetry };

Generator generator_of(Seed seed, TestStream test) {
  return seed.stream(Stream::bootstrap, static_cast<std::uint64_t>(test));
}

void check(const BlockSeries& series) {
  const std::size_t blocks = series.effects.size();
  ASSAY_ASSERT(series.control.size() == blocks && series.treatment.size() == blocks);
  ASSAY_ASSERT(series.treatment_position.size() == blocks);
  ASSAY_ASSERT(series.margin > 0);
}

}  // namespace

double widening_of(const BlockSeries& series) {
  check(series);
  return find_resolution(series, step_of(series)).widen_by;
}

bool effect_changes(const BlockSeries& series) {
  check(series);
  return find_instability(series).flag;
}

Diagnosis diagnose(const BlockSeries& series, Seed seed) {
  check(series);
  const OrderEffect order = find_order_effect(series, generator_of(seed, TestStream::order_effect));
  const Diagnostic instability = find_instability(series);
  const Autocorrelation autocorrelation = find_autocorrelation(series);
  const double step = step_of(series);
  const Resolution resolution = find_resolution(series, step);
  return {.diagnostics = {order.diagnostic, find_drift(series), instability, autocorrelation.diagnostic,
                          find_modes(series, step, generator_of(seed, TestStream::modes)),
                          find_asymmetry(series, generator_of(seed, TestStream::asymmetry)), resolution.diagnostic},
          .resolution = resolution.widen_by,
          .unstable = instability.flag,
          .first_in_block_effect = order.first_in_block_effect,
          .first_in_block_interval = order.first_in_block_interval,
          .autocorrelation_factor = autocorrelation.factor};
}

}  // namespace assay::stats
