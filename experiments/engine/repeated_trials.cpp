#include "experiments/engine/repeated_trials.hpp"

#include <fmt/format.h>

namespace assay::engine {
namespace {

void add(RepeatedTrials& trials, const std::optional<std::string>& failure) {
  ++trials.trials;
  if (!failure) return;
  if (trials.failed++ == 0) trials.failure = *failure;
}

}  // namespace

bool failed_always(const RepeatedTrials& trials) {
  return trials.trials > 0 && trials.failed == trials.trials;
}

bool failed_never(const RepeatedTrials& trials) {
  return trials.failed == 0;
}

std::string outcome_of(const RepeatedTrials& trials) {
  if (trials.failed == 0 || trials.failed == trials.trials) return trials.failure;
  return fmt::format("{} in {} of {} trials", trials.failure, trials.failed, trials.trials);
}

RepeatedTrials repeated(const OneTrial& trial) {
  RepeatedTrials trials;
  while (trials.trials < kRepetitions) add(trials, trial());
  return trials;
}

RepeatedTrials repeated_until_one_passes(const OneTrial& trial) {
  RepeatedTrials trials;
  while (trials.trials < kRepetitions && trials.failed == trials.trials) add(trials, trial());
  return trials;
}

void judge(const PlantedTrials& trials, TriedPlant& tried) {
  if (failed_never(trials.control)) {
    tried.treatment = outcome_of(trials.treatment);
  } else if (!failed_always(trials.control)) {
    tried.not_tried =
        fmt::format("it shows nothing, since control with it passes now and then: {}", outcome_of(trials.control));
  } else if (!failed_never(trials.sound)) {
    tried.not_tried =
        fmt::format("it shows nothing, since control fails without it, too: {}", outcome_of(trials.sound));
  } else {
    tried.control = outcome_of(trials.control);
    tried.treatment = outcome_of(trials.treatment);
  }
}

}  // namespace assay::engine
