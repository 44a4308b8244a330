#pragma once

#include <string>
#include <vector>

#include "core/record/entry.hpp"
#include "core/record/record.hpp"
#include "experiments/report/entries/entry_text.hpp"
#include "experiments/report/html/comparison_figures.hpp"

namespace assay::report {

/// An attempt's record with what its pictures are drawn from.
struct AttemptArticle {
  std::string name;  ///< "0007-readiness-poll"
  std::string sha256;
  const Record& record;
  std::vector<ComparisonView> comparisons;
  std::string challenged = {};  ///< "refuted in 0004-challenge"; empty: nobody challenged it
};

/// The question, the answer, pictures, and everything else as text.
[[nodiscard]] std::string attempt_article(const AttemptArticle& article, PictureData& data);

/// What people decided, as text; of a baseline also where the time goes.
struct EntryArticle {
  std::string name;
  const Entry& entry;
  EntryStanding standing;
  std::string figures;  ///< HTML
};
[[nodiscard]] std::string entry_article(const EntryArticle& article);

/// Text of several lines as it is, each line escaped.
[[nodiscard]] std::string html_lines(std::string_view text);

}  // namespace assay::report
