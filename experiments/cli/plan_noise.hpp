#pragma once

#include <optional>
#include <string>

#include "experiments/attempt/experiment.hpp"
#include "experiments/cli/simulation_options.hpp"
#include "experiments/planning/expected_noise.hpp"

namespace assay::cli {

/// --noise, --column, --group, --record, --journal, --pilot: where the noise of a plan comes from.
struct PlanNoiseOptions {
  NoiseOptions noise;  ///< its source may also be a percentage: a guess
  std::optional<std::string> record;
  bool journal = false;      ///< the blocks of the open attempt
  std::optional<int> pilot;  ///< blocks
};
void add_plan_noise_options(CommandLine& line, PlanNoiseOptions& options);
/// \throws Error if more than one source is given, or columns without a trace.
void check_plan_noise_options(const PlanNoiseOptions& options);

[[nodiscard]] bool is_given(const PlanNoiseOptions& options);
/// The noise, if it was given as a guess.
[[nodiscard]] std::optional<Percent> guess_of(const PlanNoiseOptions& options);

/// Reads the trace, the record or the journal, or runs the pilot. The pilot runs control against itself, so that
/// nothing of the change is seen before the attempt. Empty if the pilot was interrupted.
[[nodiscard]] std::optional<planning::ExpectedNoise> expected_noise(const PlanNoiseOptions& options,
                                                                    const attempt::ExperimentFile& experiment,
                                                                    const Plan& plan);

}  // namespace assay::cli
