#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::cli {

/// One row of comma-separated values.
struct CsvRow {
  int line = 1;  ///< on which it begins
  std::vector<std::string> fields;
};

/// A file of comma-separated values (RFC 4180: quotes, CRLF; a byte order mark and empty lines are passed over) whose
/// first line names the columns.
struct CsvTable {
  std::string name;  ///< of the file, for messages
  CsvRow header;
  std::vector<CsvRow> rows;  ///< one or more, each with as many fields as the header
};

/// \throws Error with `name` and line where there is no header or no row, a row has another number of fields than the
/// first line, or a quote does not end.
[[nodiscard]] CsvTable read_csv(std::string_view text, std::string_view name);

/// The place of the column of that name. \param option  by which it is chosen, for the message: "control".
/// \throws Error that lists the columns where there is none of that name, or two.
[[nodiscard]] std::size_t column_of(const CsvTable& table, const std::string& wanted, std::string_view option);

/// \throws Error with line and column where the field is not a finite number.
[[nodiscard]] double number_in(const CsvTable& table, const CsvRow& row, std::size_t column);

}  // namespace assay::cli
