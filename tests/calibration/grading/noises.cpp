#include "tests/calibration/grading/noises.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/interop/trace_csv.hpp"
#include "experiments/planning/simulation/synthetic_noise.hpp"
#include "experiments/planning/simulation/trace.hpp"

namespace assay::adversary {

std::vector<NamedNoise> built_in_noises() {
  std::vector<NamedNoise> noises;
  for (std::size_t index = 0; index < EnumNames<planning::SyntheticNoise>::values.size(); ++index) {
    const auto kind = static_cast<planning::SyntheticNoise>(index);
    // A clock of 1 ms shows 30 ms divided by 1200 as nothing, which is no value.
    const double largest = kind == planning::SyntheticNoise::quantised ? 4 : 1200;
    noises.push_back({std::string(to_string(kind)), planning::synthetic_noise(kind), largest});
  }
  return noises;
}

std::vector<NamedNoise> recorded_noises(const std::string& folder) {
  std::vector<NamedNoise> noises;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".csv") continue;
    const std::string text = host::read_file(entry.path());
    const bool has_groups = text.substr(0, text.find('\n')).find("vm_id") != std::string::npos;
    const interop::TraceColumns columns =
        has_groups ? interop::TraceColumns{"value", "vm_id"} : interop::TraceColumns{"wall_ns", std::nullopt};
    noises.push_back({entry.path().stem().string(),
                      planning::trace_noise(interop::read_trace_csv(text, entry.path().string(), columns))});
  }
  if (noises.empty()) throw Error(fmt::format("{}: no trace there: expected a folder with files *.csv", folder));
  std::sort(noises.begin(), noises.end(),
            [](const NamedNoise& left, const NamedNoise& right) { return left.name < right.name; });
  return noises;
}

}  // namespace assay::adversary
