#include "experiments/report/result_document.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/result/result_json.hpp"
#include "experiments/report/finding_text.hpp"

namespace assay::report {
namespace {

using nlohmann::json;

json text_or_null(const std::string& text) {
  return text.empty() ? json(nullptr) : json(text);
}

/// The names of the workloads that ran at once.
json groups_json(const Plan& plan) {
  json groups = json::array();
  for (const std::vector<std::size_t>& group : plan.groups) {
    json& names = groups.emplace_back(json::array());
    for (const std::size_t cell : group) names.push_back(cell_name(plan, cells(plan)[cell]));
  }
  return groups;
}

/// Says of each comparison that a keep rests on what stands behind it.
void add_support(const Plan& plan, const AttemptResult& result, json& comparisons) {
  if (plan.rules == kOldestRules) return;
  for (std::size_t index = 0; index < result.comparisons.size(); ++index) {
    const Comparison& comparison = result.comparisons[index];
    if (supports_a_keep(result, comparison)) comparisons.at(index)["support"] = support_text(comparison);
  }
}

/// An attempt that ended before its first block did is not spent, and has no record.
int attempts_left(const AttemptHeading& heading, const Plan& plan, const AttemptResult& result) {
  const bool is_spent = result.blocks > 0 || !heading.record_name.empty();
  return plan.protocol.attempts - plan.attempt + (is_spent ? 0 : 1);
}

}  // namespace

AttemptHeading heading_of(std::string_view command, const Record& record, std::string_view record_sha256) {
  return {std::string(command), record_name(record), std::string(record_sha256), record.plan_sha256, record.actor};
}

json result_object(const AttemptHeading& heading, const Plan& plan, const AttemptResult& result) {
  json object = formats::result_json(result);
  add_support(plan, result, object.at("workloads"));
  object["schema_version"] = 1;
  object["command"] = heading.command;
  object["experiment"] = plan.id;
  object["record"] = text_or_null(heading.record_name.substr(0, heading.record_name.find('-')));
  object["record_name"] = text_or_null(heading.record_name);
  object["record_sha256"] = text_or_null(heading.record_sha256);
  object["plan_sha256"] = text_or_null(heading.plan_sha256);
  object["seed"] = plan.seed.to_string();
  object["environment"] = plan.environment_name;
  if (plan.simulation) object["simulated"] = true;
  if (!plan.groups.empty()) object["side_by_side"] = groups_json(plan);
  object["actor"] = text_or_null(heading.actor);
  object["attempt"] = plan.attempt;
  object["attempts_left"] = plan.exploratory ? json(nullptr) : json(attempts_left(heading, plan, result));
  return object;
}

}  // namespace assay::report
