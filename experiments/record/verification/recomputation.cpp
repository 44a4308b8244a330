#include "experiments/record/verification/recomputation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/files/digest.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/decide/numbered_rules/rule_set.hpp"
#include "experiments/design/mixed_seed.hpp"
#include "experiments/design/schedule.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/json_difference.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/formats/record/envelope.hpp"
#include "experiments/formats/record/record_json.hpp"
#include "experiments/formats/result/result_json.hpp"
#include "experiments/record/verification/baseline_check.hpp"
#include "experiments/record/verification/figures.hpp"

namespace assay::record {
namespace {

using nlohmann::json;

bool stopped_by(const AttemptResult& result, Stop stop) {
  const auto stopped = [stop](const auto& part) { return part.stop == stop; };
  return std::any_of(result.comparisons.begin(), result.comparisons.end(), stopped) ||
         std::any_of(result.searches.begin(), result.searches.end(), stopped);
}

bool any_search_for(const AttemptResult& result, VerdictReason reason) {
  return std::any_of(result.searches.begin(), result.searches.end(),
                     [reason](const LevelSearch& search) { return search.reason == reason; });
}

/// A race that was over before keeps its own stop: its winner then waits for blocks that never came.
bool time_was_up(const AttemptResult& result) {
  return stopped_by(result, Stop::time) || any_search_for(result, VerdictReason::awaiting_confirmation);
}

bool was_interrupted(const AttemptResult& result) {
  return stopped_by(result, Stop::interrupted) || any_search_for(result, VerdictReason::interrupted);
}

/// Whether time was up before the attempt's end.
enum class TimeWas { left, up };

/// Chances are integrals, which computers round differently.
constexpr double kChanceTolerance = 1e-6;

bool was_futile(const decide::AttemptAnalysis& analysis) {
  const std::optional<double> chance = analysis.chance_left();
  return chance && *chance < decide::kFutileChance + kChanceTolerance;
}

bool is_same_chance(const std::optional<double>& recorded, const std::optional<double>& computed) {
  return recorded && computed && std::abs(*recorded - *computed) <= kChanceTolerance;
}

/// The result that follows from the blocks. What only the machine can know is taken as recorded: the audit, and whether
/// time was up or a person closed the attempt.
AttemptResult result_of(const Record& record, TimeWas time) {
  decide::AttemptAnalysis analysis(record.plan);
  for (const Block& block : record.blocks) analysis.add(block);
  if (time == TimeWas::up) analysis.cut_by_time();
  if (stopped_by(record.result, Stop::futile) && was_futile(analysis)) analysis.stop_as_futile();
  analysis.set_audit(record.result.audit);
  if (was_interrupted(record.result)) analysis.close_interrupted();
  AttemptResult result = analysis.result();
  if (is_same_chance(record.result.futile_chance, result.futile_chance)) {
    result.futile_chance = record.result.futile_chance;
  }
  return result;
}

std::optional<std::string> difference_to(const json& recorded, const Record& record, TimeWas time) {
  return formats::difference_between(recorded, formats::result_json(result_of(record, time)), "/result");
}

std::optional<std::string> result_flaw(const Record& record, const json& recorded) {
  const TimeWas time = time_was_up(record.result) ? TimeWas::up : TimeWas::left;
  std::optional<std::string> flaw = difference_to(recorded, record, time);
  // An audit that failed at the end hides that time was up before.
  if (flaw && record.plan.protocol.max_time && record.result.stop == Stop::audit) {
    if (!difference_to(recorded, record, TimeWas::up)) return std::nullopt;
  }
  return flaw;
}

/// Whether these are the arms that were drawn, in that order; some may be left out.
bool is_in_order(const std::vector<Trial>& trials, const std::vector<ArmIndex>& drawn) {
  auto next = drawn.begin();
  for (const Trial& trial : trials) {
    next = std::find(next, drawn.end(), trial.arm);
    if (next == drawn.end()) return false;
    ++next;
  }
  return true;
}

/// Which levels of a race a block has follows from the blocks before it.
BlockOrder drawn_order(const decide::AttemptAnalysis& before, const Plan& plan, const Block& block) {
  return design::block_order(plan, block.cell, block.number, block.rerun, before.arms_of_next_blocks(block.cell));
}

/// How often each block was lost so far, by its cell and number.
class LossCounts {
 public:
  /// The number of losses that the block should state.
  int take(const Block& block) {
    int& losses = losses_[{block.cell, block.number}];
    return is_lost(block) ? losses++ : losses;
  }

