#include "experiments/screen/show_baseline.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/campaign/stored_phases.hpp"
#include "experiments/report/baseline/baseline_text.hpp"
#include "experiments/report/entries/entry_text.hpp"
#include "experiments/report/naming.hpp"
#include "experiments/screen/console.hpp"

namespace assay::screen {
namespace {

nlohmann::json phases_head(const Record& record) {
  return {{"schema_version", 1},
          {"command", "show"},
          {"kind", "phases"},
          {"experiment", record.plan.id},
          {"environment", record.plan.environment_name},
          {"record_name", record_name(record)}};
}

}  // namespace

nlohmann::json baseline_json(const campaign::FiledBaseline& baseline, const std::string& command) {
  const auto& content = std::get<Baseline>(baseline.entry.content);
  return {{"schema_version", 1},
          {"command", command},
          {"kind", to_string(kind_of(baseline.entry.content))},
          {"experiment", content.plan.id},
          {"environment", content.plan.environment_name},
          {"record", fmt::format("{:04}", baseline.entry.number)},
          {"record_name", entry_name(baseline.entry)},
          {"record_sha256", baseline.sha256},
          {"replaces", content.replaces},
          {"revision", content.revision},
          {"actor", baseline.entry.actor},
          {"runs", content.runs},
          {"trials", content.trials.size()},
          {"workloads", report::baseline_cells_json(baseline.figures)},
          {"timeouts", report::timeouts_json(baseline.figures)},
          {"changes", content.changes},
          {"notes", content.notes}};
}

void print_baseline(const campaign::FiledBaseline& baseline, BaselinePart part, const OutputOptions& output,
                    const std::string& command) {
  if (output.json) return print_json(baseline_json(baseline, command));
  if (output.quiet) return print_output(entry_name(baseline.entry) + '\n');
  const auto& content = std::get<Baseline>(baseline.entry.content);
  const report::TextStyle style = output_style(read_terminal(), output);
  const std::string head =
      fmt::format("{}: {}\n\n", entry_name(baseline.entry), printable(report::entry_headline(baseline.entry)));
  print_output(head + (part == BaselinePart::phases ? report::phases_text(baseline.figures, style)
                                                    : report::baseline_text(content, baseline.figures, style)));
}

void print_baseline_change(const campaign::FiledBaseline& before, const campaign::FiledBaseline& after,
                           const OutputOptions& output) {
  const BaselineChange change = campaign::change_between(before, after);
  if (output.json) {
    nlohmann::json object = report::baseline_change_json(change);
    object.update({{"schema_version", 1},
                   {"command", "show"},
                   {"before", entry_name(before.entry)},
                   {"after", entry_name(after.entry)}});
    return print_json(object);
  }
  print_output(fmt::format("{} against {}\n\n{}", entry_name(after.entry), entry_name(before.entry),
                           report::baseline_change_text(change)));
}

void print_arm_phases(const Record& record, const OutputOptions& output) {
  const ExperimentPhases phases = campaign::phases_of(record);
  if (output.json) {
    nlohmann::json object = phases_head(record);
    object.update(report::experiment_phases_json(phases));
    return print_json(object);
  }
  const report::TextStyle style = output_style(read_terminal(), output);
  std::string text;
  for (const ArmPhases& arm : phases.arms) {
    text += fmt::format("{}\n{}\n", report::arm_name(arm.arm), report::phases_text(arm.figures, style));
  }
  for (const ArmChange& change : phases.changes) text += report::arm_change_text(change);
  print_output(text);
}

void print_arm_changes(const Record& record, const std::string& label, const OutputOptions& output) {
  nlohmann::json changes = nlohmann::json::array();
  std::string text;
  for (const ArmChange& change : campaign::changes_from(record, label)) {
    changes.push_back(report::arm_change_json(change));
    text += report::arm_change_text(change);
  }
  if (!output.json) return print_output(text);
  nlohmann::json object = phases_head(record);
  object["changes"] = std::move(changes);
  print_json(object);
}

}  // namespace assay::screen
