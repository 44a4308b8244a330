#include "experiments/cli/simulation_options.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::cli {

void add_noise_options(CommandLine& line, NoiseOptions& options) {
  line.option("noise",
              {"NOISE", "a file of recorded values, comma-separated, with one trial in each row; or built in: " +
                            interop::built_in_noises()},
              into(options.source));
  line.option("column", {"NAME", "the column of the file with the values"}, into(options.columns.value));
  line.option("group", {"NAME", "the column that identifies the machine: no block spans two machines"},
              into(options.columns.group));
}

interop::ChosenNoise choose_noise(const NoiseOptions& options, int trials) {
  if (!options.source) {
    throw Error("--noise is missing: a file of recorded values, or one of " + interop::built_in_noises());
  }
  try {
    return interop::choose_noise({.source = *options.source, .columns = options.columns, .trials = trials});
  } catch (const interop::NoSuchColumn& error) {
    const bool group = error.wanted() == options.columns.group;
    throw Error(fmt::format("{}; choose one with --{}", error.what(), group ? "group" : "column"));
  } catch (const Error& error) {
    throw error.within("--noise");
  }
}

void add_threads_option(CommandLine& line, std::optional<int>& threads) {
  line.option("threads", {"N", "threads that work at once (default one for each processor); changes no figure"},
              into(threads, {1, 1024}));
}

int thread_count(const std::optional<int>& threads) {
  return threads.value_or(std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
}

}  // namespace assay::cli
