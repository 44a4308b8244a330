#include "experiments/interop/noise_choice.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/planning/simulation/synthetic_noise.hpp"

namespace assay::interop {
namespace {

using planning::SyntheticNoise;

ChosenNoise recorded_noise(const NoiseChoice& choice) {
  const std::string& file = choice.source;
  if (!std::filesystem::exists(file)) {
    const auto& names = EnumNames<SyntheticNoise>::values;
    throw Error(fmt::format("{} is neither a file nor a built-in noise{}; built in are {}", in_quotes(file),
                            did_you_mean(file, {names.begin(), names.end()}), built_in_noises()));
  }
  planning::Trace trace = read_trace_csv(host::read_named_file(file), file, choice.columns);
  ChosenNoise chosen;
  chosen.name = std::filesystem::path(file).filename().string();
  if (choice.columns.value) chosen.name += " (" + *choice.columns.value + ")";
  if (planning::is_short(trace, static_cast<std::size_t>(choice.trials))) {
    chosen.remark = fmt::format(
        "the trace, or a group of it, is shorter than the {} trials of an attempt: its blocks are drawn one by one, so "
        "that drift is lost",
        choice.trials);
  }
  try {
    chosen.noise = planning::trace_noise(std::move(trace));
  } catch (const Error& error) {
    throw error.within(file);
  }
  return chosen;
}

}  // namespace

std::string built_in_noises() {
  return fmt::format("{}", fmt::join(EnumNames<SyntheticNoise>::values, ", "));
}

ChosenNoise choose_noise(const NoiseChoice& choice) {
  const std::optional<SyntheticNoise> synthetic = parse_enum<SyntheticNoise>(choice.source);
  if (!synthetic) return recorded_noise(choice);
  if (choice.columns.value || choice.columns.group) {
    throw NoColumnsToChoose(
        fmt::format("{} is a built-in noise and has no columns to choose (a file of that name is ./{})", choice.source,
                    choice.source));
  }
  return {planning::synthetic_noise(*synthetic), choice.source, ""};
}

}  // namespace assay::interop
