#pragma once

#include <string>
#include <vector>

#include "core/text/date.hpp"
#include "experiments/record/record_store.hpp"

namespace assay::record {

/// A question that nobody has answered yet.
struct OpenQuestion {
  RecordSummary record;
  Question content;
};
/// All open questions, oldest first. \throws Error if an entry cannot be read.
[[nodiscard]] std::vector<OpenQuestion> open_questions(const Lab& lab, const std::vector<RecordSummary>& records);
[[nodiscard]] bool is_overdue(const OpenQuestion& question, Date today);

/// An answer before it is checked.
struct AnswerRequest {
  RecordSummary question;
  std::string chosen;
  std::vector<std::string> evidence;  ///< SHA-256 of records
  std::string reason;
};
/// \throws Error if the record is not a question or has no such option; refused if it is already answered.
[[nodiscard]] Answer checked_answer(const Lab& lab, const std::vector<RecordSummary>& records,
                                    const AnswerRequest& request);

}  // namespace assay::record
