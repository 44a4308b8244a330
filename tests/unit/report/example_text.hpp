#pragma once

#include <string>

#include "experiments/report/text.hpp"
#include "tests/unit/report/example_results.hpp"

namespace assay::report {

[[nodiscard]] inline TextStyle plain(int width) {
  TextStyle style;
  style.width = width;
  return style;
}

[[nodiscard]] inline TextStyle terminal(int width) {
  TextStyle style = plain(width);
  style.unicode = true;
  style.breaks_sentences = true;
  return style;
}

/// The whole text of a result, as `assay run poll.toml` prints it.
[[nodiscard]] inline std::string text_of(const Plan& plan, const AttemptResult& result, const TextStyle& style = {}) {
  return result_text(named_after(plan, result), style, "assay run poll.toml");
}

[[nodiscard]] inline bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace assay::report
