#pragma once

#include <optional>
#include <string>

#include "experiments/cli/command_line.hpp"
#include "experiments/interop/noise_choice.hpp"

namespace assay::cli {

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

}  // namespace assay::cli
