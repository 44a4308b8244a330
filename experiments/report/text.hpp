#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/block.hpp"
#include "core/record/record.hpp"
#include "core/result/result.hpp"
#include "experiments/report/entries/entry_text.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// The one sentence: "treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved ->
/// keep". Of the style only the arrow is taken.
[[nodiscard]] std::string result_sentence(const Comparison& comparison, const TextStyle& style = {});
/// The same of a comparison of this result. If measuring stopped before a verdict, it has no decision: "interrupted
/// after 4 of at most 200 blocks; no verdict yet (the first look is at 6)". If the audit made it invalid, it begins
/// with what the audit found first.
[[nodiscard]] std::string result_sentence(const AttemptResult& result, const Comparison& comparison,
                                          const TextStyle& style);

/// The sentence of each comparison, a line each; if there are several, each begins with its cell, and the whole
/// attempt's verdict follows.
[[nodiscard]] std::string result_sentences(const AttemptResult& result, const TextStyle& style);

/// The whole result for people: sentence, table of both arms with a box plot, guards, checks, notes, advice.
/// `rerun_command` is what the advice names to go on.
[[nodiscard]] std::string result_text(const AttemptResult& result, const TextStyle& style,
                                      std::string_view rerun_command);

/// The result of a challenge with the time that its advice takes by all trials of a block: the look at treatment and
/// control reckons with those two. The result itself if it is that of no challenge.
[[nodiscard]] AttemptResult timed_by_whole_blocks(AttemptResult result, const std::vector<Block>& blocks);

/// A record for people: what was asked, where and by whom, then its result.
[[nodiscard]] std::string record_text(const Record& record, std::string_view sha256, const TextStyle& style);

/// The record's section of DECISIONS.md, in Markdown, without its markers.
[[nodiscard]] std::string decision_entry(const Record& record, const EntryStanding& standing);

}  // namespace assay::report
