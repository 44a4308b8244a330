#include "experiments/interop/trace_csv.hpp"

#include <map>

#include "experiments/interop/csv_table.hpp"

namespace assay::interop {
planning::Trace read_trace_csv(std::string_view text, std::string_view name, const TraceColumns& columns,
                               const CsvForm& form) {
  CsvForm wanted = form;
  if (!columns.value && !columns.group) wanted.first_line = FirstLine::names_or_number;
  const CsvTable table = read_csv(text, name, wanted);
  const std::size_t value = columns.value ? column_of(table, *columns.value) : only_column_of(table);
  const std::size_t group_column = columns.group ? column_of(table, *columns.group) : 0;
  planning::Trace trace;
  if (!columns.group) trace.groups.emplace_back();
  std::map<std::string, std::size_t> indices;
  const std::vector<double> values = numbers_in(table, value);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::size_t index = 0;
    if (columns.group) {
      const std::string& group = table.rows[row].fields[group_column];
      index = indices.try_emplace(group, trace.groups.size()).first->second;
      if (index == trace.groups.size()) trace.groups.emplace_back();
    }
    trace.groups[index].push_back(values[row]);
  }
  return trace;
}

}  // namespace assay::interop
