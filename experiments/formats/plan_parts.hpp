#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/plan.hpp"
#include "experiments/formats/json_place.hpp"

namespace assay::formats {

// The parts of a plan as JSON and back (docs/formats/plan.md). Of each pair, the second reads what the first wrote and
// throws Error with the JSON pointer of what is wrong.

[[nodiscard]] nlohmann::json variable_json(const Variable& variable);
[[nodiscard]] Variable variable_at(const JsonPlace& place);

[[nodiscard]] nlohmann::json workload_json(const Workload& workload);
[[nodiscard]] Workload workload_at(const JsonPlace& place);

[[nodiscard]] nlohmann::json state_json(const State& state);
[[nodiscard]] State state_at(const JsonPlace& place);

[[nodiscard]] nlohmann::json metric_json(const Metric& metric);
[[nodiscard]] Metric metric_at(const JsonPlace& place);

[[nodiscard]] nlohmann::json check_json(const Check& check);
[[nodiscard]] Check check_at(const JsonPlace& place);

[[nodiscard]] nlohmann::json target_json(const Target& target);
[[nodiscard]] Target target_at(const JsonPlace& place);

[[nodiscard]] nlohmann::json protocol_json(const Protocol& protocol);
[[nodiscard]] Protocol protocol_at(const JsonPlace& place);

[[nodiscard]] nlohmann::json simulation_json(const Simulation& simulation);
[[nodiscard]] Simulation simulation_at(const JsonPlace& place);

}  // namespace assay::formats
