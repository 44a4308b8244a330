#include "experiments/trial/trial_request.hpp"

#include <algorithm>
#include <variant>

#include "core/host/signals.hpp"
#include "experiments/trial/side_command.hpp"

namespace assay::experiments {
namespace {

bool compares_standard_output(const Plan& plan, const Workload& workload) {
  return std::any_of(plan.checks.begin(), plan.checks.end(), [&](const Check& check) {
    const SameOutputCheck* const same = same_output_check(check, workload);
    return same != nullptr && same->file.empty();
  });
}

host::OutputSink standard_output(const Plan& plan, const ArmSetup& setup, Purpose purpose) {
  const Workload& workload = plan.workloads[setup.workload];
  if (workload.standard_output == OutputTarget::file) {
    return host::ToFile{path_in(setup.working_directory, workload.output_file)};
  }
  if (workload.results.empty() && reads_text(plan, workload)) return host::Captured{kKeptOutput};
  if (purpose == Purpose::warm_up || compares_standard_output(plan, workload)) return host::Hashed{};
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
  return std::any_of(plan.metrics.begin(), plan.metrics.end(), [&](const Metric& metric) {
    return applies_to(metric.workloads, workload.name) &&
           (std::holds_alternative<JsonSource>(metric.source) || std::holds_alternative<RegexSource>(metric.source));
  });
}

const SameOutputCheck* same_output_check(const Check& check, const Workload& workload) {
  return applies_to(check.workloads, workload.name) ? std::get_if<SameOutputCheck>(&check.kind) : nullptr;
}

}  // namespace assay::experiments
