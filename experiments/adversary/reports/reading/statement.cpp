#include "experiments/adversary/reports/reading/statement.hpp"

#include <algorithm>

namespace assay::adversary {
namespace {

bool falls(const Quantity& before, const Quantity& after) {
  return after.low + after.high < before.low + before.high;
}

double times_between(double one, double other) {
  return std::max(one, other) / std::min(one, other);
}

}  // namespace

std::optional<Quantity> stated_ratio(const Statement& statement) {
  if (statement.sign == StatementSign::worse) return std::nullopt;
  const Quantity& amount = statement.amount;
  if (statement.kind == StatementKind::ratio) return amount;
  if (statement.kind == StatementKind::values && statement.before) {
    const Quantity& before = *statement.before;
    const bool has_ratio = before.low > 0 && amount.low > 0;
    if (!has_ratio) return std::nullopt;
    if (falls(before, amount)) return Quantity{before.low / amount.high, before.high / amount.low, ""};
    return Quantity{amount.low / before.high, amount.high / before.low, ""};
  }
  // No more than all can be saved, so this is more speed: "128 % faster".
  const bool is_gain = statement.kind == StatementKind::percent && statement.sign == StatementSign::better;
  if (is_gain && !statement.is_signed && amount.low > 100) {
    return Quantity{1 + amount.low / 100, 1 + amount.high / 100, ""};
  }
  const bool is_share = statement.kind == StatementKind::percent && statement.sign == StatementSign::better;
  if (!is_share || statement.is_signed || amount.high >= 100 || amount.low <= 0) return std::nullopt;
  return Quantity{1 / (1 - amount.low / 100), 1 / (1 - amount.high / 100), ""};
}

LeastChange least_change(const Quantity& before, const Quantity& after) {
  const bool is_fall = falls(before, after);
  const LeastChange facing = is_fall ? LeastChange{before.low, after.high} : LeastChange{before.high, after.low};
  const bool are_apart = is_fall ? facing.after < facing.before : facing.after > facing.before;
  if (are_apart) return facing;
  // Ranges that touch each other: like ends are compared, as long as they differ.
  const LeastChange low = {before.low, after.low};
  const LeastChange high = {before.high, after.high};
  if (low.before == low.after || low.after <= 0 || low.before <= 0) return high;
  if (high.before == high.after) return low;
  return times_between(low.before, low.after) <= times_between(high.before, high.after) ? low : high;
}

}  // namespace assay::adversary
