#include "experiments/campaign/gate/stored_gate.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/machine.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/exploratory_sessions.hpp"
#include "experiments/campaign/baseline.hpp"
#include "experiments/campaign/stored_baseline.hpp"
#include "experiments/decide/baseline/stored_comparison.hpp"
#include "experiments/record/record_files.hpp"
#include "experiments/record/record_list.hpp"

namespace assay::campaign {
namespace {

/// Whether the record was in the lab when the change left the base.
bool is_known_to_control(const StoredGate& gate, const record::Lab& lab, const record::RecordSummary& record) {
  const std::filesystem::path file = record::record_path(lab, record.name);
  const std::filesystem::path path = file.lexically_relative(gate.base.folder());
  return *path.begin() != ".." && !gate.base.control_files({path.string()}).empty();
}

/// A later one measured what others did to the base after the change left it.
std::optional<record::RecordSummary> newest_baseline(const record::Lab& lab, const StoredGate& gate,
                                                     const std::string& environment) {
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  const auto found = std::find_if(records.rbegin(), records.rend(), [&](const record::RecordSummary& summary) {
    const bool is_asked_for =
        is_baseline(summary) && summary.experiment == gate.definition.id && summary.environment_name == environment;
    return is_asked_for && is_known_to_control(gate, lab, summary);
  });
  return found == records.rend() ? std::nullopt : std::optional(*found);
}

/// The finding if nothing can be compared.
GateFinding open_finding(const StoredGate& gate, const std::string& note) {
  GateFinding finding{.outcome = GateOutcome::inconclusive, .basis = GateBasis::stored_baseline};
  finding.note = gate.why.empty() ? note : fmt::format("{}; {}", gate.why, note);
  return finding;
}

/// The change takes the place of control, the one arm that a baseline runs.
definition::Definition change_alone(definition::Definition definition) {
  std::swap(definition.variable.levels.front(), definition.variable.levels.back());
  return definition;
}

}  // namespace

std::optional<GateFinding> against_stored(const StoredGate& gate, const attempt::RunOptions& running,
                                          attempt::Observer& observer) {
  const std::string environment =
      attempt::exploratory_plan(gate.definition, gate.folder, running).plan.environment_name;
  const std::optional<record::Lab> lab = record::Lab::find(gate.folder);
  const auto summary = lab ? newest_baseline(*lab, gate, environment) : std::nullopt;
  if (!summary) {
    return open_finding(gate, fmt::format("the base has no stored baseline of {} in the environment {} from before the "
                                          "change left it: assay baseline measures one, and a commit keeps it",
                                          gate.definition.id, environment));
  }
  const FiledBaseline stored = stored_baseline(*lab, *summary);
  const auto& base = std::get<Baseline>(stored.entry.content);
  const std::string processor = host::read_machine().cpu_model;
  if (base.machine.cpu_model != processor) {
    return open_finding(gate, fmt::format("the stored baseline {} is from another processor ({}; this is {}): nothing "
                                          "follows from it here",
                                          summary->name, base.machine.cpu_model, processor));
  }
  BaselineOptions options;
  options.running = running;
  options.runs = base.runs;
  BaselineEnding ending = measure_baseline(
      attempt::experiment_of(gate.definition.id, gate.folder, change_alone(gate.definition)), options, observer);
  if (std::holds_alternative<BaselineInterrupted>(ending)) return std::nullopt;
  if (const auto* refusal = std::get_if<Refusal>(&ending)) {
    throw Error(fmt::format("{}: the host is busy, or its lab is gone", refusal->experiment), ErrorKind::refused);
  }
  const auto& change = std::get<Baseline>(std::get<FiledBaseline>(ending).entry.content);
  GateFinding finding{.basis = GateBasis::stored_baseline};
  finding.baseline_name = summary->name;
  finding.against_stored =
      decide::stored_comparisons({base, change}, {.alert = gate.alert, .alpha = gate.definition.protocol.alpha});
  finding.outcome = GateOutcome::passed;
  for (const StoredComparison& cell : finding.against_stored) finding.outcome = std::max(finding.outcome, cell.outcome);
  finding.note = gate.why;
  return finding;
}

}  // namespace assay::campaign
