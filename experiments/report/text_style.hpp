#pragma once

#include <string>
#include <string_view>

#include "core/plan.hpp"

namespace assay::report {

/// What ended an attempt whose measuring stopped before its verdict.
enum class EarlyEnd {
  stopped,      ///< not known
  interrupted,  ///< the attempt is open, or was a comparison that nobody records
  closed,       ///< somebody closed it, and it is recorded
};

/// How text is dressed.
struct TextStyle {
  bool colour = false;            ///< ANSI colours: a terminal without NO_COLOR
  bool unicode = false;           ///< box plots in Unicode: a terminal with a UTF-8 locale
  int width = 80;                 ///< columns
  bool breaks_sentences = false;  ///< a terminal: between words; a file keeps each sentence on one line
  std::string time_unit;          ///< "ms" fixes the unit of times; empty: chosen for each
  bool explains = false;          ///< legends, reasons and percentages for whoever has just measured
  bool equal_arms = false;        ///< the arms are one and the same: a difference says something of the machine only
  int rules = kNewestRules;       ///< of the plan: what records of 0.1.0 say stays as it was
  bool is_graded = false;         ///< a claim was measured again: it has a grade, and no decision follows
  EarlyEnd early_end = EarlyEnd::stopped;
};

/// Colours by what they tell.
enum class Tone { good, bad, open, strong, quiet };
/// The text in that tone; as it is if the style has no colour. Its width on the terminal stays the same.
[[nodiscard]] std::string toned(std::string_view text, Tone tone, const TextStyle& style);

[[nodiscard]] std::string_view arrow(const TextStyle& style);       ///< "->"
[[nodiscard]] std::string_view plus_minus(const TextStyle& style);  ///< " +- "

}  // namespace assay::report
