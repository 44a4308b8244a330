#pragma once

#include <string>
#include <vector>

#include "core/date.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// A question that nobody has answered yet.
struct OpenQuestion {
  RecordSummary record;
  Question content;
};
/// Oldest first. \throws Error when an entry cannot be read.
[[nodiscard]] std::vector<OpenQuestion> open_questions(const Lab& lab, const std::vector<RecordSummary>& records);
[[nodiscard]] bool is_overdue(const OpenQuestion& question, Date today);

/// An answer as somebody gives it.
struct AnswerRequest {
  RecordSummary question;
  std::string chosen;
  std::vector<std::string> evidence;  ///< SHA-256 of records
  std::string reason;
};
/// \throws Error where the record is no question or has no such option; refused where it is answered.
[[nodiscard]] Answer checked_answer(const Lab& lab, const std::vector<RecordSummary>& records,
                                    const AnswerRequest& request);

}  // namespace assay::record