 private:
  std::map<std::pair<std::size_t, int>, int> losses_;
};

std::optional<std::string> schedule_flaw(const Record& record) {
  decide::AttemptAnalysis before(record.plan);
  LossCounts losses;
  const bool are_counted = decide::rules_of(record.plan).lost_blocks == decide::LostBlocks::at_their_worst;
  for (std::size_t index = 0; index < record.blocks.size(); ++index) {
    const Block& block = record.blocks[index];
    if (block.cell >= cells(record.plan).size())
      return fmt::format("/blocks/{}/cell: the plan has no such cell", index);
    const BlockOrder drawn = drawn_order(before, record.plan, block);
    if (block.padding != drawn.padding) {
      return fmt::format("/blocks/{}/padding: recorded {}, drawn {}", index, block.padding, drawn.padding);
    }
    if (!is_in_order(block.trials, drawn.arms)) {
      return fmt::format("/blocks/{}/trials: not in the order that the seed gives", index);
    }
    if (const int counted = are_counted ? losses.take(block) : 0; block.losses != counted) {
      return fmt::format("/blocks/{}/losses: recorded {}, counted {}", index, block.losses, counted);
    }
    if (is_race(record.plan)) before.add(block);
  }
  return std::nullopt;
}

/// A seed that was mixed follows from what was stated and what was drawn.
std::optional<std::string> seed_flaw(const Plan& plan) {
  if (plan.seed_entropy.empty()) return std::nullopt;
  const Seed mixed =
      design::mixed_seed(plan.stated_seed, plan.seed_entropy, [](std::string_view text) { return host::sha256(text); });
  if (mixed == plan.seed) return std::nullopt;
  return fmt::format("/plan/seed: recorded {}, computed {}", plan.seed.to_string(), mixed.to_string());
}

std::optional<std::string> flaw_in_measurement(const GateMeasurement& measured) {
  Record record;
  record.plan = measured.plan;
  record.blocks = measured.blocks;
  record.result = measured.result;
  const std::string computed = host::sha256(formats::plan_json(record.plan));
  if (measured.plan_sha256 != computed) {
    return fmt::format("/plan_sha256: recorded {}, computed {}", measured.plan_sha256, computed);
  }
  if (auto flaw = seed_flaw(record.plan)) return flaw;
  if (auto flaw = schedule_flaw(record)) return flaw;
  return result_flaw(record, formats::result_json(record.result));
}

/// What was measured against a stored baseline is taken as recorded.
std::optional<std::string> flaw_in_gate(const GateReport& gate) {
  for (std::size_t index = 0; index < gate.findings.size(); ++index) {
    const GateFinding& finding = gate.findings[index];
    if (!finding.measured) continue;
    const std::string place = fmt::format("/payload/findings/{}", index);
    if (const auto flaw = flaw_in_measurement(*finding.measured)) return place + "/measured" + *flaw;
    const GateOutcome computed = gate_outcome(finding.measured->result);
    if (finding.outcome == computed) continue;
    return fmt::format("{}/outcome: recorded {}, computed {}", place, to_string(finding.outcome), to_string(computed));
  }
  return std::nullopt;
}

std::optional<std::string> flaw_of_entry(const Entry& entry) {
  if (const auto* const gate = std::get_if<GateReport>(&entry.content)) return flaw_in_gate(*gate);
  if (const auto* const baseline = std::get_if<Baseline>(&entry.content)) return flaw_in_baseline(*baseline);
  const auto* const opening = std::get_if<Opening>(&entry.content);
  if (opening == nullptr) return std::nullopt;
  const std::string computed = host::sha256(formats::plan_json(opening->plan));
  if (opening->plan_sha256 == computed) return std::nullopt;
  return fmt::format("/payload/plan_sha256: recorded {}, computed {}", opening->plan_sha256, computed);
}

Findings findings_of_attempt(std::string_view text, const json& document) {
  const Record record = formats::parse_record(text, "record");
  const std::string plan_sha256 = host::sha256(formats::canonical_json(document["plan"]));
  if (record.plan_sha256 != plan_sha256) {
    return {fmt::format("/plan_sha256: recorded {}, computed {}", record.plan_sha256, plan_sha256), {}};
  }
  if (auto flaw = seed_flaw(record.plan)) return {std::move(flaw), {}};
  if (auto flaw = schedule_flaw(record)) return {std::move(flaw), {}};
  if (auto flaw = result_flaw(record, document["result"])) return {std::move(flaw), {}};
  return {contradiction_in(record), oddity_in(record)};
}

}  // namespace

AttemptResult recomputed_result(const Record& record) {
  return result_of(record, time_was_up(record.result) ? TimeWas::up : TimeWas::left);
}

Findings findings_in(std::string_view record_text) try {
  const json document = formats::parse_json(record_text, "record");
  if (formats::canonical_json(document) != record_text)
    return {"the text is not canonical JSON: it was written again by other means", {}};
  if (formats::envelope_at(formats::Field(document)).kind == RecordKind::attempt)
    return findings_of_attempt(record_text, document);
  return {flaw_of_entry(formats::entry_at(formats::Field(document))), {}};
} catch (const Error& error) {
  return {error.what(), {}};
}

std::optional<std::string> flaw_in(std::string_view record_text) {
  return findings_in(record_text).flaw;
}

}  // namespace assay::record
