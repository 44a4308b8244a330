#include "tests/unit/stats/simulated_blocks.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace assay::test {

stats::BlockSeries SimulatedBlocks::series() {
  effects.clear();
  for (std::size_t block = 0; block < control.size(); ++block) effects.push_back(treatment[block] - control[block]);
  return {.effects = effects,
          .control = control,
          .treatment = treatment,
          .treatment_position = treatment_position,
          .margin = std::log1p(0.03)};
}

SimulatedBlocks white_noise(std::size_t blocks, Seed seed) {
  Generator generator = seed.stream(Stream::simulation);
  SimulatedBlocks result;
  for (std::size_t block = 0; block < blocks; ++block) {
    result.control.push_back(std::log(100.0) + 0.03 * generator.normal());
    result.treatment.push_back(std::log(100.0) + 0.03 * generator.normal());
    result.treatment_position.push_back(static_cast<int>(generator.below(2)));
  }
  return result;
}

const Diagnostic& find(const stats::Diagnosis& diagnosis, DiagnosticKind kind) {
  const auto found =
      std::ranges::find_if(diagnosis.diagnostics, [&](const Diagnostic& one) { return one.kind == kind; });
  if (found == diagnosis.diagnostics.end()) throw std::logic_error("no such diagnostic");
  return *found;
}

}  // namespace assay::test
