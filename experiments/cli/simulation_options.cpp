#include "experiments/cli/simulation_options.hpp"

#include <algorithm>
#include <filesystem>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/planning/simulation/synthetic_noise.hpp"

namespace assay::cli {
namespace {

using planning::SyntheticNoise;

std::string synthetic_names() {
  return fmt::format("{}", fmt::join(EnumNames<SyntheticNoise>::values, ", "));
}

ChosenNoise recorded_noise(const std::string& file, const NoiseOptions& options, int trials) {
  if (!std::filesystem::exists(file)) {
    const auto& names = EnumNames<SyntheticNoise>::values;
    throw Error(fmt::format("--noise: {} is neither a file nor a built-in noise{}; built in are {}", in_quotes(file),
                            did_you_mean(file, {names.begin(), names.end()}), synthetic_names()));
  }
  planning::Trace trace = read_trace_csv(host::read_file(file), file, options.columns);
  ChosenNoise chosen;
  chosen.name = std::filesystem::path(file).filename().string();
  if (options.columns.value) chosen.name += " (" + *options.columns.value + ")";
  if (planning::is_short(trace, static_cast<std::size_t>(trials))) {
    chosen.remark = fmt::format(
        "the trace, or a group of it, is shorter than the {} trials of an attempt: its blocks are drawn one by one, so "
        "that drift is lost",
        trials);
  }
  try {
    chosen.noise = planning::trace_noise(std::move(trace));
  } catch (const Error& error) {
    throw error.within(file);
  }
  return chosen;
}

}  // namespace

void add_noise_options(CommandLine& line, NoiseOptions& options) {
  line.option(
      "noise",
      {"NOISE", "a file of recorded values, comma-separated, one trial a row; or built in: " + synthetic_names()},
      into(options.source));
  line.option("column", {"NAME", "the column of the file that holds the values"}, into(options.columns.value));
  line.option("group", {"NAME", "the column that tells machines apart: no block spans two"},
              into(options.columns.group));
}

ChosenNoise choose_noise(const NoiseOptions& options, int trials) {
  if (!options.source) throw Error("--noise is missing: a file of recorded values, or one of " + synthetic_names());
  const std::optional<SyntheticNoise> synthetic = parse_enum<SyntheticNoise>(*options.source);
  if (!synthetic) return recorded_noise(*options.source, options, trials);
  if (options.columns.value || options.columns.group) {
    throw Error(
        fmt::format("--noise {} is built in and has no columns: leave --column and --group out (a file of that "
                    "name is ./{})",
                    *options.source, *options.source));
  }
  return {planning::synthetic_noise(*synthetic), *options.source, ""};
}

void add_threads_option(CommandLine& line, std::optional<int>& threads) {
  line.option("threads", {"N", "at work at once (default one for each processor); changes no figure"},
              into(threads, {1, 1024}));
}

int thread_count(const std::optional<int>& threads) {
  return threads.value_or(std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
}

}  // namespace assay::cli
