#include "experiments/cli/trace_csv.hpp"

#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/text/utf8.hpp"
#include "experiments/cli/csv_table.hpp"

namespace assay::cli {
namespace {

std::size_t value_column(const CsvTable& table, const TraceColumns& columns) {
  if (columns.value) return column_of(table, *columns.value, "column");
  if (table.header.fields.size() == 1) return 0;
  throw Error(fmt::format("{}:{}: choose a column with --column; the columns are {}", table.name, table.header.line,
                          printable(fmt::format("{}", fmt::join(table.header.fields, ", ")))));
}

}  // namespace

planning::Trace read_trace_csv(std::string_view text, std::string_view name, const TraceColumns& columns) {
  const CsvTable table = read_csv(text, name);
  const std::size_t value = value_column(table, columns);
  const std::size_t group_column = columns.group ? column_of(table, *columns.group, "group") : 0;
  planning::Trace trace;
  if (!columns.group) trace.groups.emplace_back();
  std::map<std::string, std::size_t> places;
  for (const CsvRow& row : table.rows) {
    std::size_t place = 0;
    if (columns.group) {
      const std::string& group = row.fields[group_column];
      place = places.try_emplace(group, trace.groups.size()).first->second;
      if (place == trace.groups.size()) trace.groups.emplace_back();
    }
    trace.groups[place].push_back(number_in(table, row, value));
  }
  return trace;
}

}  // namespace assay::cli
