#include "experiments/trial/checks/isolation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"
#include "experiments/trial/instance_runs.hpp"
#include "experiments/trial/workspace.hpp"

namespace assay::trial {
namespace {

/// Two instances are started together at most this often, until they are seen to run at the same time.
constexpr int kMostPairs = 10;

/// What the second instance of an arm has in common with the first.
enum class Common {
  nothing,  ///< folders, port and setup are its own
  arm,      ///< the arm's folder and port, and with them what the arm's setup started there
};

/// Sets up another instance of the same arm.
ArmSetup second_instance(const Plan& plan, const ArmSetup& setup, const Workspace& workspace, Common common) {
  SessionResources resources = workspace.resources();
  if (common == Common::arm) {
    resources.arms[setup.arm].folder = setup.environment.at("ASSAY_ARM_DIR");
    resources.arms[setup.arm].port = std::stoi(setup.environment.at("ASSAY_PORT"));
  }
  const ArmSetup own = materialise(plan, setup.cell, resources).at(setup.arm);
  ArmSetup second = setup;
  second.environment = own.environment;
  second.spans_file = own.spans_file;
  second.tools = own.tools;
  return second;
}

/// Runs a part of the challenge. If it fails, the error says which part that was.
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

/// Challenges one arm by one check. Whatever goes wrong is thrown as an Error that says what was being tried.
class Challenge {
 public:
  Challenge(const Plan& plan, host::Launcher& launcher, const std::string& lock_path, const Challenged& challenged,
            const IsolationCheck& check)
      : plan_(plan),
        runs_(plan, check),
        one_{launcher, challenged.setup, challenged.scratch_file},
        workspace_(plan, lock_path) {}

  void run() {
    const std::string lone = trying("run alone", [&] { return runs_.alone(one_); });
    expect_same("run a second time", lone, trying("run a second time", [&] { return runs_.alone(one_); }));
    {
      const ArmSetup own = second_instance(plan_, one_.setup, workspace_, Common::nothing);
      const SecondSetup second_setup(plan_.workloads[own.workload], own, second_launcher_);
      run_beside(own, lone, "beside a second instance", "as the second instance");
    }
    if (!plan_.variable.shares || one_.setup.arm == kControl) return;
    const ArmSetup sharing = second_instance(plan_, one_.setup, workspace_, Common::arm);
    run_beside(sharing, lone, "beside a second instance that shares its folder and port",
               "as the second instance that shares its folder and port");
  }

  /// True if both instances were seen to run at the same time, in every way in which they were tried.
  [[nodiscard]] bool overlapped() const { return overlapped_; }

 private:
  void run_beside(const ArmSetup& second, const std::string& lone, std::string_view beside, std::string_view as) {
    const Instance other{second_launcher_, second, workspace_.root() + "/second"};
    bool overlapped = false;
    for (int pair = 0; pair < kMostPairs && !overlapped; ++pair) {
      const InstancePair both = trying(beside, [&] { return runs_.together(one_, other); });
      expect_same(beside, lone, both.one);
      expect_same(as, lone, both.other);
      overlapped = both.overlapped;
    }
    overlapped_ = overlapped_ && overlapped;
  }

  const Plan& plan_;
  InstanceRuns runs_;
  Instance one_;
  Workspace workspace_;
  host::Launcher second_launcher_;
  bool overlapped_ = true;
};

/// Why a check that an arm passed proves nothing; empty if it does prove isolation.
std::string why_unproven(const std::vector<BrokenArm>& arms, bool overlapped) {
  if (!overlapped) return "the two instances were never seen to run at the same time";
  const auto passed = std::find_if(arms.begin(), arms.end(), [](const BrokenArm& arm) { return !arm.caught; });
  return passed == arms.end() ? "" : fmt::format("a broken arm stands it too: {}", passed->what);
}

}  // namespace

std::vector<IsolationChallenge> challenge_isolation(const Plan& plan, host::Launcher& launcher,
                                                    const std::string& lock_path, const Challenged& challenged) {
  const ArmSetup& setup = challenged.setup;
  std::vector<IsolationChallenge> challenges;
  for (const Check& check : plan.checks) {
    const auto* const isolation = std::get_if<IsolationCheck>(&check.kind);
    if (isolation == nullptr || !applies_to(check.workloads, plan.workloads[setup.workload].name)) continue;
    IsolationChallenge& result =
        challenges.emplace_back(IsolationChallenge{named_cell(plan, setup.cell), setup.arm, check.name, "", ""});
    try {
      Challenge challenge(plan, launcher, lock_path, challenged, *isolation);
      challenge.run();
      if (!plan.variable.shares || setup.arm == kControl) continue;
      result.unproven = why_unproven(prove_isolation(plan, launcher, challenged, *isolation), challenge.overlapped());
    } catch (const Error& error) {
      result.failure = error.what();
    }
  }
  return challenges;
}

std::vector<BrokenArm> prove_isolation(const Plan& plan, host::Launcher& launcher, const Challenged& challenged,
                                       const IsolationCheck& check) {
  const InstanceRuns runs(plan, check);
  const std::string letters = "od -An -N16 -tx1 /dev/urandom | tr '0-9a-f' 'g-v'";
  const Argv never_the_same = check.file.empty() ? shell_line(letters) : write_to(check.file, letters + R"( > "$0")");
  const std::string lone = runs.alone({launcher, challenged.setup, challenged.scratch_file});
  std::vector<BrokenArm> arms;
  for (const BreakingCommand& breaking : {null_command(), {"output that is never the same", never_the_same}}) {
    ArmSetup broken = challenged.setup;
    broken.argv = breaking.command;
    BrokenArm& arm = arms.emplace_back(BrokenArm{breaking.what, std::nullopt});
    try {
      expect_same("run alone", lone, runs.alone({launcher, broken, challenged.scratch_file}));
    } catch (const Error& error) {
      arm.caught = error.what();
    }
  }
  return arms;
}

}  // namespace assay::trial
