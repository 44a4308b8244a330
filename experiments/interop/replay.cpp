#include "experiments/interop/replay.hpp"

#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/digest.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/formats/plan/plan_json.hpp"

namespace assay::interop {
namespace {

AuditResult audit_of_unknown_origin(OrderSource order) {
  AuditResult audit;
  if (order == OrderSource::told) {
    audit.notes = {
        "measured elsewhere: assay does not know whether the arms differ only in one thing, and whether their order, "
        "which the data tell, was drawn at random"};
  } else {
    audit.notes = {
        "measured elsewhere: assay does not know whether the arms differ only in one thing, and whether their order "
        "was random: an effect of always measuring one arm first would look like one of the change (a column that "
        "says which was first would tell)"};
  }
  return audit;
}

/// No clock ran here: the measuring ended because there were no more rows.
void call_it_the_cap(AttemptResult& result) {
  result.stop = Stop::cap;
  for (Comparison& comparison : result.comparisons) comparison.stop = Stop::cap;
}

}  // namespace

decide::JudgedAttempt replay(const Plan& plan, const std::vector<design::ValuePair>& pairs) {
  decide::JudgedAttempt attempt{plan, host::sha256(formats::plan_json(plan)), {}, {}};
  decide::AttemptAnalysis analysis(plan);
  for (const design::ValuePair& pair : pairs) {
    if (analysis.finished()) break;
    const int number = static_cast<int>(attempt.blocks.size()) + 1;
    std::vector<ArmIndex> arms = {kControl, 1};
    if (pair.treatment_first) std::swap(arms.front(), arms.back());
    attempt.blocks.push_back(design::value_block({.number = number, .arms = std::move(arms)}, pair));
    analysis.add(attempt.blocks.back());
  }
  const bool rows_ended = !analysis.finished();
  // As with a limit of time, where the rows end is taken to say nothing about which arm was which.
  if (rows_ended) analysis.cut_by_time();
  analysis.set_audit(audit_of_unknown_origin(plan.order));
  attempt.result = analysis.result();
  if (rows_ended) call_it_the_cap(attempt.result);
  return attempt;
}

void check_shares(const std::vector<design::ValuePair>& pairs) {
  const auto is_share = [](double value) { return value >= 0 && value <= 1; };
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    if (is_share(pairs[row].control) && is_share(pairs[row].treatment)) continue;
    throw Error(fmt::format("block {} has {} and {}; expected numbers from 0 to 1", row + 1, pairs[row].control,
                            pairs[row].treatment));
  }
}

}  // namespace assay::interop
