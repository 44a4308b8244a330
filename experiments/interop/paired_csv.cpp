#include "experiments/interop/paired_csv.hpp"

#include "core/error.hpp"
#include "experiments/interop/csv_table.hpp"

namespace assay::interop {

std::vector<design::ValuePair> read_paired_csv(std::string_view text, std::string_view name, const ArmColumns& columns,
                                               const CsvForm& form) {
  const CsvTable table = read_csv(text, name, form);
  const std::size_t control = column_of(table, columns.control);
  const std::size_t treatment = column_of(table, columns.treatment);
  if (control == treatment) throw Error("control and treatment name the same column");
  std::vector<design::ValuePair> pairs;
  const std::vector<double> of_control = numbers_in(table, control);
  const std::vector<double> of_treatment = numbers_in(table, treatment);
  for (std::size_t row = 0; row < table.rows.size(); ++row) pairs.push_back({of_control[row], of_treatment[row]});
  return pairs;
}

}  // namespace assay::interop
