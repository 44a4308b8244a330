#include "experiments/interop/imports/pyperf_import.hpp"

#include <array>
#include <numeric>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {
namespace {

using formats::Field;

/// What the benchmark's own metadata say, otherwise those of the file.
std::optional<Field> metadata_of(const Field& document, const Field& benchmark, const char* key) {
  for (const Field& owner : {benchmark, document}) {
    const std::optional<Field> metadata = owner.find("metadata");
    if (std::optional<Field> value = metadata ? metadata->find(key) : std::nullopt) return value;
  }
  return std::nullopt;
}

/// pyperf knows three units.
struct PyperfUnit {
  const char* name;
  const char* metric;
};
constexpr std::array kPyperfUnits = {PyperfUnit{"second", "wall"}, PyperfUnit{"byte", "memory"},
                                     PyperfUnit{"integer", "value"}};

const PyperfUnit& pyperf_unit(const std::optional<Field>& stated) {
  if (!stated) return kPyperfUnits.front();
  const std::string name = stated->text();
  for (const PyperfUnit& unit : kPyperfUnits) {
    if (unit.name == name) return unit;
  }
  stated->fail(fmt::format("expected second, byte or integer, not {}", in_quotes(name)));
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
  ResultNames names;
  const Field document(*file.tree);
  for (const Field& benchmark : document.at("benchmarks").elements()) {
    const PyperfUnit& stated_unit = pyperf_unit(metadata_of(document, benchmark, "unit"));
    const KeptUnit unit = kept_unit(stated_unit.name);
    const std::optional<Field> name = metadata_of(document, benchmark, "name");
    Sample sample{names.next(name ? name->text() : "benchmark"), stated_unit.metric, unit.unit, Direction::lower, {}};
    for (const Field& run : benchmark.at("runs").elements()) {
      const std::optional<Field> stated = run.find("values");
      const std::vector<double> values = stated ? numbers_of(*stated, unit) : std::vector<double>{};
      if (values.empty()) continue;  // calibration
      sample.values.push_back(std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size()));
    }
    target.samples.push_back(std::move(sample));
  }
  names.note_counted(target);
  return target;
}

}  // namespace assay::interop
