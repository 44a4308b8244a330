#include "experiments/engine/output_comparison.hpp"

namespace assay::engine {

std::vector<ArmIndex> OutputComparison::begin(std::size_t cell, const std::vector<trial::WarmUp>& warm_ups) {
  const trial::WarmUp& control = warm_ups.at(kControl);
  if (!is_measured(control.outcome)) return {};
  Outputs& outputs = cells_[cell] = {.control = control.standard_output_sha256, .same = {}};
  std::vector<ArmIndex> different;
  for (ArmIndex arm = kControl + 1; arm < warm_ups.size(); ++arm) {
    if (!is_measured(warm_ups[arm].outcome)) continue;
    if (warm_ups[arm].standard_output_sha256 == outputs.control) {
      outputs.same.insert(arm);
    } else {
      different.push_back(arm);
    }
  }
  return different;
}

std::vector<ArmIndex> OutputComparison::look(std::size_t cell, const std::vector<trial::TrialReport>& reports) {
  const auto found = cells_.find(cell);
  if (found == cells_.end() || found->second.control.empty()) return {};
  Outputs& outputs = found->second;
  std::vector<ArmIndex> different;
  for (const trial::TrialReport& report : reports) {
    const std::string& printed = report.standard_output_sha256;
    if (printed.empty() || printed == outputs.control) continue;
    if (report.trial.arm == kControl) {
      outputs.control.clear();  // it varies by itself
      return {};
    }
    if (outputs.same.erase(report.trial.arm) > 0) different.push_back(report.trial.arm);
  }
  return different;
}

}  // namespace assay::engine
