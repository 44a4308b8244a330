#include "experiments/interop/imports/criterion_import.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {
namespace {

using formats::Field;

/// criterion measures wall time in nanoseconds unless a program brings a measurement of its own.
constexpr double kSecondsPerNanosecond = 1e-9;

}  // namespace

bool is_criterion(const ToolText& file) {
  return file.tree != nullptr && file.tree->is_object() && file.tree->contains("iters") && file.tree->contains("times");
}

SampleFile read_criterion(const ToolText& file) {
  const Field document(*file.tree);
  const std::vector<double> iterations = numbers_of(document.at("iters"));
  std::vector<double> times = numbers_of(document.at("times"));
  if (iterations.size() != times.size()) {
    document.at("times").fail(fmt::format("{} times of {} samples", times.size(), iterations.size()));
  }
  for (std::size_t sample = 0; sample < times.size(); ++sample) {
    if (iterations[sample] <= 0) document.at("iters").elements()[sample].fail("expected more than 0 iterations");
    times[sample] *= kSecondsPerNanosecond / iterations[sample];
  }
  return {{{"benchmark", "wall", "s", Direction::lower, std::move(times)}},
          {"all samples came from one process: what differs from process to process is not in these figures"}};
}

}  // namespace assay::interop
