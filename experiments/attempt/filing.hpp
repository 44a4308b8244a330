#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/block.hpp"
#include "core/host/journal/journal.hpp"
#include "core/record/record.hpp"
#include "core/result/result.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/attempt/journalled_attempt.hpp"
#include "experiments/record/lab.hpp"

namespace assay::attempt {

/// Stores the record of an attempt that has ended, writes its entry in DECISIONS.md, and ends the attempt in the
/// journal. An attempt without a block has measured nothing: it is only ended, and is not spent. Each step may be done
/// again if a kill came between two of them.
/// \param outcome  its plan is that of the attempt; unchanged, unless it throws: its blocks are then gone
std::optional<FiledRecord> file_record(const record::Lab& lab, host::Journal& journal, host::AttemptId attempt,
                                       host::AttemptStatus status, Outcome& outcome);

}  // namespace assay::attempt
