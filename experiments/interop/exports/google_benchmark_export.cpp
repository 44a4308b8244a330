#include "experiments/interop/exports/google_benchmark_export.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/printed_json.hpp"
#include "experiments/interop/exports/arm_trials.hpp"
#include "experiments/interop/exports/hyperfine_export.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

json repetition(const std::string& name, std::size_t number, const ArmTrials& trials) {
  const double wall = trials.wall[number];
  const double cpu = trials.user.empty() ? wall : trials.user[number] + trials.system[number];
  return {{"name", name},
          {"run_name", name},
          {"run_type", "iteration"},
          {"repetitions", trials.wall.size()},
          {"repetition_index", number},
          {"threads", 1},
          {"iterations", 1},
          {"real_time", in_nanoseconds(wall)},
          {"cpu_time", in_nanoseconds(cpu)},
          {"time_unit", "ns"}};
}

}  // namespace

std::string google_benchmark_text(const AttemptView& attempt) {
  require_seconds(attempt.plan);
  json benchmarks = json::array();
  std::size_t family = 0;
  for (const ArmOfCell& arm : arms_of(attempt.plan)) {
    const ArmTrials trials = arm_trials(attempt, arm.cell, arm.arm);
    for (std::size_t number = 0; number < trials.wall.size(); ++number) {
      benchmarks.push_back(repetition(arm_and_cell(attempt.plan, arm), number, trials));
      benchmarks.back()["family_index"] = family;
      benchmarks.back()["per_family_instance_index"] = 0;
    }
    ++family;
  }
  const json context = {{"executable", attempt.plan.id}, {"library_build_type", "release"}, {"json_schema_version", 1}};
  return formats::printed_json({{"context", context}, {"benchmarks", benchmarks}});
}

}  // namespace assay::interop
