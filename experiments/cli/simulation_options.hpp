#pragma once

#include <optional>
#include <string>

#include "experiments/cli/command_line.hpp"
#include "experiments/cli/trace_csv.hpp"
#include "experiments/planning/simulation/noise.hpp"

namespace assay::cli {

/// --noise, --column, --group: on which noise a protocol is played.
struct NoiseOptions {
  std::optional<std::string> source;  ///< a file, or the name of a synthetic noise
  TraceColumns columns;
};
void add_noise_options(CommandLine& line, NoiseOptions& options);

/// A noise with what a reader should know of it.
struct ChosenNoise {
  planning::Noise noise;
  std::string name;    ///< "gzip.csv (wall_ns)", "lognorm"
  std::string remark;  ///< empty: none
};
/// Reads the trace, or takes the synthetic noise of that name. \param trials  that one attempt asks for at most.
/// \throws Error where there is no such file, or it is no trace.
[[nodiscard]] ChosenNoise choose_noise(const NoiseOptions& options, int trials);

/// --threads; by default one for each processor. What is computed does not depend on it.
void add_threads_option(CommandLine& line, std::optional<int>& threads);
[[nodiscard]] int thread_count(const std::optional<int>& threads);

}  // namespace assay::cli
