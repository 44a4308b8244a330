#include "experiments/record/documents/attribution_sections.hpp"

#include "core/plan.hpp"
#include "core/record/entry.hpp"
#include "experiments/decide/baseline/baseline_figures.hpp"
#include "experiments/decide/baseline/experiment_phases.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/report/baseline/baseline_section.hpp"

namespace assay::record {

std::optional<std::string> attribution_section(const Lab& lab, const RecordSummary& summary) {
  if (summary.kind == RecordKind::baseline) {
    const Entry entry = read_entry(lab, summary);
    const BaselineFigures figures = decide::baseline_figures(std::get<Baseline>(entry.content));
    return report::attribution_section({entry, figures, {.sha256 = summary.sha256, .settled_by = ""}});
  }
  if (!is_attempt(summary) || !reads_spans(read_record_head(lab, summary).plan)) return std::nullopt;
  const Record record = read_record(lab, summary);
  const ExperimentPhases phases = decide::experiment_phases(record.plan, record.blocks);
  return report::attribution_section({record, phases, summary.sha256});
}

}  // namespace assay::record
