#include "experiments/attempt/worker.hpp"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/machine/lock.hpp"
#include "core/host/machine/machine.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/attempt/stop_sources.hpp"
#include "experiments/engine/engine_use.hpp"
#include "experiments/engine/local_engine.hpp"
#include "experiments/engine/machine_node.hpp"
#include "experiments/engine/slurm/spool.hpp"
#include "experiments/trial/audit/audit.hpp"

namespace assay::attempt {
namespace {

using engine::BlockKey;
using engine::Claim;
using engine::Generation;
using engine::Spool;
using engine::TaskFailure;
using engine::TaskProgress;
using engine::TaskResult;

/// Thrown out of a block whose first trial must not start.
struct NotWanted {};

ClusterNode node_here() {
  const std::map<std::string, std::string> environment = host::caller_environment();
  ClusterNode node = engine::node_of(host::read_machine());
  const auto name = environment.find("SLURMD_NODENAME");
  if (name != environment.end()) node.name = name->second;
  return node;
}

/// A step is a trial with its hooks and checks, or less.
nanoseconds longest_step(const Plan& plan) {
  constexpr int kTimeouts = 4;  // prepare, trial, checks, conclude
  constexpr nanoseconds kGrace = std::chrono::seconds(15);
  nanoseconds longest{};
  for (const Workload& workload : plan.workloads) longest = std::max(longest, workload.timeout);
  return kTimeouts * longest + kGrace;
}

/// One block on this node.
class BlockTask {
 public:
  BlockTask(const Spool& spool, const Plan& plan, const Generation& generation, const BlockOrder& order)
      : spool_(spool),
        plan_(plan),
        generation_(generation),
        order_(order),
        key_(engine::key_of(order)),
        node_(node_here()),
        progress_{.node = node_.name, .step = "start", .allowed = longest_step(plan)} {}

  WorkerEnd run(StopSources& stop) {
    if (spool_.claimed(key_, generation_.number)) return WorkerEnd::not_wanted;
    spool_.keep_node(node_);
    keep_progress();
    try {
      check_cpu_model();
      measure(stop);
    } catch (const NotWanted&) {
      return WorkerEnd::not_wanted;
    } catch (const Error& error) {
      if (stop.request() != StopRequest::none) return WorkerEnd::stopped;
      if (!block_) {
        hand_in_failure(error.what(), error.kind());
        return WorkerEnd::handed_in;
      }
      notes_.emplace_back(error.what());  // the trials before it stand
    }
    if (!block_) return WorkerEnd::stopped;
    hand_in_block();
    return WorkerEnd::handed_in;
  }

 private:
  void keep_progress() { spool_.keep_progress(key_, generation_.number, progress_); }

  void check_cpu_model() {
    if (generation_.mixed_cpus) return;
    const std::string first = spool_.first_cpu_model(node_.cpu_model);
    if (first == node_.cpu_model) return;
    is_final_ = true;
    throw Error(
        fmt::format("its processor is \"{}\", and that of the first node was \"{}\": name nodes of one kind with "
                    "--constraint or --nodelist, or allow both with --mixed-cpus",
                    node_.cpu_model, first));
  }

  void measure(StopSources& stop) {
    const host::MeasuringLock lock("assay worker " + plan_.id, nanoseconds::max(), [](const host::LockHolder&) {});
    engine::LocalEngine local({.plan = plan_, .lock_path = lock.path(), .step = [this](std::string_view what) {
                                 progress_.step = what;
                                 keep_progress();
                               }});
    const StopSignal signal = [&stop] {
      // Half a block is nothing: whoever wants this task to stop wants that now.
      return stop.request() == StopRequest::none ? StopRequest::none : StopRequest::at_once;
    };
    stop.watch(local.launchers());
    try {
      measure_with(local, signal);
    } catch (...) {
      stop.watch({});
      throw;
    }
    stop.watch({});
    take_notes(local);
  }

  void measure_with(engine::LocalEngine& local, const StopSignal& stop) {
    local.build(stop);
    if (stop() != StopRequest::none) return;
    const std::vector<trial::Fingerprint> prints = local.fingerprints();
    intruders_ = trial::audit(plan_, prints, prints).intruders;
    local.follow_running([this](const std::vector<Block>& running) { note_running(running.front()); });
    const engine::EngineUse use(local);
    local.prepare(stop);
    if (stop() != StopRequest::none) return;
    local.run(
        std::span(&order_, 1),
        [this](std::vector<Block> blocks) {
          for (Block& block : blocks) {
            if (!block.broken_off) block_ = std::move(block);
          }
        },
        stop);
    for (std::string& intruder : local.take_intruders()) intruders_.push_back(std::move(intruder));
  }

  /// Called just before a trial starts, and between two: outside the clock.
  void note_running(const Block& running) {
    if (!has_claimed_) {
      const Claim claim{.claimant = engine::Claimant::task, .node = node_.name, .block = running};
      if (!spool_.claim(key_, generation_.number, claim)) throw NotWanted{};
      has_claimed_ = true;
    }
    progress_.step = "trials";
    progress_.block = running;
    keep_progress();
  }

  void take_notes(engine::LocalEngine& local) {
    for (std::string& note : local.take_notes()) notes_.push_back(std::move(note));
  }

  void hand_in_failure(const std::string& message, ErrorKind kind) {
    keep_trying([&] {
      spool_.hand_in(key_, TaskFailure{.plan_sha256 = spool_.plan_sha256(),
                                       .generation = generation_.number,
                                       .node = node_.name,
                                       .message = message,
                                       .kind = kind,
                                       .is_final = is_final_});
    });
  }

  void hand_in_block() {
    TaskResult result{.plan_sha256 = spool_.plan_sha256(),
                      .generation = generation_.number,
                      .node = node_.name,
                      .block = *block_,
                      .notes = std::move(notes_),
                      .intruders = std::move(intruders_),
                      .held = host::monotonic_time() - begun_};
    keep_trying([&] { spool_.hand_in(result); });
  }

  /// A shared folder may be full for a while, and a block is dear.
  template <class Step>
  static void keep_trying(const Step& step) {
    constexpr int kMostTries = 12;
    constexpr nanoseconds kPause = std::chrono::seconds(10);
    for (int tries = 1;; ++tries) {
      try {
        return step();
      } catch (const Error&) {
        if (tries == kMostTries) throw;
      }
      std::this_thread::sleep_for(kPause);
    }
  }

  nanoseconds begun_ = host::monotonic_time();
  const Spool& spool_;
  const Plan& plan_;
  const Generation& generation_;
  const BlockOrder& order_;
  BlockKey key_;
  ClusterNode node_;
  TaskProgress progress_;
  std::optional<Block> block_;
  std::vector<std::string> notes_;
  std::vector<std::string> intruders_;
  bool has_claimed_ = false;
  bool is_final_ = false;
};

}  // namespace

WorkerEnd run_worker(const WorkerTask& task) {
  const Spool spool(task.spool, task.plan_sha256);
  const Plan plan = spool.plan();
  const Generation generation = spool.generation(task.generation);
  if (task.task >= generation.orders.size()) {
    throw Error(fmt::format("generation {} has no task {}: its tasks are 0 to {}", task.generation, task.task,
                            generation.orders.size() - 1));
  }
  RunOptions options;
  options.answer_to_signal = task.answer_to_signal;
  StopSources stop(options);
  return BlockTask(spool, plan, generation, generation.orders[task.task]).run(stop);
}

}  // namespace assay::attempt
