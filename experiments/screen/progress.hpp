#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/plan.hpp"
#include "core/units.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/screen/console.hpp"

namespace assay::screen {

/// "custom-html (warm): 12 of at most 200 blocks, wall -19.5 % (-21.0 % to -18.2 %), at most 3 min left": the
/// state of one cell. The cell is named if there are several.
[[nodiscard]] std::string progress_text(const Plan& plan, std::size_t cell, const attempt::CellProgress& progress,
                                        std::optional<nanoseconds> time_left);

/// How fast blocks are finished, and therefore how long the rest takes at most.
///
/// The first block is timed from the beginning of its preparation. Once there are more blocks, time counts from the end
/// of the first one, so that warm-ups no longer count.
class Pace {
 public:
  /// Measuring begins, or begins again after a step outside the clock.
  void begin(nanoseconds now);
  void block_finished(nanoseconds now);
  /// The time that this many more blocks take; std::nullopt before the first block.
  [[nodiscard]] std::optional<nanoseconds> time_for(int blocks) const;
  /// The time since measuring began.
  [[nodiscard]] nanoseconds elapsed(nanoseconds now) const;

 private:
  std::optional<nanoseconds> began_;
  nanoseconds origin_{};
  nanoseconds last_{};
  int finished_ = 0;
};

/// Says on standard error what a person should know even if no progress is shown.
class Remarks : public attempt::Observer {
 public:
  void waiting_for_host(std::string_view holder) override;
  void file_restored(const attempt::RestoredFile& file) override;
  void note(std::string_view text) override;
};

/// Where and how progress is shown; tests give their own.
struct ProgressOutput {
  ProgressMode mode = ProgressMode::silent;
  report::TextStyle style;
  std::function<void(std::string_view)> write;  ///< to standard error, at once
  std::function<nanoseconds()> now;             ///< a clock that never jumps
  std::function<int()> width = {};              ///< columns of the terminal by now; empty: those of the style
};
/// Standard error, the steady clock, and the mode that fits the terminal and the options.
[[nodiscard]] ProgressOutput real_progress_output(const OutputOptions& options);

/// Shows how an attempt goes on: blocks done and cap, estimate and interval so far, time left at most.
///
/// Draws only between blocks, at most ten times a second, so that no drawing falls into a timed trial.
class ProgressDisplay final : public Remarks {
 public:
  explicit ProgressDisplay(ProgressOutput output);
  /// Removes the line.
  ~ProgressDisplay() override;

  void measuring_began(const Plan& plan) override;
  /// Removes the line.
  void measuring_ended() override;
  void step_began(std::string_view what) override;
  void block_finished(const Block& block, const std::vector<attempt::CellProgress>& cells) override;
  void note(std::string_view text) override;
  /// A line that stays: shown unless silent.
  void say(std::string_view text);

 private:
  void draw(std::string_view text);
  void erase();
  [[nodiscard]] int columns() const;
  [[nodiscard]] std::optional<nanoseconds> time_left(const std::vector<attempt::CellProgress>& cells) const;

  ProgressOutput output_;
  std::optional<Plan> plan_;  ///< of the attempt that is running
  Pace pace_;
  std::vector<std::optional<Interval>> shown_intervals_;  ///< by cell: a change shows that there was a look
  std::optional<nanoseconds> last_drawn_;
  int shown_columns_ = 0;  ///< of the line that is shown; 0: none
};

}  // namespace assay::screen
