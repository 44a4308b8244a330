#pragma once

#include <string>
#include <vector>

#include "experiments/planning/simulation/noise.hpp"

namespace assay::adversary {

struct NamedNoise {
  std::string name;
  planning::Noise noise;
  double largest_claim = 1200;
};

/// The noises of `assay simulate`.
[[nodiscard]] std::vector<NamedNoise> built_in_noises();

/// The traces of a folder, by name: CSV files with a column `value` and, for each machine, `vm_id`, or with `wall_ns`.
/// \throws Error if the folder has none, or one cannot be read.
[[nodiscard]] std::vector<NamedNoise> recorded_noises(const std::string& folder);

}  // namespace assay::adversary
