#include "experiments/interop/imports/pytest_benchmark_import.hpp"

#include <nlohmann/json.hpp>

#include "experiments/interop/imports/tool_units.hpp"

namespace assay::interop {

using formats::Field;

bool is_pytest_benchmark(const ToolText& file) {
  if (file.tree == nullptr || !file.tree->is_object() || !file.tree->contains("machine_info")) return false;
  const auto benchmarks = file.tree->find("benchmarks");
  return benchmarks != file.tree->end() && benchmarks->is_array();
}

SampleFile read_pytest_benchmark(const ToolText& file) {
  SampleFile target;
  ResultNames names;
  for (const Field& benchmark : Field(*file.tree).at("benchmarks").elements()) {
    const std::optional<Field> full_name = benchmark.find("fullname");
    const Field stats = benchmark.at("stats");
    const std::optional<Field> data = stats.find("data");
    if (!data || data->is_null()) {
      stats.fail("only summaries and no \"data\": save the values with pytest --benchmark-save-data");
    }
    const std::string name = full_name ? full_name->text() : benchmark.at("name").text();
    target.samples.push_back({names.next(name), "wall", "s", Direction::lower, numbers_of(*data)});
  }
  names.note_counted(target);
  target.notes.emplace_back(
      "the rounds of each benchmark ran in one process: what differs from process to process (addresses, hash seeds) "
      "is not in these figures");
  return target;
}

}  // namespace assay::interop
