#include "experiments/campaign/stored_baseline.hpp"

#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/decide/baseline/baseline_change.hpp"
#include "experiments/decide/baseline/baseline_figures.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::campaign {

bool is_baseline(const record::RecordSummary& summary) {
  return summary.kind == RecordKind::baseline;
}

FiledBaseline stored_baseline(const record::Lab& lab, const record::RecordSummary& summary) {
  if (!is_baseline(summary)) {
    throw Error(
        fmt::format("{} is no baseline, and only baselines keep the phases of their trials: assay baseline FILE "
                    "measures one",
                    summary.name));
  }
  FiledBaseline stored;
  stored.entry = record::read_entry(lab, summary);
  stored.sha256 = summary.sha256;
  stored.figures = decide::baseline_figures(std::get<Baseline>(stored.entry.content));
  return stored;
}

BaselineChange change_between(const FiledBaseline& before, const FiledBaseline& after) {
  const std::string& first = std::get<Baseline>(before.entry.content).plan.environment_name;
  const std::string& second = std::get<Baseline>(after.entry.content).plan.environment_name;
  if (first != second) {
    throw Error(fmt::format("{} was measured in {} and {} in {}: a difference between environments is that of the "
                            "machines; compare baselines of one environment",
                            entry_name(before.entry), first, entry_name(after.entry), second),
                ErrorKind::refused);
  }
  return decide::baseline_change({before.figures, after.figures});
}

}  // namespace assay::campaign
