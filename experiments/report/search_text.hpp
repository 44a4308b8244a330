#pragma once

#include <string>

#include "core/result/result.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// How a race of levels ended in one cell, in one sentence: "workers=4 is the best of 4 levels, 23 blocks".
[[nodiscard]] std::string search_sentence(const LevelSearch& search);
/// The same, but if the audit made the attempt invalid, it begins with what the audit found first.
[[nodiscard]] std::string search_sentence(const AttemptResult& result, const LevelSearch& search,
                                          const TextStyle& style);

/// The table of all levels: what each measured, how it stands against the first, and how it left the race.
[[nodiscard]] std::string level_table(const LevelSearch& search, const TextStyle& style);

/// The whole result of an attempt whose levels race.
[[nodiscard]] std::string search_text(const AttemptResult& result, const TextStyle& style,
                                      std::string_view rerun_command);

}  // namespace assay::report
