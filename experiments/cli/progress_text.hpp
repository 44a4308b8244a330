#pragma once

#include <optional>
#include <string>

#include "core/plan.hpp"
#include "core/units.hpp"
#include "experiments/attempt/experiment.hpp"

namespace assay::cli {

/// "custom-html (warm): 12 of at most 200 blocks, wall -19.5 % (-21.0 % to -18.2 %), at most 3 min left": what is
/// known of one cell. The cell is named where there are several.
[[nodiscard]] std::string progress_text(const Plan& plan, std::size_t cell, const attempt::CellProgress& progress,
                                        std::optional<nanoseconds> time_left);

/// How fast blocks come, and so how long the rest takes at most.
///
/// The first block is timed from when its preparation began; once there are more, from the end of the first, so that
/// warm-ups count no longer.
class Pace {
 public:
  /// Measuring begins, or begins again after a step outside the clock.
  void begin(nanoseconds now);
  void block_finished(nanoseconds now);
  /// What this many more blocks take; nothing before the first block.
  [[nodiscard]] std::optional<nanoseconds> time_for(int blocks) const;
  /// Since measuring began.
  [[nodiscard]] nanoseconds elapsed(nanoseconds now) const;

 private:
  std::optional<nanoseconds> began_;
  nanoseconds origin_{};
  nanoseconds last_{};
  int finished_ = 0;
};

}  // namespace assay::cli
