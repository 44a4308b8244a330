#include "experiments/interop/imports/pyperf_import.hpp"

#include <numeric>

#include <nlohmann/json.hpp>

#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {
namespace {

using formats::Field;

/// What the benchmark's own metadata say, otherwise those of the file.
std::string metadata_of(const Field& document, const Field& benchmark, const char* key, const char* otherwise) {
  for (const Field& owner : {benchmark, document}) {
    const std::optional<Field> metadata = owner.find("metadata");
    const std::optional<Field> value = metadata ? metadata->find(key) : std::nullopt;
    if (value) return value->text();
  }
  return otherwise;
}

}  // namespace

bool is_pyperf(const ToolText& file) {
  if (file.tree == nullptr || !file.tree->is_object() || !file.tree->contains("version")) return false;
  const auto benchmarks = file.tree->find("benchmarks");
  return benchmarks != file.tree->end() && benchmarks->is_array() && !benchmarks->empty() &&
         benchmarks->front().is_object() && benchmarks->front().contains("runs");
}

SampleFile read_pyperf(const ToolText& file) {
  SampleFile target;
  const Field document(*file.tree);
  for (const Field& benchmark : document.at("benchmarks").elements()) {
    const KeptUnit unit = kept_unit(metadata_of(document, benchmark, "unit", "second"));
    Sample sample{metadata_of(document, benchmark, "name", "benchmark"),
                  unit.unit == "B" ? "memory" : "wall",
                  unit.unit,
                  Direction::lower,
                  {}};
    for (const Field& run : benchmark.at("runs").elements()) {
      const std::optional<Field> stated = run.find("values");
      const std::vector<double> values = stated ? numbers_of(*stated, unit) : std::vector<double>{};
      if (values.empty()) continue;  // calibration
      sample.values.push_back(std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()));
    }
    target.samples.push_back(std::move(sample));
  }
  return target;
}

}  // namespace assay::interop
