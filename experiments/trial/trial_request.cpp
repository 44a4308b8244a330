#include "experiments/trial/trial_request.hpp"

#include <algorithm>
#include <variant>

#include "core/host/process/signals.hpp"
#include "experiments/trial/checks/check_rule.hpp"
#include "experiments/trial/side_command.hpp"

namespace assay::trial {
namespace {

OutputNeed needed_by_checks(const Plan& plan, const Workload& workload) {
  OutputNeed most = OutputNeed::nothing;
  for (const Check& check : plan.checks) {
    if (applies_to(check.workloads, workload.name)) most = std::max(most, rule_of(check).needs.standard_output);
  }
  return most;
}

host::OutputSink standard_output(const Plan& plan, const ArmSetup& setup, Purpose purpose) {
  const Workload& workload = plan.workloads[setup.workload];
  if (workload.standard_output == OutputTarget::file) {
    return host::ToFile{path_in(setup.working_directory, workload.output_file)};
  }
  const OutputNeed need = needed_by_checks(plan, workload);
  if (need == OutputNeed::text) return host::Captured{kKeptForChecks};
  if (workload.results.empty() && reads_text(plan, workload)) return host::Captured{kKeptOutput};
  if (purpose == Purpose::warm_up || need == OutputNeed::digest) return host::Hashed{};
  if (workload.standard_output == OutputTarget::pipe) return host::Drained{};
  return host::ToNull{};
}

/// Each counter makes every process of the trial start a little later, so only what a metric asks for is counted.
std::vector<host::KernelEvent> counted_events(const Plan& plan, const Workload& workload) {
  std::vector<host::KernelEvent> events;
  for (const Metric& metric : plan.metrics) {
    const auto* const source = std::get_if<BuiltInSource>(&metric.source);
    if (source == nullptr || !applies_to(metric.workloads, workload.name)) continue;
    if (const auto event = host::hardware_event(source->name)) events.push_back(*event);
  }
  return events;
}

}  // namespace

host::ProcessRequest trial_request(const Plan& plan, const ArmSetup& setup, Purpose purpose) {
  const Workload& workload = plan.workloads[setup.workload];
  host::ProcessRequest request;
  request.argv = setup.argv;
  request.environment = setup.environment;
  request.working_directory = setup.working_directory;
  request.standard_input = setup.standard_input;
  request.standard_output = standard_output(plan, setup, purpose);
  if (purpose == Purpose::warm_up) request.standard_error = host::Captured{kKeptError};
  if (reads_standard_error(plan, workload)) request.standard_error = host::Captured{kKeptOutput};
  request.timeout = workload.timeout;
  request.stop_steps = host::terminate_then_kill(workload.grace);
  request.limits = workload.limits;
  request.events = counted_events(plan, workload);
  request.measures_disk = measures_disk(plan, workload);
  const bool is_delayed = plan.challenge && setup.arm == kControlDelayed && purpose == Purpose::measure;
  if (is_delayed) request.runs_on = plan.challenge->planted_percent / 100;
  return request;
}

bool measures_disk(const Plan& plan, const Workload& workload) {
  const std::string_view metric_of_disk = metric_of(BudgetPart::disk);
  return plan.budget.disk || std::any_of(plan.metrics.begin(), plan.metrics.end(), [&](const Metric& metric) {
           const auto* const source = std::get_if<BuiltInSource>(&metric.source);
           return source != nullptr && source->name == metric_of_disk && applies_to(metric.workloads, workload.name);
         });
}

bool reads_standard_error(const Plan& plan, const Workload& workload) {
  return std::any_of(plan.metrics.begin(), plan.metrics.end(), [&](const Metric& metric) {
    return metric.stream == MetricStream::standard_error && applies_to(metric.workloads, workload.name);
  });
}

bool reads_text(const Plan& plan, const Workload& workload) {
  const auto is_read = [&](const Metric& metric) {
    return metric.stream == MetricStream::results && applies_to(metric.workloads, workload.name) &&
           (std::holds_alternative<JsonSource>(metric.source) || std::holds_alternative<RegexSource>(metric.source));
  };
  const auto reads_results = [&](const Check& check) {
    return applies_to(check.workloads, workload.name) && rule_of(check).needs.results == ResultsNeed::read;
  };
  return std::any_of(plan.metrics.begin(), plan.metrics.end(), is_read) ||
         std::any_of(plan.checks.begin(), plan.checks.end(), reads_results);
}

bool reads_spans(const Plan& plan, const Workload& workload) {
  return std::any_of(plan.metrics.begin(), plan.metrics.end(), [&](const Metric& metric) {
    return applies_to(metric.workloads, workload.name) && std::holds_alternative<SpanSource>(metric.source);
  });
}

bool keeps_phases(const Plan& plan, const ArmSetup& setup) {
  if (setup.span_use == SpanUse::always) return true;
  return plan.rules != kOldestRules && reads_spans(plan, plan.workloads[setup.workload]);
}

}  // namespace assay::trial
