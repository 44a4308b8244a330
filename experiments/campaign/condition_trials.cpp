#include "experiments/campaign/condition_trials.hpp"

#include <algorithm>
#include <future>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "core/host/machine/cpus.hpp"
#include "core/host/machine/fixed_addresses.hpp"
#include "core/host/process/process.hpp"

namespace assay::campaign {
namespace {

using planning::ConditionTrials;

constexpr int kPairs = 20;
constexpr nanoseconds kRest = std::chrono::milliseconds(50);
constexpr const char* kWork = "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done";
constexpr const char* kBusy = "while :; do :; done";

host::ProcessRequest request_of(const char* line, std::optional<int> cpu) {
  host::ProcessRequest request;
  request.argv = {"/bin/sh", "-c", line};
  request.working_directory = "/";
  request.timeout = std::chrono::minutes(1);
  if (cpu) request.limits.cpus = {*cpu};
  return request;
}

double seconds_of_work(host::Launcher& launcher, std::optional<int> cpu) {
  return std::chrono::duration<double>(launcher.run(request_of(kWork, cpu)).usage.wall).count();
}

/// A process that keeps one CPU busy until this is destroyed.
class BusyNeighbour {
 public:
  explicit BusyNeighbour(int cpu)
      : ended_(std::async(std::launch::async, [this, cpu] { (void)launcher_.run(request_of(kBusy, cpu)); })) {
    while (!launcher_.is_running() && !has_ended()) std::this_thread::yield();
  }
  ~BusyNeighbour() {
    // Between two children an interruption has no effect, so it is repeated.
    while (!has_ended()) launcher_.interrupt(host::Launcher::Haste::at_once);
  }
  BusyNeighbour(const BusyNeighbour&) = delete;
  BusyNeighbour& operator=(const BusyNeighbour&) = delete;

 private:
  [[nodiscard]] bool has_ended() const {
    return ended_.wait_for(std::chrono::milliseconds(1)) == std::future_status::ready;
  }

  host::Launcher launcher_;
  std::future<void> ended_;
};

/// Pairs in both orders in turn, so that a drift of the machine meets both.
template <class With, class Without>
ConditionTrials in_pairs(ConditionKind kind, std::string how, const With& with, const Without& without) {
  ConditionTrials trials{.kind = kind, .how = std::move(how)};
  for (int pair = 0; pair < kPairs; ++pair) {
    if (pair % 2 == 0) trials.with.push_back(with());
    trials.without.push_back(without());
    if (pair % 2 != 0) trials.with.push_back(with());
  }
  return trials;
}

ConditionTrials beside(ConditionKind kind, std::string how, int own_cpu, int busy_cpu) {
  host::Launcher launcher;
  const auto busy = [&] {
    const BusyNeighbour neighbour(busy_cpu);
    return seconds_of_work(launcher, own_cpu);
  };
  return in_pairs(kind, std::move(how), busy, [&] { return seconds_of_work(launcher, own_cpu); });
}

bool is_on(const std::vector<MachineCondition>& conditions, ConditionKind kind) {
  return std::any_of(conditions.begin(), conditions.end(), [kind](const MachineCondition& condition) {
    return condition.kind == kind && condition.disturbance != Disturbance::none &&
           condition.disturbance != Disturbance::unknown;
  });
}

std::optional<ConditionTrials> with_random_addresses() {
  host::Launcher random;
  std::optional<host::Launcher> fixed;
  {
    const host::FixedAddresses addresses;
    if (!addresses.are_granted()) return std::nullopt;
    fixed.emplace();
  }
  return in_pairs(
      ConditionKind::aslr, "random addresses", [&] { return seconds_of_work(random, std::nullopt); },
      [&] { return seconds_of_work(*fixed, std::nullopt); });
}

ConditionTrials after_a_rest() {
  host::Launcher launcher;
  const auto rested = [&] {
    std::this_thread::sleep_for(kRest);
    return seconds_of_work(launcher, std::nullopt);
  };
  const auto behind_work = [&] {
    (void)seconds_of_work(launcher, std::nullopt);
    return seconds_of_work(launcher, std::nullopt);
  };
  return in_pairs(ConditionKind::governor, "after a rest of 50 ms", rested, behind_work);
}

}  // namespace

std::vector<ConditionTrials> condition_trials(const std::vector<MachineCondition>& conditions) {
  std::vector<ConditionTrials> all = {after_a_rest()};
  const std::vector<int> cpus = host::usable_cpus();
  const std::vector<int> by_core = host::one_of_each_core_first(cpus);
  if (cpus.size() > 1) {
    const int own = by_core.front();
    all.push_back(
        beside(ConditionKind::load, fmt::format("beside a busy process on CPU {}", by_core[1]), own, by_core[1]));
    for (const int other : cpus) {
      const bool shares = other != own && host::choose_cpu_pair({own, other})->share_core;
      if (!shares) continue;
      all.push_back(beside(ConditionKind::smt, fmt::format("beside a busy process on CPU {}, of the same core", other),
                           own, other));
      break;
    }
  }
  if (is_on(conditions, ConditionKind::aslr)) {
    if (auto trials = with_random_addresses()) all.push_back(std::move(*trials));
  }
  return all;
}

}  // namespace assay::campaign
