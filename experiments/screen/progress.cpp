#include "experiments/screen/progress.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include <fmt/format.h>

#include "core/engine/weight.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/process/standard_streams.hpp"
#include "core/text/utf8.hpp"
#include "experiments/attempt/restored_files.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/screen/console.hpp"

namespace assay::screen {
namespace {

constexpr nanoseconds kBetweenDrawings = std::chrono::milliseconds(100);
/// To the first column, and clear to the end of the line (ECMA-48: EL).
constexpr std::string_view kErase = "\r\x1b[K";
/// Clears this row, then goes to the one above (EL, CUU).
constexpr std::string_view kUpAndErase = "\r\x1b[K\x1b[A";

}  // namespace

ProgressOutput real_progress_output(const OutputOptions& options) {
  const Terminal terminal = read_terminal();
  ProgressOutput output;
  output.mode = progress_mode(terminal, options);
  output.style = error_style(terminal, options);
  // Progress that cannot be shown is no reason to stop measuring: what stderr says to a write is left unasked.
  output.write = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); };
  output.now = host::monotonic_time;
  output.width = [width = terminal.width] { return host::terminal_width(host::StandardStream::error).value_or(width); };
  return output;
}

void Remarks::waiting_for_host(std::string_view holder) {
  print_remark(fmt::format("assay: waiting for another measurement on this host: {}", holder));
}

void Remarks::file_restored(const attempt::RestoredFile& file) {
  print_remark("assay: " + attempt::describe(file));
}

void Remarks::note(std::string_view text) {
  print_remark(fmt::format("note: {}", text));
}

ProgressDisplay::ProgressDisplay(ProgressOutput output) : output_(std::move(output)) {}

ProgressDisplay::~ProgressDisplay() {
  erase();
}

void ProgressDisplay::measuring_began(const Plan& plan) {
  plan_ = plan;
  pace_ = {};
  shown_intervals_.assign(cells(plan).size(), std::nullopt);
  last_drawn_.reset();
  pace_.begin(output_.now());
}

void ProgressDisplay::measuring_ended() {
  erase();
}

void ProgressDisplay::step_began(std::string_view what) {
  pace_.begin(output_.now());
  if (output_.mode == ProgressMode::line) draw(what);
}

void ProgressDisplay::block_finished(const Block& block, const std::vector<attempt::CellProgress>& cells) {
  const nanoseconds now = output_.now();
  // Blocks that ran side by side end together and count once.
  const std::vector<std::size_t> group = group_of(*plan_, block.cell);
  if (group.front() == block.cell) pace_.block_finished(now);
  if (output_.mode == ProgressMode::silent) return;
  const attempt::CellProgress& progress = cells.at(block.cell);
  std::optional<Interval>& shown_interval = shown_intervals_.at(block.cell);
  const bool looked = progress.interval != shown_interval;
  shown_interval = progress.interval;
  const bool only_runs_beside = !block.beside.empty() && !progress.open && !looked;
  if (only_runs_beside) return;
  if (output_.mode == ProgressMode::plain) {
    if (looked) say(progress_text(*plan_, block.cell, progress, time_left(cells)));
    return;
  }
  // They come all at once, and the line has room for one: each has it in turn.
  if (group.at(static_cast<std::size_t>(block.number) % group.size()) != block.cell) return;
  if (last_drawn_ && now - *last_drawn_ < kBetweenDrawings) return;
  draw(progress_text(*plan_, block.cell, progress, time_left(cells)));
}

void ProgressDisplay::note(std::string_view text) {
  say(fmt::format("note: {}", printable(text)));
}

void ProgressDisplay::say(std::string_view text) {
  if (output_.mode == ProgressMode::silent) return;
  erase();
  output_.write(fmt::format("{}\n", text));
}

void ProgressDisplay::draw(std::string_view text) {
  // One column stays free: a terminal wraps where the last one is filled.
  const std::string line = report::shorten(printable(text), std::max(1, columns() - 1));
  if (shown_columns_ == 0) output_.write(kErase);
  erase();
  output_.write(line);
  shown_columns_ = std::max(1, report::display_width(line));
  last_drawn_ = output_.now();
}

void ProgressDisplay::erase() {
  if (shown_columns_ == 0) return;
  // A terminal that was made narrower since has wrapped the line: its first row is further up.
  for (int rows = (shown_columns_ - 1) / std::max(1, columns()); rows > 0; --rows) output_.write(kUpAndErase);
  output_.write(kErase);
  shown_columns_ = 0;
}

int ProgressDisplay::columns() const {
  return output_.width ? output_.width() : output_.style.width;
}

std::optional<nanoseconds> ProgressDisplay::time_left(const std::vector<attempt::CellProgress>& cells) const {
  int blocks = 0;  // those that run side by side count once
  bool capped = true;
  for (const std::vector<std::size_t>& group : groups_of(*plan_)) {
    int most = 0;
    for (const std::size_t cell : group) {
      const attempt::CellProgress& progress = cells.at(cell);
      if (!progress.open) continue;
      if (progress.cap == kNoCap) {
        capped = false;
      } else {
        most = std::max(most, progress.cap - progress.blocks);
      }
    }
    blocks += most;
  }
  std::optional<nanoseconds> left = pace_.time_for(blocks);
  const std::optional<nanoseconds>& limit = plan_->protocol.max_time;
  if (!capped && !limit) return std::nullopt;
  const nanoseconds most = capped && left ? *left : nanoseconds::max();
  if (left && limit) left = std::clamp(*limit - pace_.elapsed(output_.now()), nanoseconds{0}, most);
  return left;
}

std::string progress_text(const Plan& plan, std::size_t cell, const attempt::CellProgress& progress,
                          std::optional<nanoseconds> time_left) {
  const std::vector<Cell> all = cells(plan);
  const Metric& metric = plan.metrics.at(primary_metric(plan));
  std::string text = all.size() > 1 ? printable(cell_name(plan, all.at(cell))) + ": " : "";
  text += report::out_of_text(plan.protocol.design, {.count = progress.blocks, .cap = progress.cap});
  if (progress.estimate && progress.interval) {
    text += fmt::format(", {} {} ({})", printable(metric.name), report::effect_change_text(metric, *progress.estimate),
                        report::effect_interval_text(metric, *progress.interval));
  }
  if (time_left) {
    const double seconds = std::chrono::duration<double>(*time_left).count();
    text += fmt::format(", at most {} left", report::rough_duration_text(seconds));
  }
  return text;
}

void Pace::begin(nanoseconds now) {
  if (finished_ > 0) return;
  began_ = now;  // neither builds nor warm-ups belong to the time of measuring
  origin_ = now;
}

void Pace::block_finished(nanoseconds now) {
  if (!began_) begin(now);
  ++finished_;
  if (finished_ == 2) origin_ = last_;
  last_ = now;
}

std::optional<nanoseconds> Pace::time_for(int blocks) const {
  if (finished_ == 0) return std::nullopt;
  const int timed = finished_ == 1 ? 1 : finished_ - 1;
  return (last_ - origin_) / timed * blocks;
}

nanoseconds Pace::elapsed(nanoseconds now) const {
  return began_ ? now - *began_ : nanoseconds{0};
}

}  // namespace assay::screen
