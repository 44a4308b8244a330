#include "experiments/trial/output_references.hpp"

#include <variant>

#include <fmt/format.h>

namespace assay::experiments {

OutputReferences::OutputReferences(const Plan& plan) : plan_(plan) {}

void OutputReferences::offer(std::size_t cell, const OutputDigests& control_outputs) {
  for (std::size_t check = 0; check < control_outputs.size(); ++check) {
    if (control_outputs[check]) references_.try_emplace({cell, check}, *control_outputs[check]);
  }
}

void OutputReferences::judge(std::size_t cell, std::vector<TrialReport>& reports) {
  for (const TrialReport& report : reports) {
    if (report.trial.arm == kControl && is_measured(report.trial.outcome)) offer(cell, report.outputs);
  }
  for (TrialReport& report : reports) judge_one(cell, report);
}

void OutputReferences::judge_one(std::size_t cell, TrialReport& report) const {
  for (std::size_t check = 0; check < report.outputs.size() && is_measured(report.trial.outcome); ++check) {
    const auto reference = references_.find({cell, check});
    const std::optional<std::string>& output = report.outputs[check];
    if (!output || reference == references_.end() || *output == reference->second) continue;
    const auto& kind = std::get<SameOutputCheck>(plan_.checks[check].kind);
    const std::string what = kind.file.empty() ? "standard output" : kind.file;
    report.trial.outcome = CheckFailed{plan_.checks[check].name,
                                       fmt::format("{} differs from control's first: SHA-256 {} against {}", what,
                                                   output->substr(0, 12), reference->second.substr(0, 12))};
    report.trial.values.assign(plan_.metrics.size(), std::nullopt);
  }
}

}  // namespace assay::experiments
