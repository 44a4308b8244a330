#include "experiments/trial/checks/older_files.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "experiments/trial/checks/check_rule.hpp"

namespace assay::trial {
namespace {

/// What reads the file: a check, or a metric of its size.
std::string reader_of(const Plan& plan, const std::string& file) {
  for (const Check& check : plan.checks) {
    if (rule_of(check).needs.file == file) return check.name;
  }
  for (const Metric& metric : plan.metrics) {
    const auto* const size = std::get_if<FileSizeSource>(&metric.source);
    if (size != nullptr && size->path == file) return metric.name;
  }
  return file;
}

}  // namespace

void OlderFiles::learn(std::size_t cell, const std::vector<TrialReport>& reports) {
  for (const TrialReport& report : reports) {
    if (report.trial.arm != kControl || !is_measured(report.trial.outcome)) continue;
    OfControl& control = cells_[cell];
    control.is_seen = true;
    control.older.insert(report.older_files.begin(), report.older_files.end());
  }
}

void OlderFiles::judge(std::size_t cell, std::vector<TrialReport>& reports) {
  learn(cell, reports);
  const OfControl& control = cells_[cell];
  if (!control.is_seen) return;
  for (TrialReport& report : reports) {
    if (report.trial.arm == kControl || !is_measured(report.trial.outcome)) continue;
    const auto older = std::find_if(report.older_files.begin(), report.older_files.end(),
                                    [&](const std::string& file) { return !control.older.contains(file); });
    if (older == report.older_files.end()) continue;
    report.trial.outcome =
        CheckFailed{reader_of(plan_, *older),
                    fmt::format("{} is older than the trial, which therefore did not write it; control writes it "
                                "afresh",
                                *older)};
    drop_values(report.trial, plan_.metrics.size());
  }
}

}  // namespace assay::trial
