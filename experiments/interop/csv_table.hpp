#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace assay::interop {

/// One row of comma-separated values.
struct CsvRow {
  int line = 1;  ///< on which it begins
  std::vector<std::string> fields;
};

/// A file of comma-separated values (RFC 4180: quotes, CRLF; a byte order mark and empty lines are skipped). Its first
/// line names the columns.
struct CsvTable {
  std::string name;  ///< of the file, for messages
  CsvRow header;
  std::vector<CsvRow> rows;  ///< one or more, each with as many fields as the header
};

/// \throws Error with `name` and line if there is no header or no row, a row has more or fewer fields than the first
/// line, or a quote does not end.
[[nodiscard]] CsvTable read_csv(std::string_view text, std::string_view name);

/// The caller has to choose a column, because the one that it wants does not exist. The message lists the columns.
class NoSuchColumn : public Error {
 public:
  NoSuchColumn(const std::string& what, std::string wanted) : Error(what), wanted_(std::move(wanted)) {}

  /// Name of the column; empty if none was chosen and the table has several.
  [[nodiscard]] const std::string& wanted() const noexcept { return wanted_; }

 private:
  std::string wanted_;
};

/// Index of the column of that name. \throws NoSuchColumn if there is none; Error if there are two.
[[nodiscard]] std::size_t column_of(const CsvTable& table, const std::string& wanted);

/// Index of the only column. \throws NoSuchColumn if there are several.
[[nodiscard]] std::size_t only_column_of(const CsvTable& table);

/// \throws Error with line and column if the field is not a finite number.
[[nodiscard]] double number_in(const CsvTable& table, const CsvRow& row, std::size_t column);

}  // namespace assay::interop
