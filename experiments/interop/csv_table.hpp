#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/text/written_number.hpp"

namespace assay::interop {

/// The largest size of a value that is compared. Statistics square values and add them up, which must not leave the
/// range of a double.
inline constexpr double kLargestValue = 1e150;

/// What to do with whole numbers above 2^53, of which a double does not hold every one.
enum class WholeNumbers { rounded, exact };

/// What the first line may be.
enum class FirstLine {
  names,            ///< of the columns
  names_or_number,  ///< or the first value of a file of numbers, which has only one column
};

/// How a file of separated values is written. What is empty is guessed from the file.
struct CsvForm {
  std::optional<char> separator = {};
  std::optional<NumberForm> digits = {};
  WholeNumbers whole_numbers = WholeNumbers::rounded;  ///< exact: those that would be rounded are refused
  FirstLine first_line = FirstLine::names;
  /// Receives in words what was guessed, if it is not a comma between the columns and a point in the numbers.
  std::function<void(const std::string& text)> on_guess = {};
};

/// One row of separated values.
struct CsvRow {
  int line = 1;  ///< on which it begins
  std::vector<std::string> fields;
};

/// A file of separated values (RFC 4180: quotes, CRLF; a byte order mark and empty lines are skipped). Its first line
/// names the columns, unless the form allows a number there. A first line "sep=;", as spreadsheets write it, names the
/// separator.
struct CsvTable {
  std::string name;  ///< of the file, for messages
  CsvForm form;      ///< as given, with the separator that was used
  CsvRow header;
  std::vector<CsvRow> rows;  ///< one or more, each with as many fields as the header
};

/// Without a separator in the form, it is the one of "," ";" tab "|" by which the first line has most columns and every
/// row as many.
/// \throws Error with `name` and line if there is no header or no row, a row has more or fewer fields than the first
/// line, or a quote does not end.
[[nodiscard]] CsvTable read_csv(std::string_view text, std::string_view name, const CsvForm& form);

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

/// The numbers of a column. Without `digits` in the form, they are read in the form that one of them shows, such as
/// that of "12,5", or as plain numbers.
/// \throws Error with line and column if a field is not a finite number.
[[nodiscard]] std::vector<double> numbers_in(const CsvTable& table, std::size_t column);

}  // namespace assay::interop
