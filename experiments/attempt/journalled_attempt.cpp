#include "experiments/attempt/journalled_attempt.hpp"

#include <utility>

#include "core/host/files/digest.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/formats/block/block_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"

namespace assay::attempt {

JournalledAttempt open_attempt(host::Journal& journal, FrozenPlan plan) {
  host::AttemptRow row;
  row.hypothesis_sha256 = std::move(plan.hypothesis_sha256);
  row.attempt = plan.plan.attempt;
  row.plan_json = formats::plan_json(plan.plan);
  row.plan_sha256 = host::sha256(row.plan_json);
  row.created_ns = host::unix_time_ns();
  row.exploratory = plan.plan.exploratory;
  row.kept_values = design::values_to_keep(plan.plan);
  const host::AttemptId id = journal.open_attempt(row);
  return {.id = id, .plan = std::move(plan.plan), .plan_sha256 = std::move(row.plan_sha256)};
}

std::vector<Block> read_blocks(const host::Journal& journal, host::AttemptId attempt) {
  std::vector<Block> blocks;
  for (const std::string& json : journal.blocks(attempt)) blocks.push_back(formats::parse_block(json));
  return blocks;
}

}  // namespace assay::attempt
