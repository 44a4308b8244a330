#include "experiments/report/naming.hpp"

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {

std::string arm_name(const NamedArm& arm) {
  if (!arm.label.empty()) return printable(arm.label);
  return arm.index == kControl ? "control" : "treatment";
}

ArmNames arm_names(const Comparison& comparison) {
  return {arm_name(comparison.control), arm_name(comparison.treatment)};
}

std::string cell_title(const NamedCell& cell) {
  return printable(cell.title);
}

std::string units_text(Design design, int count) {
  if (is_costly(design)) return count_text(count, "trial") + " of each arm";
  return count_text(count, unit_name(design));
}

std::string fresh_text(Design design, int count) {
  return count_text(count, fmt::format("fresh {}", unit_name(design)));
}

int first_look(const Protocol& protocol) {
  return looks_once(protocol) ? protocol.max_blocks : protocol.min_blocks;
}

std::string out_of_text(Design design, const BlocksOfCap& blocks) {
  if (blocks.cap == kNoCap) return units_text(design, blocks.count);
  return fmt::format("{} of at most {}", blocks.count, units_text(design, blocks.cap));
}

std::string extent_text(const Comparison& comparison) {
  if (comparison.fresh_blocks == 0) return units_text(comparison.design, comparison.blocks);
  return fmt::format("{} after {}", fresh_text(comparison.design, comparison.fresh_blocks),
                     comparison.blocks - comparison.fresh_blocks);
}

const MetricResult& primary_result(const Comparison& comparison) {
  ASSAY_ASSERT(!comparison.metrics.empty());
  return comparison.metrics.front();
}

bool is_exact(const MetricResult& result) {
  return result.effect && result.effect->estimator == Estimator::exact;
}

}  // namespace assay::report
