#include "experiments/report/result_document.hpp"

#include <optional>

#include <nlohmann/json.hpp>

#include "core/text/valid_text.hpp"
#include "experiments/formats/result/printed_result_fields.hpp"
#include "experiments/formats/result/result_json.hpp"
#include "experiments/formats/tree.hpp"
#include "experiments/report/finding_text.hpp"

namespace assay::report {
namespace {

using nlohmann::json;

/// std::nullopt for an empty text. Names may come from the command line, which can hold any bytes.
std::optional<std::string> text_or_none(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(valid_text(text));
}

/// The names of the workloads that ran at once.
std::vector<std::vector<std::string>> named_groups(const Plan& plan) {
  std::vector<std::vector<std::string>> groups;
  for (const std::vector<std::size_t>& group : plan.groups) {
    std::vector<std::string>& names = groups.emplace_back();
    for (const std::size_t cell : group) names.push_back(cell_name(plan, cells(plan)[cell]));
  }
  return groups;
}

/// Says of each comparison that a keep rests on what stands behind it.
void add_support(const Plan& plan, const AttemptResult& result, json& comparisons) {
  if (plan.rules == kOldestRules) return;
  for (std::size_t index = 0; index < result.comparisons.size(); ++index) {
    const Comparison& comparison = result.comparisons[index];
    if (!supports_a_keep(result, comparison)) continue;
    comparisons.at(index).update(formats::tree_of(formats::PrintedSupport{support_text(comparison)}));
  }
}

/// An attempt that ended before its first block did is not spent, and has no record.
int attempts_left(const AttemptHeading& heading, const Plan& plan, const AttemptResult& result) {
  const bool is_spent = result.blocks > 0 || !heading.record_name.empty();
  return plan.protocol.attempts - plan.attempt + (is_spent ? 0 : 1);
}

formats::PrintedHeading printed_heading(const AttemptHeading& heading, const Plan& plan, const AttemptResult& result) {
  formats::PrintedHeading printed{.command = heading.command,
                                  .experiment = valid_text(plan.id),
                                  .record = text_or_none(heading.record_name.substr(0, heading.record_name.find('-'))),
                                  .record_name = text_or_none(heading.record_name),
                                  .record_sha256 = text_or_none(heading.record_sha256),
                                  .plan_sha256 = text_or_none(heading.plan_sha256),
                                  .seed = plan.seed,
                                  .environment = valid_text(plan.environment_name),
                                  .simulated = plan.simulation.has_value(),
                                  .side_by_side = named_groups(plan),
                                  .actor = text_or_none(heading.actor),
                                  .attempt = plan.attempt};
  if (!plan.exploratory) printed.attempts_left = attempts_left(heading, plan, result);
  return printed;
}

}  // namespace

AttemptHeading heading_of(std::string_view command, const Record& record, std::string_view record_sha256) {
  return {std::string(command), record_name(record), std::string(record_sha256), record.plan_sha256, record.actor};
}

json result_object(const AttemptHeading& heading, const Plan& plan, const AttemptResult& result) {
  json object = formats::result_json(result);
  add_support(plan, result, object.at("workloads"));
  object.update(formats::tree_of(printed_heading(heading, plan, result)));
  return object;
}

}  // namespace assay::report
