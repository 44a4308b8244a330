#include "experiments/record/history/questions.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "experiments/record/history/settlements.hpp"

namespace assay::record {
namespace {

/// Names those that can be answered.
Error no_question(const Lab& lab, const std::vector<RecordSummary>& records, const RecordSummary& given) {
  std::vector<std::string> open;
  for (const OpenQuestion& question : open_questions(lab, records)) open.push_back(question.record.name);
  const std::string_view kind = to_string(given.kind);
  const std::string_view article = kind.starts_with('a') ? "an" : "a";
  if (open.empty()) return Error(fmt::format("{} is {} {}, no question, and none is open", given.name, article, kind));
  return Error(
      fmt::format("{} is {} {}, no question; open questions: {}", given.name, article, kind, fmt::join(open, ", ")));
}

}  // namespace

std::vector<OpenQuestion> open_questions(const Lab& lab, const std::vector<RecordSummary>& records) {
  const Settled settled = settled_in(records);
  std::vector<OpenQuestion> questions;
  for (const RecordSummary& record : records) {
    if (record.kind != RecordKind::question || settled.contains(record.sha256)) continue;
    const Entry entry = read_entry(lab, record);
    questions.push_back({record, std::get<Question>(entry.content)});
  }
  return questions;
}

bool is_overdue(const OpenQuestion& question, Date today) {
  return !question.content.due.empty() && today > parse_date(question.content.due);
}

Answer checked_answer(const Lab& lab, const std::vector<RecordSummary>& records, const AnswerRequest& request) {
  if (request.question.kind != RecordKind::question) throw no_question(lab, records, request.question);
  const Entry entry = read_entry(lab, request.question);
  const auto& question = std::get<Question>(entry.content);
  const Settled settled = settled_in(records);
  if (const auto answer = settled.find(request.question.sha256); answer != settled.end()) {
    throw Error(
        fmt::format("{} is answered in {}; see assay show {}", request.question.name, answer->second, answer->second),
        ErrorKind::refused);
  }
  const std::vector<std::string>& options = question.options;
  if (std::find(options.begin(), options.end(), request.chosen) == options.end()) {
    throw Error(fmt::format("\"{}\" is no option of {}: expected one of \"{}\"{}", request.chosen,
                            request.question.name, fmt::join(options, "\", \""),
                            did_you_mean(request.chosen, {options.begin(), options.end()})));
  }
  return {.question = request.question.sha256,
          .text = question.text,
          .chosen = request.chosen,
          .evidence = request.evidence,
          .reason = request.reason};
}

}  // namespace assay::record
