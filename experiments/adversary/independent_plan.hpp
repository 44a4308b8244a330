#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/plan.hpp"
#include "core/seed.hpp"
#include "experiments/design/freeze.hpp"

namespace assay::adversary {

/// What a challenge takes from the moment and the machine.
struct ChallengeContext {
  std::string folder;                              ///< absolute: the experiment's in the fresh copy
  std::string home;                                ///< absolute: an empty folder, $HOME of builds and trials
  std::map<std::string, std::string> environment;  ///< the caller's
  design::Sha256 hmac;                             ///< of values that are not written down, under the lab's key
  std::string environment_name;                    ///< of the challenger's machine
  Seed seed{0};
  std::optional<int> cap;                    ///< blocks; std::nullopt: as `challenge_cap` says
  std::vector<Workload> own_workloads = {};  ///< of the challenger, to be measured beside the claim's
  bool vigilant = false;                     ///< trials after the last block look for programs that notice measuring
};

/// A workload in one state.
struct CellPlace {
  std::string workload;
  std::string state;
};
/// Takes all other cells out of the plan; if the variable is the state, those of the workload stay.
/// \throws Error (invalid) if the plan has no such cell.
void keep_cell(Plan& plan, const CellPlace& place);

/// The cold states in which the plan measures this cell's workload, to be measured before the cell: those that evict
/// files or prepare every trial. None if the cell is cold itself, or the variable is the state.
[[nodiscard]] std::vector<std::string> colder_states(const Plan& plan, const CellPlace& place);

/// Adds states of the workload after the one that is there.
/// \pre the plan has one cell
void add_states(Plan& plan, const std::vector<std::string>& states);

/// Adds the challenger's workloads after the claim's, in its state. Metrics and checks of the claim's workload apply to
/// them, too, but not its control phases, which are those of its own program.
/// \pre the plan has one cell
void add_own_workloads(Plan& plan, const std::vector<Workload>& own);

/// Makes the plan independent of whoever froze it: its folder, seed, engine and environment are the challenger's, of
/// which trials see only PATH, LANG and what the experiment names.
/// \throws Error (invalid) if the plan hides a value that it needs.
void measure_afresh(Plan& plan, const ChallengeContext& context);

}  // namespace assay::adversary
