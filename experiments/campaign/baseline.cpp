#include "experiments/campaign/baseline.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "core/engine/weight.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/lock.hpp"
#include "core/host/machine/machine.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/measure.hpp"
#include "experiments/campaign/control_arm.hpp"
#include "experiments/decide/baseline/baseline_figures.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/trial/audit/audit.hpp"

namespace assay::campaign {
namespace {

/// The experiment's file from the lab's root; empty if it lies elsewhere.
std::string file_in(const record::Lab& lab, const attempt::ExperimentFile& experiment) {
  const std::filesystem::path file =
      std::filesystem::path(host::absolute_path(experiment.name)).lexically_relative(host::absolute_path(lab.root()));
  return file.empty() || *file.begin() == ".." ? "" : file.string();
}

/// The newest baseline of the same experiment and environment; nullptr if there is none.
const record::RecordSummary* baseline_before(const std::vector<record::RecordSummary>& records, const Plan& plan) {
  const auto found = std::find_if(records.rbegin(), records.rend(), [&plan](const record::RecordSummary& summary) {
    return summary.kind == RecordKind::baseline && summary.experiment == plan.id &&
           summary.environment_name == plan.environment_name;
  });
  return found == records.rend() ? nullptr : &*found;
}

/// Whether control's level is put into every trial, so that trials do not show what the files themselves would take.
bool is_set(const LevelValue& level) {
  if (const auto* value = std::get_if<EnvironmentLevel>(&level)) return value->value || !value->hmac.empty();
  if (const auto* settings = std::get_if<SettingsLevel>(&level)) {
    return !settings->set_hmac.empty() ||
           std::any_of(settings->set.begin(), settings->set.end(), [](const auto& one) { return one.second; });
  }
  return true;
}

/// A baseline after an adoption is easily read as what the adoption gained, which it is not.
std::string note_of_replacing(const Plan& plan, const record::RecordSummary& earlier) {
  return fmt::format(
      "every trial has control's level of {}, as in {}: what was adopted since then shows here only where control's "
      "level leaves it to the files; assay baseline --against {} measures what all adopted changes gain",
      trial::name_of(plan.variable), earlier.name, earlier.name);
}

BaselineEnding measure_in(const record::Lab& lab, const attempt::ExperimentFile& experiment,
                          const BaselineOptions& options, attempt::Observer& observer) {
  const host::MeasuringLock lock = attempt::take_measuring_lock(
      "assay baseline " + attempt::definition_of(experiment).id, options.running, observer);
  Baseline baseline;
  baseline.plan = attempt::plan_question(experiment, options.running).plan;
  measure_alone(baseline.plan);
  baseline.runs = options.runs;
  baseline.revision = options.revision;
  baseline.file = file_in(lab, experiment);
  MeasuredTrials measured =
      measure_control_arm(baseline.plan, lock, {.runs = options.runs, .running = options.running}, observer);
  if (measured.interrupted) {
    return BaselineInterrupted{static_cast<int>(measured.trials.size()),
                               options.runs * static_cast<int>(cells(baseline.plan).size())};
  }
  baseline.machine = host::read_machine();
  baseline.trials = std::move(measured.trials);
  baseline.changes = std::move(measured.changes);
  baseline.notes = std::move(measured.notes);
  FiledBaseline filed;
  filed.figures = decide::baseline_figures(baseline);
  filed.entry = record::file_entry(lab, options.running.actor, [&baseline](const auto& records) {
    Baseline filing = baseline;
    const record::RecordSummary* const earlier = baseline_before(records, baseline.plan);
    if (earlier == nullptr) return filing;
    filing.replaces = earlier->sha256;
    if (is_set(baseline.plan.variable.levels.front().value)) {
      filing.notes.push_back(note_of_replacing(baseline.plan, *earlier));
    }
    return filing;
  });
  filed.sha256 = host::sha256(formats::entry_json(filed.entry));
  return filed;
}

}  // namespace

BaselineEnding measure_baseline(const attempt::ExperimentFile& experiment, const BaselineOptions& options,
                                attempt::Observer& observer) {
  const std::optional<record::Lab> lab = attempt::find_lab(experiment);
  if (!lab) return Refusal{experiment.name, NoLab{experiment.folder}};
  try {
    return measure_in(*lab, experiment, options, observer);
  } catch (const host::HostBusyError& busy) {
    return Refusal{experiment.name, HostBusy{busy.holder().description, busy.path()}};
  }
}

}  // namespace assay::campaign
