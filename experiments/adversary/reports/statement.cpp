#include "experiments/adversary/reports/statement.hpp"

#include <algorithm>

namespace assay::adversary {

std::optional<Quantity> stated_ratio(const Statement& statement) {
  if (statement.sign == StatementSign::worse) return std::nullopt;
  const Quantity& amount = statement.amount;
  if (statement.kind == StatementKind::ratio) return amount;
  if (statement.kind == StatementKind::values && statement.before) {
    const Quantity& before = *statement.before;
    const bool has_ratio = before.low > 0 && amount.low > 0;
    if (!has_ratio) return std::nullopt;
    const bool falls = amount.high < before.low;
    const double low = falls ? before.low / amount.high : amount.low / before.high;
    const double high = falls ? before.high / amount.low : amount.high / before.low;
    return Quantity{std::min(low, high), std::max(low, high), ""};
  }
  const bool is_share = statement.kind == StatementKind::percent && statement.sign == StatementSign::better;
  if (!is_share || statement.is_signed || amount.high >= 100 || amount.low <= 0) return std::nullopt;
  return Quantity{1 / (1 - amount.low / 100), 1 / (1 - amount.high / 100), ""};
}

}  // namespace assay::adversary
