#include "experiments/interop/csv_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"

namespace assay::interop {
namespace {

/// Takes rows from the front of a text.
class CsvReader {
 public:
  CsvReader(std::string_view text, std::string_view name) : rest_(text), name_(name) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  /// The next row that is not empty; std::nullopt at the end.
  std::optional<CsvRow> next() {
    while (!rest_.empty() && (rest_.front() == '\n' || rest_.front() == '\r')) take();
    if (rest_.empty()) return std::nullopt;
    CsvRow row{line_, {}};
    do {
      row.fields.push_back(rest_.starts_with('"') ? quoted_field() : bare_field());
    } while (!rest_.empty() && take() == ',');
    return row;
  }

 private:
  char take() {
    const char letter = rest_.front();
    rest_.remove_prefix(1);
    if (letter == '\n') ++line_;
    return letter;
  }

  std::string bare_field() {
    const std::string_view field = rest_.substr(0, rest_.find_first_of(",\r\n"));
    rest_.remove_prefix(field.size());
    return std::string(field);
  }

  std::string quoted_field() {
    const int begin = line_;
    std::string field;
    take();
    while (!rest_.empty()) {
      const char letter = take();
      if (letter != '"') {
        field += letter;
      } else if (rest_.starts_with('"')) {
        field += take();
      } else if (rest_.empty() || std::string_view(",\r\n").find(rest_.front()) != std::string_view::npos) {
        return field;
      } else {
        break;
      }
    }
    throw Error(
        fmt::format("{}:{}: a quoted field does not end with a quote before a comma or the line's end", name_, begin));
  }

  std::string_view rest_;
  std::string_view name_;
  int line_ = 1;
};

std::string columns_text(const CsvTable& table) {
  std::vector<std::string_view> names;
  for (const std::string& field : table.header.fields) names.push_back(trimmed(field));
  return printable(fmt::format("{}", fmt::join(names, ", ")));
}

}  // namespace

CsvTable read_csv(std::string_view text, std::string_view name) {
  CsvReader reader(text, name);
  std::optional<CsvRow> header = reader.next();
  if (!header) throw Error(fmt::format("{} is empty: its first line must name the columns", name));
  CsvTable table{std::string(name), std::move(*header), {}};
  while (std::optional<CsvRow> row = reader.next()) {
    if (row->fields.size() != table.header.fields.size()) {
      throw Error(fmt::format("{}:{}: {} fields where the first line has {}", name, row->line, row->fields.size(),
                              table.header.fields.size()));
    }
    table.rows.push_back(std::move(*row));
  }
  if (table.rows.empty()) throw Error(fmt::format("{} has no rows below its first line", name));
  return table;
}

std::size_t column_of(const CsvTable& table, const std::string& wanted) {
  std::vector<std::string_view> names;
  for (const std::string& field : table.header.fields) names.push_back(trimmed(field));
  const auto found = std::find(names.begin(), names.end(), wanted);
  if (found == names.end()) {
    throw NoSuchColumn(fmt::format("{}:{}: there is no column {}{}; the columns are {}", table.name, table.header.line,
                                   in_quotes(wanted), did_you_mean(wanted, names), columns_text(table)),
                       wanted);
  }
  if (std::find(found + 1, names.end(), wanted) != names.end()) {
    throw Error(fmt::format("{}:{}: two columns are called {}", table.name, table.header.line, in_quotes(wanted)));
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::size_t only_column_of(const CsvTable& table) {
  if (table.header.fields.size() == 1) return 0;
  throw NoSuchColumn(fmt::format("{}:{}: the columns are {}", table.name, table.header.line, columns_text(table)), "");
}

double number_in(const CsvTable& table, const CsvRow& row, std::size_t column) {
  std::string_view text = trimmed(row.fields[column]);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure == std::errc{} && end == text.data() + text.size() && std::isfinite(value)) return value;
  throw Error(fmt::format("{}:{}: column {} ({}): {} is not a finite number", table.name, row.line, column + 1,
                          printable(table.header.fields[column]), in_quotes(row.fields[column])));
}

}  // namespace assay::interop
