#include "experiments/record/history/allowances.hpp"

#include <string_view>
#include <utility>
#include <variant>

namespace assay::record {
namespace {}  // namespace

std::vector<AllowanceStatus> allowances_in(const Lab& lab, const std::vector<RecordSummary>& records) {
  std::vector<AllowanceStatus> allowances;
  for (const RecordSummary& record : records) {
    if (record.kind != RecordKind::allowance) continue;
    Entry entry = read_entry(lab, record);
    allowances.push_back({record, std::get<AllowedFinding>(std::move(entry.content))});
  }
  return allowances;
}

}  // namespace assay::record
