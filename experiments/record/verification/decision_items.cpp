#include "experiments/record/verification/decision_items.hpp"

#include <fmt/format.h>

#include "experiments/formats/record/record_json.hpp"
#include "experiments/record/verification/recomputation.hpp"

namespace assay::record {
namespace {

std::string decision_words(const AttemptResult& result) {
  return fmt::format("{} -> {} ({})", to_string(result.verdict), to_string(result.decision), to_string(result.reason));
}

}  // namespace

std::vector<ReviewItem> decision_items(std::string_view record_text) {
  const Record record = formats::parse_record(record_text, "the record");
  const std::optional<std::string> flaw = findings_in(record_text).flaw;
  return {{.aspect = ReviewAspect::verdict,
           .of = record.plan.id,
           .stated = decision_words(record.result),
           .found = flaw ? *flaw : decision_words(recomputed_result(record)),
           .fault = flaw ? ReviewFault::differs : ReviewFault::none}};
}

}  // namespace assay::record
