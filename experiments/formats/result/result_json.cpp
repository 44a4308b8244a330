#include "experiments/formats/result/result_json.hpp"

#include "experiments/formats/result/result_fields.hpp"
#include "experiments/formats/result/result_references.hpp"
#include "experiments/formats/tree.hpp"

namespace assay::formats {

nlohmann::json result_json(const AttemptResult& result) {
  return tree_of(result);
}

AttemptResult parse_result(const Plan& plan, const nlohmann::json& document) {
  return result_at(plan, Field(document));
}

AttemptResult result_at(const Plan& plan, const Field& field) {
  AttemptResult result = blank_result(plan);
  read_object(description_of<AttemptResult>(), field, &result);
  find_references(result, plan, field);
  return result;
}

}  // namespace assay::formats
