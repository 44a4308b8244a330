#pragma once

#include <optional>
#include <vector>

#include "core/block.hpp"
#include "core/host/journal/journal.hpp"
#include "core/plan.hpp"
#include "core/result/audit_result.hpp"

namespace assay::session {

/// Keeps the machine on which an attempt was begun, unless the journal already has the attempt's machines.
void keep_first_runner(host::Journal& journal, host::AttemptId attempt, const ClusterNode& runner);

/// The machines that run blocks of one attempt, session by session. Each is a stratum, like a node of a cluster
/// (docs/methods/runners.md). A machine is known by its host name and its boot.
class RunnerStrata {
 public:
  /// \param here  runs the blocks of this session; std::nullopt if the engine knows nodes itself, or none.
  RunnerStrata(host::Journal& journal, host::AttemptId attempt, const Plan& plan, std::optional<ClusterNode> here);

  /// Whether another host than this one began the attempt.
  [[nodiscard]] bool is_on_another_host() const;

  /// Names its machine in a block of an earlier session, in which only later ones name theirs. As long as one machine
  /// runs all blocks, no block names it.
  void name_in_earlier(Block& block) const;
  /// Names the machine of this session in a block of it.
  void name_in(Block& block) const;

  /// Those that any of the blocks name, by name.
  [[nodiscard]] std::vector<ClusterNode> nodes_of(const std::vector<Block>& blocks) const;

 private:
  std::vector<ClusterNode> runners_;  ///< in the order in which they came; the first one began the attempt
  std::size_t here_ = 0;
};

}  // namespace assay::session
