#include "experiments/record/questions.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/spelling.hpp"
#include "experiments/record/decisions.hpp"

namespace assay::experiments {

std::vector<OpenQuestion> open_questions(const Lab& lab, const std::vector<RecordSummary>& records) {
  const Settled settled = settled_in(records);
  std::vector<OpenQuestion> questions;
  for (const RecordSummary& record : records) {
    if (record.kind != "question" || settled.contains(record.sha256)) continue;
    const Entry entry = read_entry(lab, record);
    questions.push_back({record, std::get<Question>(entry.content)});
  }
  return questions;
}

bool is_overdue(const OpenQuestion& question, Date today) {
  return !question.content.due.empty() && today > parse_date(question.content.due);
}

Answer checked_answer(const Lab& lab, const std::vector<RecordSummary>& records, const AnswerRequest& request) {
  const Entry entry = read_entry(lab, request.question);
  const auto* question = std::get_if<Question>(&entry.content);
  if (question == nullptr) {
    throw Error(fmt::format("{} is no question: assay status lists those that are open", request.question.name));
  }
  const Settled settled = settled_in(records);
  if (const auto answer = settled.find(request.question.sha256); answer != settled.end()) {
    throw Error(
        fmt::format("{} is answered in {}; see assay show {}", request.question.name, answer->second, answer->second),
        ErrorKind::refused);
  }
  const std::vector<std::string>& options = question->options;
  if (std::find(options.begin(), options.end(), request.chosen) == options.end()) {
    throw Error(fmt::format("\"{}\" is no option of {}: expected one of \"{}\"{}", request.chosen,
                            request.question.name, fmt::join(options, "\", \""),
                            did_you_mean(request.chosen, {options.begin(), options.end()})));
  }
  return {.question = request.question.sha256,
          .text = question->text,
          .chosen = request.chosen,
          .evidence = request.evidence,
          .reason = request.reason};
}

}  // namespace assay::experiments
