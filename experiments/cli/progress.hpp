#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/plan.hpp"
#include "core/units.hpp"
#include "experiments/cli/progress_text.hpp"
#include "experiments/cli/terminal.hpp"
#include "experiments/session/session.hpp"

namespace assay::cli {

/// What the progress display needs of the world; tests give their own.
struct ProgressSurroundings {
  ProgressMode mode = ProgressMode::silent;
  report::TextStyle style;
  std::function<void(std::string_view)> write;  ///< to standard error, at once
  std::function<nanoseconds()> now;             ///< never jumps
};
/// Standard error, the steady clock, and the mode that fits the terminal and the options.
[[nodiscard]] ProgressSurroundings real_progress_surroundings(const OutputOptions& options);

/// Shows how an attempt goes on: blocks done and cap, estimate and interval so far, time left at most.
///
/// Draws between blocks only, at most ten times a second, so that nothing of it falls into a timed trial.
class ProgressDisplay final : public session::Observer {
 public:
  ProgressDisplay(const Plan& plan, ProgressSurroundings surroundings);
  /// Removes the line.
  ~ProgressDisplay() override;

  void step(std::string_view what) override;
  void block_finished(const Block& block, const decide::AttemptAnalysis& analysis) override;
  void note(std::string_view text) override;
  /// A line that stays, such as "waiting for the lock": shown unless silent.
  void say(std::string_view text);

 private:
  void draw(std::string_view text);
  void erase();
  [[nodiscard]] std::optional<nanoseconds> time_left(const decide::AttemptAnalysis& analysis) const;

  const Plan& plan_;
  ProgressSurroundings surroundings_;
  Pace pace_;
  std::vector<std::optional<Interval>> shown_intervals_;  ///< of each cell: a new one tells of a look
  std::optional<nanoseconds> last_drawn_;
  bool line_shown_ = false;
};

}  // namespace assay::cli
