#pragma once

#include <string>

#include "experiments/record/history/changes.hpp"
#include "experiments/record/history/milestones.hpp"
#include "experiments/record/history/swapped_files.hpp"
#include "experiments/record/history/target_readings.hpp"

namespace assay::record {

// Sentences that `assay status` and the documents share. Foreign text is as it is, and nothing depends on the clock.

/// "site/warm/wall/median: at most 90 s; 84.1 s (82.0 s to 87.3 s) in 0012-deploy, local: met".
[[nodiscard]] std::string target_sentence(const TargetReading& reading);
/// "RELAXED to at most 120 s until 2030-01-31, by ada in 0009-relaxation: the node was replaced".
[[nodiscard]] std::string relaxation_sentence(const OpenRelaxation& relaxed, const Target& target);
/// "adopted in 0009-adoption", "MUST BE REVERTED: 0011-challenge showed that it is not correct".
[[nodiscard]] std::string change_sentence(const KeptChange& change);
/// What to do with a change that waits for a commit, to follow its sentence; empty for any other.
[[nodiscard]] std::string how_to_adopt(const KeptChange& change);
/// "NO LONGER HOLDS: T5 (record 0070): no cumulative gain of deploy in local".
[[nodiscard]] std::string broken_text(const BrokenCriterion& broken);
/// "conf still holds treatment's content: assay close, given the file of example, puts the original back".
[[nodiscard]] std::string swapped_file_text(const SwappedFile& file);

}  // namespace assay::record
