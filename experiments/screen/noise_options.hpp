#pragma once

#include <optional>
#include <string>

#include "experiments/attempt/experiment.hpp"
#include "experiments/interop/noise_choice.hpp"
#include "experiments/planning/expected_noise.hpp"
#include "experiments/screen/console.hpp"

namespace assay::screen {

/// --noise, --column, --group: the noise on which a protocol is played.
struct NoiseOptions {
  std::optional<std::string> source;  ///< a file, or the name of a built-in noise
  interop::TraceColumns columns;
};
void add_noise_options(CommandLine& line, NoiseOptions& options);

/// The noise that the options choose. \param trials  that one attempt needs at most.
/// \throws Error as `interop::choose_noise` does, with the option that mends it, and if no noise is given.
[[nodiscard]] interop::ChosenNoise choose_noise(const NoiseOptions& options, int trials);

/// --threads; by default one for each processor. It changes no figure.
void add_threads_option(CommandLine& line, std::optional<int>& threads);
[[nodiscard]] int thread_count(const std::optional<int>& threads);

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
/// nothing of the change is seen before the attempt. An interrupted attempt is that of the environment of `running`.
/// Empty if the pilot was interrupted.
[[nodiscard]] std::optional<planning::ExpectedNoise> expected_noise(const PlanNoiseOptions& options,
                                                                    const attempt::ExperimentFile& experiment,
                                                                    const attempt::RunOptions& running,
                                                                    const Plan& plan);

}  // namespace assay::screen
