#include "experiments/interop/paired_csv.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"
#include "experiments/interop/csv_table.hpp"

namespace assay::interop {

namespace {

bool treatment_is_first(const CsvTable& table, const CsvRow& row, std::size_t column, const ArmColumns& columns) {
  const std::string_view first = trimmed(row.fields[column]);
  if (first == "1" || first == "treatment" || first == columns.treatment) return true;
  if (first == "0" || first == "control" || first == columns.control) return false;
  throw Error(
      fmt::format("{}:{}: column {} ({}): {} does not say which arm was measured first; expected {} or {}, or 0 "
                  "(control first) or 1 (treatment first)",
                  table.name, row.line, column + 1, printable(table.header.fields[column]),
                  in_quotes(row.fields[column]), columns.control, columns.treatment));
}

/// Reads from a column which arm of each row was measured first.
void read_orders(const CsvTable& table, const ArmColumns& columns, std::vector<design::ValuePair>& pairs) {
  const std::size_t column = column_of(table, *columns.order);
  for (std::size_t row = 0; row < pairs.size(); ++row) {
    pairs[row].treatment_first = treatment_is_first(table, table.rows[row], column, columns);
  }
}

}  // namespace

std::vector<design::ValuePair> read_paired_csv(std::string_view text, std::string_view name, const ArmColumns& columns,
                                               const CsvForm& form) {
  const CsvTable table = read_csv(text, name, form);
  const std::size_t control = column_of(table, columns.control);
  const std::size_t treatment = column_of(table, columns.treatment);
  if (control == treatment) throw Error("control and treatment name the same column");
  std::vector<design::ValuePair> pairs;
  const std::vector<double> of_control = numbers_in(table, control);
  const std::vector<double> of_treatment = numbers_in(table, treatment);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    pairs.push_back({.control = of_control[row], .treatment = of_treatment[row]});
  }
  if (columns.order) read_orders(table, columns, pairs);
  return pairs;
}

}  // namespace assay::interop
