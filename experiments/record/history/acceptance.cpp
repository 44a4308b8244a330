#include "experiments/record/history/acceptance.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::record {
namespace {

Error refused_acceptance(const std::string& what) {
  return Error(what, ErrorKind::refused);
}

/// Why the decision of this record stays as it is.
std::string why_not(const RecordSummary& attempt) {
  if (!is_attempt(attempt)) return fmt::format("{} is no attempt: there is no keep to accept", attempt.name);
  if (attempt.decision == Decision::keep) {
    return fmt::format("{} is kept already: there is nothing to accept", attempt.name);
  }
  return fmt::format("{} says {} ({}): only \"{}\", \"{}\" and \"{}\" can be accepted", attempt.name,
                     name_or_empty(attempt.decision), name_or_empty(attempt.reason), to_string(DecisionReason::near),
                     to_string(DecisionReason::harness_changed), to_string(DecisionReason::budget_untold));
}

}  // namespace

Acceptance checked_acceptance(const std::vector<RecordSummary>& records, const AcceptanceRequest& request) {
  const RecordSummary& attempt = request.attempt;
  const std::optional<DecisionReason> finding = attempt.reason;
  if (!is_attempt(attempt) || !finding || !may_be_accepted(*finding)) throw refused_acceptance(why_not(attempt));
  const auto earlier = std::find_if(records.begin(), records.end(), [&](const RecordSummary& record) {
    return record.kind == RecordKind::acceptance && record.settles == attempt.sha256;
  });
  if (earlier != records.end()) {
    throw refused_acceptance(
        fmt::format("{} was accepted in {}; see assay show {}", attempt.name, earlier->name, earlier->name));
  }
  return {.record = attempt.sha256,
          .experiment = attempt.experiment,
          .hypothesis_sha256 = attempt.hypothesis_sha256,
          .environment_name = attempt.environment_name,
          .finding = *finding,
          .reason = request.reason};
}

}  // namespace assay::record
