#pragma once

#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/plan.hpp"
#include "core/result/audit_result.hpp"
#include "experiments/decide/attempt_analysis.hpp"

namespace assay::session {

/// Why a block is run again as if nothing had happened: "block 3 of work is void and run again: control: ...".
[[nodiscard]] std::string void_block_note(const Plan& plan, const Block& block);
/// How a block was lost: "block 3 of work is lost: it was broken off while treatment ran; ...".
[[nodiscard]] std::string lost_block_note(const Plan& plan, const Block& block);

/// How many blocks the nodes of a cluster lost, and which arms were running: "n2 lost 2 of 7 blocks (while control ran:
/// 1, while treatment ran: 1)". Empty if none was lost, or no cluster ran them.
[[nodiscard]] std::string nodes_lost_note(const Plan& plan, const std::vector<Block>& blocks);

/// Which workloads ran on after they were decided, so that others still had them beside them: "work: 12 of its blocks
/// ran only beside others; they are recorded, and its verdict does not rest on them". One for each such workload.
[[nodiscard]] std::vector<std::string> filler_notes(const Plan& plan, const decide::AttemptAnalysis& analysis);

/// Which workloads kept more CPUs busy than they weigh, in the median of the trials of an arm, while others ran beside
/// them, and so took CPU time from those. A workload that is bound to CPUs can do so, too: affinity is inherited, and
/// a program may widen its own.
[[nodiscard]] std::vector<std::string> weight_notes(const Plan& plan, const std::vector<Block>& blocks);

/// All that an attempt's blocks show and its reader should know, whether it ended or was closed: the three above, and
/// which arms failed and count as measured all the same.
[[nodiscard]] std::vector<std::string> notes_on_blocks(const Plan& plan, const decide::AttemptAnalysis& analysis,
                                                       const std::vector<Block>& blocks);

/// Which arms could not be run where nothing announces that they are measured, and why.
[[nodiscard]] std::vector<std::string> not_tried_notes(const Plan& plan, const std::vector<UnannouncedTrials>& trials);

}  // namespace assay::session
