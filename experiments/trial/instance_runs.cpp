#include "experiments/trial/instance_runs.hpp"

#include <algorithm>
#include <chrono>
#include <future>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/trial/audit/declared_files.hpp"
#include "experiments/trial/observation.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/trial_hooks.hpp"
#include "experiments/trial/trial_request.hpp"

namespace assay::trial {
namespace {

constexpr std::chrono::milliseconds kPollInterval(20);

/// A run, with times between which its process certainly existed.
struct Run {
  host::ProcessResult result;
  nanoseconds started_by{};
  nanoseconds lived_until{};
};

Run timed_run(host::Launcher& launcher, const host::ProcessRequest& request) {
  const nanoseconds begin = host::monotonic_time();
  Run run{launcher.run(request), {}, {}};
  run.started_by = host::monotonic_time() - run.result.usage.wall;
  run.lived_until = begin + run.result.usage.wall;
  return run;
}

bool surely_overlapped(const Run& one, const Run& other) {
  return std::max(one.started_by, other.started_by) < std::min(one.lived_until, other.lived_until);
}

/// Runs and judges instances for one check.
struct Observer {
  const Plan& plan;
  const IsolationCheck& check;

  [[nodiscard]] const Workload& workload(const Instance& instance) const {
    return plan.workloads[instance.setup.workload];
  }

  void prepare(const Instance& instance) const {
    if (const auto failed = run_prepare_hooks(plan, instance.setup, instance.launcher)) throw Error(describe(*failed));
  }
  void conclude(const Instance& instance) const {
    if (const auto failed = run_conclude_hooks(plan, instance.setup, instance.launcher)) throw Error(describe(*failed));
  }

  [[nodiscard]] DeclaredFiles compared_file(const Instance& instance) const {
    DeclaredFiles files(instance.setup.working_directory,
                        check.file.empty() ? std::vector<std::string>{} : std::vector<std::string>{check.file});
    files.age();
    return files;
  }

  [[nodiscard]] host::ProcessRequest request_of(const Instance& instance) const {
    host::ProcessRequest request = trial_request(plan, instance.setup, Purpose::warm_up);
    request.standard_output = host::Captured{kKeptForChecks};
    return request;
  }

  [[nodiscard]] std::string judge(const Instance& instance, const host::ProcessResult& result,
                                  const DeclaredFiles& files) const {
    if (!is_success(result, workload(instance))) {
      throw Error(with_line(describe_ending(result), last_line_of(result.standard_error.text)));
    }
    // Standard output is captured here even if trials send it to a file, which two instances would share.
    Plan taken = plan;
    taken.workloads[instance.setup.workload].standard_output = OutputTarget::null;
    const std::vector<std::string> untouched = files.untouched();
    return digest_of({taken, instance.launcher, instance.scratch_file}, {check.file, check.normalise},
                     {instance.setup, result, untouched});
  }
};

}  // namespace

std::string InstanceRuns::alone(const Instance& instance) const {
  const Observer observer{plan_, check_};
  observer.prepare(instance);
  DeclaredFiles files = observer.compared_file(instance);
  const host::ProcessResult result = instance.launcher.run(observer.request_of(instance));
  std::string digest = observer.judge(instance, result, files);
  observer.conclude(instance);
  return digest;
}

InstancePair InstanceRuns::together(const Instance& one, const Instance& other) const {
  const Observer observer{plan_, check_};
  observer.prepare(one);
  observer.prepare(other);
  DeclaredFiles files = observer.compared_file(one);
  std::future<Run> beside =
      std::async(std::launch::async, [&] { return timed_run(other.launcher, observer.request_of(other)); });
  const Run run = timed_run(one.launcher, observer.request_of(one));
  // Someone asked to stop, or it crashed: the second must not be waited for.
  while (!is_success(run.result, observer.workload(one)) &&
         beside.wait_for(kPollInterval) != std::future_status::ready) {
    other.launcher.interrupt(host::Launcher::Haste::at_once);
  }
  const Run other_run = beside.get();
  InstancePair pair{observer.judge(one, run.result, files), observer.judge(other, other_run.result, files),
                    surely_overlapped(run, other_run)};
  observer.conclude(one);
  observer.conclude(other);
  return pair;
}

SecondSetup::SecondSetup(const Workload& workload, const ArmSetup& setup, host::Launcher& launcher)
    : workload_(workload), setup_(setup), launcher_(launcher) {
  if (workload.hooks.setup.empty()) return;
  const auto failure = failure_of(launcher, workload.hooks.setup, setup, workload.timeout, Descendants::keep);
  if (failure) throw Error("the second instance's setup " + *failure);
}

SecondSetup::~SecondSetup() {
  try {
    if (!workload_.hooks.cleanup.empty()) {
      (void)failure_of(launcher_, workload_.hooks.cleanup, setup_, workload_.timeout);
    }
    launcher_.end_descendants();
  } catch (const std::exception&) {
    return;  // the launcher ends what it started when it goes
  }
}

}  // namespace assay::trial
