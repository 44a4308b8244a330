#pragma once

#include <optional>
#include <string>

#include "experiments/attempt/experiment.hpp"
#include "experiments/cli/plan_chances.hpp"
#include "experiments/cli/simulation_options.hpp"

namespace assay::cli {

/// --noise, --column, --group, --record, --journal, --pilot: where the noise of a plan is taken from.
struct PlanNoiseOptions {
  NoiseOptions noise;  ///< its source may also be a percentage: a guess
  std::optional<std::string> record;
  bool journal = false;      ///< the blocks of the open attempt
  std::optional<int> pilot;  ///< blocks
};
void add_plan_noise_options(CommandLine& line, PlanNoiseOptions& options);
/// \throws Error where more than one source is given, or columns without a trace.
void check_plan_noise_options(const PlanNoiseOptions& options);

[[nodiscard]] bool is_given(const PlanNoiseOptions& options);
/// The guess, where the noise was given as one.
[[nodiscard]] std::optional<Percent> guess_of(const PlanNoiseOptions& options);

/// Reads the trace, the record or the journal, or runs the pilot: control against itself, so that nothing of the change
/// is seen before the attempt. Nothing where the pilot was interrupted.
[[nodiscard]] std::optional<ExpectedNoise> expected_noise(const PlanNoiseOptions& options,
                                                          const attempt::ExperimentFile& experiment, const Plan& plan);

}  // namespace assay::cli
