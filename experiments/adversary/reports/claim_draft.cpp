#include "experiments/adversary/reports/claim_draft.hpp"

#include <fmt/format.h>

namespace assay::adversary {
namespace {

/// A number without an exponent, which options would not read: "0.000012", "1200".
std::string number_text(double value) {
  std::string text = fmt::format("{:.6f}", value);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string with_unit(double value, const std::string& unit) {
  if (unit.empty()) return number_text(value);
  return number_text(value) + (unit == "%" ? "" : " ") + unit;
}

std::string range_text(const Quantity& quantity) {
  if (quantity.low == quantity.high) return with_unit(quantity.low, quantity.unit);
  return number_text(quantity.low) + "-" + with_unit(quantity.high, quantity.unit);
}

/// The options that state the effect; empty if no claim states one of the kind.
std::string effect_options(const Statement& statement) {
  const Quantity& amount = statement.amount;
  switch (statement.kind) {
    case StatementKind::ratio:
      return amount.low > 1 ? fmt::format("--ratio {}x", number_text(amount.low)) : "";
    case StatementKind::percent:
      return statement.is_signed ? fmt::format("--percent {}%", number_text(amount.low))
                                 : fmt::format("--percent '{}% DIRECTION'", number_text(amount.low));
    case StatementKind::values: {
      const LeastChange change = least_change(*statement.before, amount);
      return fmt::format("--from '{}' --to '{}'", with_unit(change.before, statement.before->unit),
                         with_unit(change.after, amount.unit));
    }
    case StatementKind::value:
      return fmt::format("--below '{}'", with_unit(amount.high, amount.unit));
    case StatementKind::limit:
      return fmt::format("--{} '{}'", statement.is_upper ? "below" : "above", with_unit(amount.high, amount.unit));
    case StatementKind::rate:
      return fmt::format("--success {} --at-least FLOOR", with_unit(amount.low, "%"));
    case StatementKind::difference:
      return fmt::format("--from 'BEFORE {0}' --to 'AFTER {0}'", amount.unit);
  }
  return "";
}

}  // namespace

std::string amount_text(const Statement& statement) {
  switch (statement.kind) {
    case StatementKind::ratio:
      return range_text(statement.amount) + "x";
    case StatementKind::values:
      return fmt::format("{} to {}", range_text(*statement.before), range_text(statement.amount));
    case StatementKind::limit:
      return fmt::format("at {} {}", statement.is_upper ? "most" : "least", range_text(statement.amount));
    case StatementKind::percent:
    case StatementKind::value:
    case StatementKind::rate:
    case StatementKind::difference:
      break;
  }
  return range_text(statement.amount);
}

std::string claim_draft(const Statement& statement) {
  const std::string options = statement.sign == StatementSign::worse ? "" : effect_options(statement);
  if (options.empty()) return fmt::format("assay run EXPERIMENT.toml  # line {}", statement.line);
  return fmt::format("assay claim --experiment EXPERIMENT.toml --metric METRIC {}  # line {}", options, statement.line);
}

}  // namespace assay::adversary
