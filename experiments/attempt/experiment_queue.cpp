#include "experiments/attempt/experiment_queue.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <numeric>
#include <string>
#include <thread>
#include <utility>

#include "experiments/attempt/cluster.hpp"
#include "experiments/attempt/stop_sources.hpp"
#include "experiments/engine/slurm/cluster_queue.hpp"

namespace assay::attempt {
namespace {

/// Coordinators that live at the same time. Each is a thread, a launcher and a connection to the journal, and together
/// they keep some hundred nodes busy.
constexpr std::size_t kMostAtOnce = 16;

/// Experiments that ask the same question, in the order in which they run.
using SameQuestion = std::vector<std::size_t>;

/// What an experiment asks. If that cannot be told, it is its own question, and running it says why.
std::string question_of(const QueuedExperiment& experiment, const RunOptions& options) {
  try {
    const FrozenPlan plan = plan_question(*experiment.file, options);
    return plan.hypothesis_sha256 + plan.plan.environment_name;
  } catch (const Error&) {
    return experiment.file->name;
  }
}

/// The highest priority first, and then as they were given.
std::vector<SameQuestion> by_question(const std::vector<QueuedExperiment>& experiments, const RunOptions& options) {
  std::vector<std::size_t> order(experiments.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&experiments](std::size_t left, std::size_t right) {
    return experiments[left].priority > experiments[right].priority;
  });
  std::vector<std::string> questions;
  std::vector<SameQuestion> groups;
  for (const std::size_t index : order) {
    std::string question = question_of(experiments[index], options);
    const auto found = std::find(questions.begin(), questions.end(), question);
    if (found == questions.end()) {
      questions.push_back(std::move(question));
      groups.push_back({index});
    } else {
      groups[static_cast<std::size_t>(found - questions.begin())].push_back(index);
    }
  }
  return groups;
}

engine::ClusterQueue::Settings settings_for(const std::vector<QueuedExperiment>& experiments,
                                            const QueueOptions& options) {
  engine::ClusterQueue::Settings settings{.priorities = {}, .node_time = options.node_time};
  for (const QueuedExperiment& experiment : experiments) settings.priorities.push_back(experiment.priority);
  return settings;
}

class ExperimentQueue {
 public:
  ExperimentQueue(const std::vector<QueuedExperiment>& experiments, const QueueOptions& options,
                  QueueObserver& observer)
      : experiments_(experiments),
        options_(options),
        observer_(observer),
        stop_(options.running),
        cluster_(settings_for(experiments, options)),
        groups_(by_question(experiments, options.running)) {}

  void run() {
    std::vector<std::thread> threads;
    for (std::size_t thread = 0; thread < std::min(kMostAtOnce, groups_.size()); ++thread) {
      threads.emplace_back([this] { take_groups(); });
    }
    for (std::thread& thread : threads) thread.join();
    if (broken_) std::rethrow_exception(broken_);
  }

 private:
  [[nodiscard]] StopRequest asked() const {
    return std::max(stop_.request(), is_broken_ ? StopRequest::after_block : StopRequest::none);
  }

  void take_groups() {
    for (std::size_t group = next_++; group < groups_.size(); group = next_++) {
      std::vector<std::string> received = options_.running.received;
      for (const std::size_t index : groups_[group]) {
        QueueEnding ending = run_one(index, received);
        cluster_.leave(index);
        if (const auto* const end = std::get_if<Ending>(&ending.end)) {
          const auto* const finished = std::get_if<Finished>(end);
          if (finished != nullptr && finished->record) received.push_back(finished->record->name);
        }
        report(index, std::move(ending));
      }
    }
  }

  [[nodiscard]] QueueEnding run_one(std::size_t index, const std::vector<std::string>& received) {
    if (asked() != StopRequest::none) return {.end = NotBegun{}, .stop = QueueStop::asked_first};
    if (cluster_.is_spent()) return {.end = NotBegun{}, .stop = QueueStop::node_time_first};
    QueueEnding ending;
    ending.end = end_of(index, received);
    ending.node_time = cluster_.node_time(index);
    const auto* const end = std::get_if<Ending>(&ending.end);
    if (end == nullptr || !std::holds_alternative<Interrupted>(*end)) return ending;
    if (cluster_.is_stopped(index)) {
      ending.stop = QueueStop::node_time;
    } else if (asked() != StopRequest::none) {
      ending.stop = QueueStop::asked;
    }
    return ending;
  }

  [[nodiscard]] std::variant<NotBegun, Ending, Error> end_of(std::size_t index,
                                                             const std::vector<std::string>& received) {
    engine::QueueMember member{cluster_, index};
    RunOptions running = options_.running;
    running.received = received;
    running.answer_to_signal.clear();  // this queue takes the signals, for all of them
    running.member = &member;
    running.stop = [this, index] {
      return std::max(asked(), cluster_.is_stopped(index) ? StopRequest::after_block : StopRequest::none);
    };
    try {
      return run_experiment(*experiments_[index].file, running, observer_.observer_of(index));
    } catch (const Error& error) {
      return error;
    } catch (const std::exception& error) {
      return Error(error.what());
    }
  }

  void report(std::size_t index, QueueEnding ending) noexcept {
    const std::lock_guard lock(reporting_);
    try {
      observer_.ended(index, std::move(ending));
    } catch (...) {
      if (!broken_) broken_ = std::current_exception();
      is_broken_ = true;
    }
  }

  const std::vector<QueuedExperiment>& experiments_;
  const QueueOptions& options_;
  QueueObserver& observer_;
  StopSources stop_;
  engine::ClusterQueue cluster_;
  std::vector<SameQuestion> groups_;
  std::atomic<std::size_t> next_{0};
  std::mutex reporting_;
  std::exception_ptr broken_;
  std::atomic<bool> is_broken_{false};
};

}  // namespace

void run_queue(const std::vector<QueuedExperiment>& experiments, const QueueOptions& options, QueueObserver& observer) {
  ExperimentQueue(experiments, options, observer).run();
}

bool can_be_queued(const ExperimentFile& experiment) {
  return runs_on_cluster(experiment);
}

}  // namespace assay::attempt
