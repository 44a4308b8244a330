#pragma once

#include <string>
#include <string_view>

#include "core/plan.hpp"
#include "core/record.hpp"
#include "core/result.hpp"

namespace assay::experiments {

/// How text is dressed.
struct TextStyle {
  bool colour = false;    ///< ANSI colours: a terminal without NO_COLOR
  bool unicode = false;   ///< box plots in Unicode: a terminal with a UTF-8 locale
  int width = 80;         ///< columns
  std::string time_unit;  ///< "ms" fixes the unit of times; empty: chosen for each
};

/// The one sentence: "treatment is 1.21x faster than control (95 % interval 1.19 to 1.23), 24 blocks: improved ->
/// keep".
[[nodiscard]] std::string result_sentence(const Plan& plan, const Comparison& comparison);

/// The whole result for people: sentence, table of both arms with a box plot, guards, checks, notes, advice.
/// `rerun_command` is what the advice names to go on.
[[nodiscard]] std::string result_text(const Plan& plan, const AttemptResult& result, const TextStyle& style,
                                      std::string_view rerun_command);

/// The record's section of DECISIONS.md, in Markdown, without its markers.
[[nodiscard]] std::string decision_entry(const Record& record, std::string_view sha256);

}  // namespace assay::experiments
