#include "experiments/screen/running/run_beside.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/attempt/experiment_queue.hpp"
#include "experiments/screen/progress.hpp"

namespace assay::screen {
namespace {

using attempt::QueueEnding;
using attempt::QueueStop;

/// One progress line cannot show several experiments, so each says how it goes at its looks, after its name.
ProgressOutput output_for(const std::string& name, const RunRequest& request, std::mutex& writing) {
  ProgressOutput output = real_progress_output(request.output);
  if (output.mode == ProgressMode::line) output.mode = ProgressMode::plain;
  output.write = [write = output.write, prefix = printable(name) + ": ", &writing](std::string_view text) {
    const std::lock_guard lock(writing);
    write(fmt::format("{}{}", prefix, text));
  };
  return output;
}

class QueueDisplay final : public attempt::QueueObserver {
 public:
  QueueDisplay(const std::vector<attempt::ExperimentFile>& experiments, const RunRequest& request, RunReport& report)
      : report_(report) {
    for (const attempt::ExperimentFile& experiment : experiments) {
      displays_.push_back(std::make_unique<ProgressDisplay>(experiments.size() == 1
                                                                ? real_progress_output(request.output)
                                                                : output_for(experiment.name, request, writing_)));
    }
  }

  [[nodiscard]] attempt::Observer& observer_of(std::size_t experiment) override { return *displays_.at(experiment); }

  void ended(std::size_t experiment, QueueEnding ending) override {
    const FileRun file{.index = experiment,
                       .if_open = ending.stop == QueueStop::node_time ? FileEnd::node_hours : FileEnd::interrupted,
                       .node_time = ending.node_time};
    if (const auto* const error = std::get_if<Error>(&ending.end)) return report_.take(file, *error);
    if (auto* const end = std::get_if<attempt::Ending>(&ending.end)) return report_.take(file, std::move(*end));
    report_.leave_out(file, ending.stop == QueueStop::node_time_first ? "the node-hours are spent" : "interrupted");
  }

 private:
  RunReport& report_;
  std::mutex writing_;
  std::vector<std::unique_ptr<ProgressDisplay>> displays_;
};

}  // namespace

void run_beside_each_other(const std::vector<attempt::ExperimentFile>& experiments, const RunRequest& request,
                           RunReport& report) {
  std::vector<attempt::QueuedExperiment> queued;
  for (const attempt::ExperimentFile& experiment : experiments) {
    queued.push_back({.file = &experiment, .priority = priority_of(request, experiment.name)});
  }
  QueueDisplay display(experiments, request, report);
  attempt::run_queue(queued, {.running = request.running, .node_time = request.node_time}, display);
}

}  // namespace assay::screen
