#include "experiments/cli/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include <fmt/format.h>

#include "core/host/machine/clock.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/layout.hpp"

namespace assay::cli {
namespace {

constexpr nanoseconds kBetweenDrawings = std::chrono::milliseconds(100);
/// To the first column, and clear to the end of the line (ECMA-48: EL).
constexpr std::string_view kErase = "\r\x1b[K";

}  // namespace

ProgressSurroundings real_progress_surroundings(const OutputOptions& options) {
  const Terminal terminal = read_terminal();
  ProgressSurroundings surroundings;
  surroundings.mode = progress_mode(terminal, options);
  surroundings.style = error_style(terminal, options);
  // Progress that cannot be shown is no reason to stop measuring: what stderr says to a write is left unasked.
  surroundings.write = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); };
  surroundings.now = host::monotonic_time;
  return surroundings;
}

ProgressDisplay::ProgressDisplay(const Plan& plan, ProgressSurroundings surroundings)
    : plan_(plan), surroundings_(std::move(surroundings)), shown_intervals_(cells(plan).size()) {
  pace_.begin(surroundings_.now());
}

ProgressDisplay::~ProgressDisplay() {
  erase();
}

void ProgressDisplay::step(std::string_view what) {
  pace_.begin(surroundings_.now());
  if (surroundings_.mode == ProgressMode::line) draw(what);
}

void ProgressDisplay::block_finished(const Block& block, const decide::AttemptAnalysis& analysis) {
  const nanoseconds now = surroundings_.now();
  pace_.block_finished(now);
  if (surroundings_.mode == ProgressMode::silent) return;
  const decide::Progress progress = analysis.progress(block.cell);
  std::optional<Interval>& shown_interval = shown_intervals_.at(block.cell);
  const bool looked = progress.interval != shown_interval;
  shown_interval = progress.interval;
  if (surroundings_.mode == ProgressMode::plain) {
    if (looked) say(progress_text(plan_, block.cell, progress, time_left(analysis)));
    return;
  }
  if (last_drawn_ && now - *last_drawn_ < kBetweenDrawings) return;
  draw(progress_text(plan_, block.cell, progress, time_left(analysis)));
}

void ProgressDisplay::note(std::string_view text) {
  say(fmt::format("note: {}", printable(text)));
}

void ProgressDisplay::say(std::string_view text) {
  if (surroundings_.mode == ProgressMode::silent) return;
  erase();
  surroundings_.write(fmt::format("{}\n", text));
}

void ProgressDisplay::draw(std::string_view text) {
  // One column stays free: a terminal wraps where the last one is filled.
  const int columns = std::max(1, surroundings_.style.width - 1);
  const std::string line = report::shorten(printable(text), columns);
  surroundings_.write(fmt::format("{}{}", kErase, line));
  line_shown_ = true;
  last_drawn_ = surroundings_.now();
}

void ProgressDisplay::erase() {
  if (line_shown_) surroundings_.write(kErase);
  line_shown_ = false;
}

std::optional<nanoseconds> ProgressDisplay::time_left(const decide::AttemptAnalysis& analysis) const {
  int blocks = 0;
  bool capped = true;
  for (std::size_t cell = 0; cell < shown_intervals_.size(); ++cell) {
    const decide::Progress progress = analysis.progress(cell);
    const bool open = analysis.blocks_to_next_look(cell) > 0;
    if (!open) continue;
    if (progress.cap == kNoCap) {
      capped = false;
    } else {
      blocks += std::max(0, progress.cap - progress.blocks);
    }
  }
  std::optional<nanoseconds> left = pace_.time_for(blocks);
  const std::optional<nanoseconds>& limit = plan_.protocol.max_time;
  if (!capped && !limit) return std::nullopt;
  const nanoseconds most = capped && left ? *left : nanoseconds::max();
  if (left && limit) left = std::clamp(*limit - pace_.elapsed(surroundings_.now()), nanoseconds{0}, most);
  return left;
}

}  // namespace assay::cli
