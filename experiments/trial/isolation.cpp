#include "experiments/trial/isolation.hpp"

#include <chrono>
#include <future>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/trial/declared_files.hpp"
#include "experiments/trial/observation.hpp"
#include "experiments/trial/side_command.hpp"
#include "experiments/trial/trial_hooks.hpp"
#include "experiments/trial/trial_request.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::experiments {
namespace {

constexpr std::chrono::milliseconds kMoment(20);

/// One instance of the arm, with the launcher that starts it.
struct Instance {
  host::Launcher& launcher;
  const ArmSetup& setup;
  std::string scratch_file;
};

/// The runs of one check on one arm. Whatever goes wrong is thrown as Error that says what was being tried.
class Challenge {
 public:
  Challenge(const Plan& plan, const IsolationCheck& check) : plan_(plan), check_(check) {}

  std::string run_alone(const Instance& instance) const {
    prepare(instance);
    DeclaredFiles files = compared_file(instance);
    const host::ProcessResult result = instance.launcher.run(request_of(instance));
    const std::string digest = judge(instance, result, files);
    conclude(instance);
    return digest;
  }

  /// Both at once; the second in a thread of its own, since a launcher waits for its child.
  std::pair<std::string, std::string> run_together(const Instance& one, const Instance& other) const {
    prepare(one);
    prepare(other);
    DeclaredFiles files = compared_file(one);
    std::future<host::ProcessResult> beside =
        std::async(std::launch::async, [&] { return other.launcher.run(request_of(other)); });
    const host::ProcessResult result = one.launcher.run(request_of(one));
    // Someone asked to stop, or it crashed: the second must not be waited for.
    while (!is_success(result, workload(one)) && beside.wait_for(kMoment) != std::future_status::ready) {
      other.launcher.interrupt(host::Launcher::Haste::at_once);
    }
    const host::ProcessResult other_result = beside.get();
    std::pair<std::string, std::string> digests = {judge(one, result, files), judge(other, other_result, files)};
    conclude(one);
    conclude(other);
    return digests;
  }

 private:
  [[nodiscard]] const Workload& workload(const Instance& instance) const {
    return plan_.workloads[instance.setup.workload];
  }

  void prepare(const Instance& instance) const {
    if (const auto failed = run_prepare_hooks(plan_, instance.setup, instance.launcher)) throw Error(describe(*failed));
  }
  void conclude(const Instance& instance) const {
    if (const auto failed = run_conclude_hooks(plan_, instance.setup, instance.launcher))
      throw Error(describe(*failed));
  }

  [[nodiscard]] DeclaredFiles compared_file(const Instance& instance) const {
    DeclaredFiles files(instance.setup.working_directory,
                        check_.file.empty() ? std::vector<std::string>{} : std::vector<std::string>{check_.file});
    files.age();
    return files;
  }

  [[nodiscard]] host::ProcessRequest request_of(const Instance& instance) const {
    host::ProcessRequest request = trial_request(plan_, instance.setup, Purpose::warm_up);
    request.standard_output = host::Captured{kKeptForChecks};
    return request;
  }

  [[nodiscard]] std::string judge(const Instance& instance, const host::ProcessResult& result,
                                  const DeclaredFiles& files) const {
    if (!is_success(result, workload(instance))) {
      throw Error(describe_ending(result) + last_line(result.standard_error.text));
    }
    // Standard output is taken in here even where trials send it to a file: two instances would share that.
    Plan plan = plan_;
    plan.workloads[instance.setup.workload].standard_output = OutputTarget::null;
    const std::vector<std::string> untouched = files.untouched();
    return digest_of({plan, instance.launcher, instance.scratch_file}, {check_.file, check_.normalise},
                     {instance.setup, result, untouched});
  }

  const Plan& plan_;
  const IsolationCheck& check_;
};

/// Ends what an instance's setup started, however the challenge ends.
class SecondSetup {
 public:
  SecondSetup(const Workload& workload, const ArmSetup& setup, host::Launcher& launcher)
      : workload_(workload), setup_(setup), launcher_(launcher) {
    if (workload.hooks.setup.empty()) return;
    const auto failure = failure_of(launcher, workload.hooks.setup, setup, workload.timeout, Descendants::keep);
    if (failure) throw Error("its setup " + *failure);
  }
  ~SecondSetup() {
    try {
      if (!workload_.hooks.cleanup.empty()) {
        (void)failure_of(launcher_, workload_.hooks.cleanup, setup_, workload_.timeout);
      }
      launcher_.end_descendants();
    } catch (const std::exception&) {
      return;  // the launcher ends what it started when it goes
    }
  }
  SecondSetup(const SecondSetup&) = delete;
  SecondSetup& operator=(const SecondSetup&) = delete;

 private:
  const Workload& workload_;
  const ArmSetup& setup_;
  host::Launcher& launcher_;
};

/// Runs a part of the challenge; says which where it fails.
template <class Part>
auto trying(std::string_view what, Part part) {
  try {
    return part();
  } catch (const Error& error) {
    throw error.within(what);
  }
}

void expect_same(std::string_view what, const std::string& lone, const std::string& now) {
  constexpr std::size_t kShown = 12;
  if (now == lone) return;
  throw Error(fmt::format("{}, its output differs from that of the lone run: SHA-256 {} against {}", what,
                          now.substr(0, kShown), lone.substr(0, kShown)));
}

}  // namespace

IsolationChallenge::IsolationChallenge(const Plan& plan, host::Launcher& launcher, std::string lock_path)
    : plan_(plan), launcher_(launcher), lock_path_(std::move(lock_path)) {}

std::optional<CheckFailed> IsolationChallenge::run(const ArmSetup& setup) {
  const Workload& workload = plan_.workloads[setup.workload];
  for (const Check& check : plan_.checks) {
    const auto* const isolation = std::get_if<IsolationCheck>(&check.kind);
    if (isolation == nullptr || !applies_to(check.workloads, workload.name)) continue;
    try {
      Workspace workspace(arm_count(plan_), lock_path_);
      host::Launcher second_launcher;
      const std::vector<ArmSetup> second = materialise(plan_, setup.cell, workspace.surroundings());
      const Instance one{launcher_, setup, workspace.root() + "/lone"};
      const Instance other{second_launcher, second[setup.arm], workspace.root() + "/second"};
      const Challenge challenge(plan_, *isolation);
      const std::string lone = trying("run alone", [&] { return challenge.run_alone(one); });
      expect_same("run a second time", lone, trying("run a second time", [&] { return challenge.run_alone(one); }));
      const SecondSetup second_setup(workload, other.setup, second_launcher);
      const auto both = trying("beside a second instance", [&] { return challenge.run_together(one, other); });
      expect_same("beside a second instance", lone, both.first);
      expect_same("as the second instance", lone, both.second);
    } catch (const Error& error) {
      return CheckFailed{check.name, error.what()};
    }
  }
  return std::nullopt;
}

}  // namespace assay::experiments
