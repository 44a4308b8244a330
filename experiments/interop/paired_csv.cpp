#include "experiments/interop/paired_csv.hpp"

#include "core/error.hpp"
#include "experiments/interop/csv_table.hpp"

namespace assay::interop {

std::vector<design::ValuePair> read_paired_csv(std::string_view text, std::string_view name,
                                               const ArmColumns& columns) {
  const CsvTable table = read_csv(text, name);
  const std::size_t control = column_of(table, columns.control);
  const std::size_t treatment = column_of(table, columns.treatment);
  if (control == treatment) throw Error("control and treatment name the same column");
  std::vector<design::ValuePair> pairs;
  for (const CsvRow& row : table.rows) {
    pairs.push_back({number_in(table, row, control), number_in(table, row, treatment)});
  }
  return pairs;
}

}  // namespace assay::interop
