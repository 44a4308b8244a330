#include "experiments/formats/plan/plan_json.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/plan/plan_fields.hpp"

namespace assay::formats {

std::string plan_json(const Plan& plan) {
  return text_of(plan);
}

Plan plan_at(const Field& field) {
  return read_as<Plan>(field);
}

Plan parse_plan(std::string_view text) {
  const nlohmann::json document = parse_json(text, "plan");
  return plan_at(Field(document));
}

}  // namespace assay::formats
