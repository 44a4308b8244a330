#pragma once

#include <string>
#include <string_view>

#include "experiments/record/status/pipeline_facts.hpp"

namespace assay::record {

// Words that the sections of a pipeline's documents share.

/// "- text\n", with the text as plain words.
[[nodiscard]] std::string bullet_line(std::string_view text);
/// A heading with its items, or what to say if there are none.
[[nodiscard]] std::string list_section(std::string_view title, const std::string& items, std::string_view otherwise);

/// A hypothesis that is a dead end, in one line: what was changed, what came of it, and when it may be tried again.
[[nodiscard]] std::string dead_end_sentence(const PipelineFacts& facts, const HypothesisHistory& history);
/// The attempt with this hash; nullptr if it is none of the facts'.
[[nodiscard]] const TriedAttempt* find_attempt(const PipelineFacts& facts, const std::string& sha256);
/// What came of an attempt in each workload and state: "site (warm) -41.2 % (-44.0 % to -38.1 %)".
[[nodiscard]] std::string effects_sentence(const Record& record);

}  // namespace assay::record
