#include <fmt/format.h>

#include "core/record/entry.hpp"
#include "experiments/report/entries/review_lines.hpp"
#include "experiments/report/entries/review_text.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/markdown.hpp"

namespace assay::report {
namespace {

std::string or_nothing(const std::string& text) {
  return text.empty() ? "nothing" : markdown_text(text);
}

/// Everything that was looked at, side by side.
std::string items_table(const Review& review) {
  std::string text = "\n| | stated | found | |\n|---|---|---|---|\n";
  for (const ReviewItem& item : review.items) {
    const std::string_view fault = fault_text(item.fault);
    text += fmt::format("| {} | {} | {} | {}{}{} |\n", markdown_text(review_item_title(item)), or_nothing(item.stated),
                        or_nothing(item.found), to_string(grade_of(item.fault)), fault.empty() ? "" : ": ", fault);
  }
  return text + '\n';
}

}  // namespace

std::string review_subject_section(const Entry& entry, const ReviewContext& context) {
  const auto& review = std::get<Review>(entry.content);
  std::string text = fmt::format("## {:04} {}\n\n", entry.number, markdown_text(review_headline(review)));
  text += review_line("about", "record SHA-256 " + review.record);
  if (!review.document.empty()) {
    text += review_line("document", fmt::format("{}, SHA-256 {}", review.document, review.document_sha256));
  }
  text += review_work_lines(review_work(entry, review, context, to_string(review.subject)));
  text += items_table(review);
  text += review_line("grade", review_grade_text(review));
  text += review_line("date", utc_text(entry.created_ns));
  text += fmt::format("- record: {}, SHA-256 {}\n", markdown_code(entry_name(entry) + ".json"), context.sha256);
  return text;
}

}  // namespace assay::report
