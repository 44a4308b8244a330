// A stranger's program: runs an experiment file to its record, or prints which record refuses it.
#include <assay/experiment.hpp>
#include <cstdio>
#include <string>
#include <variant>

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return 1;
  assay::attempt::Observer silent;
  const auto file =
      assay::attempt::read_experiment(arguments[1], {.engine = assay::attempt::EngineName::simulated}, silent);
  const assay::attempt::Ending ending = assay::attempt::run_experiment(file, {}, silent);

  if (const auto* finished = std::get_if<assay::attempt::Finished>(&ending)) {
    const assay::Comparison& cell = finished->outcome.result.comparisons.front();
    const assay::Interval interval = cell.metrics.front().effect.value().interval;
    std::printf("%s %s: %+.1f %% to %+.1f %%\n", finished->record.value().name.c_str(),
                std::string(assay::to_string(cell.verdict)).c_str(), assay::percent_of_log_ratio(interval.low),
                assay::percent_of_log_ratio(interval.high));
    return 0;
  }
  if (const auto* refusal = std::get_if<assay::Refusal>(&ending)) {
    std::printf("refused by record %s\n", assay::record_behind(*refusal)->name.c_str());
  }
  return 5;
}
