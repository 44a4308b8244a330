#pragma once

#include "core/host/machine/clock.hpp"
#include "core/host/process/process.hpp"
#include "core/units.hpp"

namespace assay::trial {

/// What commands between trials took.
struct SpentTime {
  nanoseconds wall{};
  nanoseconds cpu{};

  void operator+=(const SpentTime& other) {
    wall += other.wall;
    cpu += other.cpu;
  }
};

/// Measures what a launcher's children take from now on.
class SpentMeter {
 public:
  explicit SpentMeter(const host::Launcher& launcher)
      : launcher_(launcher), started_(host::monotonic_time()), cpu_(launcher.children_cpu()) {}

  [[nodiscard]] SpentTime so_far() const {
    return {.wall = host::monotonic_time() - started_, .cpu = launcher_.children_cpu() - cpu_};
  }

 private:
  const host::Launcher& launcher_;
  nanoseconds started_;
  nanoseconds cpu_;
};

}  // namespace assay::trial
