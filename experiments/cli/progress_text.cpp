#include "experiments/cli/progress_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::cli {

std::string progress_text(const Plan& plan, std::size_t cell, const attempt::CellProgress& progress,
                          std::optional<nanoseconds> time_left) {
  const std::vector<Cell> all = cells(plan);
  const Metric& metric = plan.metrics.at(primary_metric(plan));
  std::string text = all.size() > 1 ? printable(cell_name(plan, all.at(cell))) + ": " : "";
  text += report::out_of_text(plan, progress.blocks, progress.cap);
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
  if (!began_) began_ = now;
  if (finished_ == 0) origin_ = now;
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

}  // namespace assay::cli
