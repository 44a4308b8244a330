#include "experiments/trial/trial_request.hpp"

#include <algorithm>
#include <variant>

#include "core/host/process/signals.hpp"
#include "experiments/trial/side_command.hpp"

namespace assay::trial {
namespace {

/// What a check wants of standard output.
enum class Wanted { nothing, digest, text };

struct WantedOutput {
  Wanted operator()(const SameOutputCheck& check) const {
    if (!check.file.empty()) return Wanted::nothing;
    return check.normalise.empty() ? Wanted::digest : Wanted::text;
  }
  Wanted operator()(const TestInventoryCheck& check) const {
    return check.file.empty() ? Wanted::text : Wanted::nothing;
  }
  template <class Other>
  Wanted operator()(const Other&) const {
    return Wanted::nothing;
  }
};

Wanted wanted_by_checks(const Plan& plan, const Workload& workload) {
  Wanted most = Wanted::nothing;
  for (const Check& check : plan.checks) {
    if (applies_to(check.workloads, workload.name)) most = std::max(most, std::visit(WantedOutput{}, check.kind));
  }
  return most;
}

host::OutputSink standard_output(const Plan& plan, const ArmSetup& setup, Purpose purpose) {
  const Workload& workload = plan.workloads[setup.workload];
  if (workload.standard_output == OutputTarget::file) {
    return host::ToFile{path_in(setup.working_directory, workload.output_file)};
  }
  const Wanted wanted = wanted_by_checks(plan, workload);
  if (wanted == Wanted::text) return host::Captured{kKeptForChecks};
  if (workload.results.empty() && reads_text(plan, workload)) return host::Captured{kKeptOutput};
  if (purpose == Purpose::warm_up || wanted == Wanted::digest) return host::Hashed{};
  return host::ToNull{};
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
  request.timeout = workload.timeout;
  request.stop_steps = host::terminate_then_kill(workload.grace);
  request.limits = workload.limits;
  return request;
}

bool reads_text(const Plan& plan, const Workload& workload) {
  const auto is_read = [&](const Metric& metric) {
    return applies_to(metric.workloads, workload.name) &&
           (std::holds_alternative<JsonSource>(metric.source) || std::holds_alternative<RegexSource>(metric.source));
  };
  const auto is_condition = [&](const Check& check) {
    return applies_to(check.workloads, workload.name) && std::holds_alternative<ConditionCheck>(check.kind);
  };
  return std::any_of(plan.metrics.begin(), plan.metrics.end(), is_read) ||
         std::any_of(plan.checks.begin(), plan.checks.end(), is_condition);
}

bool reads_spans(const Plan& plan, const Workload& workload) {
  return std::any_of(plan.metrics.begin(), plan.metrics.end(), [&](const Metric& metric) {
    return applies_to(metric.workloads, workload.name) && std::holds_alternative<SpanSource>(metric.source);
  });
}

}  // namespace assay::trial
