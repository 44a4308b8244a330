#include "experiments/decide/challenge/own_inputs_analysis.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/assert.hpp"
#include "core/error.hpp"

namespace assay::decide {
namespace {

/// What one cell shows, in terms of the plan that has all of them.
AttemptResult result_of_cell(const Plan& plan, const ChallengeAnalysis& analysis, std::size_t cell) {
  AttemptResult result = analysis.result();
  for (Comparison& comparison : result.comparisons) comparison.cell = named_cell(plan, cell);
  return result;
}

void add_counts(const AttemptResult& of_cell, AttemptResult& result) {
  result.trials += of_cell.trials;
  result.void_blocks += of_cell.void_blocks;
  result.lost_blocks += of_cell.lost_blocks;
}

}  // namespace

Plan one_cell_plan(const Plan& challenge, std::size_t cell) {
  const Cell place = cells(challenge).at(cell);
  Plan plan = challenge;
  Workload workload = workload_of(challenge, place);
  workload.states = {state_of(challenge, place).name};
  plan.workloads = {std::move(workload)};
  plan.challenge->own_workloads.clear();
  return plan;
}

OwnInputsAnalysis::OwnInputsAnalysis(const Plan& plan) : plan_(plan) {
  for (std::size_t cell = 0; cell < assay::cells(plan_).size(); ++cell) {
    cells_.push_back(std::make_unique<ChallengeAnalysis>(one_cell_plan(plan_, cell)));
  }
  if (cells_.empty()) throw Error("a challenge measures one workload in one state", ErrorKind::invalid);
}

void OwnInputsAnalysis::add(const Block& block) {
  if (block.cell >= cells_.size()) {
    throw Error("a block belongs to a cell that the plan does not have", ErrorKind::invalid);
  }
  Block of_cell = block;
  of_cell.cell = 0;
  cells_[block.cell]->add(of_cell);
}

void OwnInputsAnalysis::set_audit(const AuditResult& audit) {
  for (const auto& cell : cells_) cell->set_audit(audit);
}

void OwnInputsAnalysis::cut_by_time() {
  for (const auto& cell : cells_) cell->cut_by_time();
}

void OwnInputsAnalysis::close_interrupted() {
  for (const auto& cell : cells_) cell->close_interrupted();
}

bool OwnInputsAnalysis::finished() const {
  return std::all_of(cells_.begin(), cells_.end(), [](const auto& cell) { return cell->finished(); });
}

bool OwnInputsAnalysis::is_cold_state(std::size_t cell) const {
  return cell > 0 && assay::cells(plan_)[cell].workload == assay::cells(plan_)[0].workload;
}

bool OwnInputsAnalysis::any_cold_state_is_open() const {
  for (std::size_t cell = 1; cell < cells_.size(); ++cell) {
    if (is_cold_state(cell) && !cells_[cell]->finished()) return true;
  }
  return false;
}

int OwnInputsAnalysis::blocks_to_next_look(std::size_t cell) const {
  if (cell == 0 && any_cold_state_is_open()) return 0;
  return cells_.at(cell)->blocks_to_next_look(0);
}

std::vector<ArmIndex> OwnInputsAnalysis::arms_of_next_blocks(std::size_t cell) const {
  return cells_.at(cell)->arms_of_next_blocks(0);
}

int OwnInputsAnalysis::complete_blocks(std::size_t cell) const {
  return cells_.at(cell)->complete_blocks(0);
}

Progress OwnInputsAnalysis::progress(std::size_t cell) const {
  return cells_.at(cell)->progress(0);
}

std::vector<ComparisonOutline> OwnInputsAnalysis::outlines() const {
  ASSAY_ASSERT(false);
  return {};
}

AttemptResult OwnInputsAnalysis::result() const {
  AttemptResult result = result_of_cell(plan_, *cells_.front(), 0);
  for (std::size_t cell = 1; cell < cells_.size(); ++cell) {
    AttemptResult own = result_of_cell(plan_, *cells_[cell], cell);
    const NamedCell place = named_cell(plan_, cell);
    const bool is_cold = is_cold_state(cell);
    result.own_inputs.push_back({is_cold ? "" : place.workload, place.state, *own.challenge});
    const bool is_correctness = std::holds_alternative<ClaimedCorrectness>(plan_.challenge->effect);
    if (is_cold && is_correctness && own.challenge->grade == Grade::refuted) result.challenge = own.challenge;
    add_counts(own, result);
    std::move(own.comparisons.begin(), own.comparisons.end(), std::back_inserter(result.comparisons));
  }
  return result;
}

}  // namespace assay::decide
