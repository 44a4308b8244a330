#include "experiments/cli/paired_csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/spelling.hpp"
#include "experiments/definition/utf8.hpp"

namespace assay::cli {
namespace {

struct Row {
  int line = 1;  ///< on which it begins
  std::vector<std::string> fields;
};

/// Takes rows from the front of a text.
class CsvReader {
 public:
  CsvReader(std::string_view text, std::string_view name) : rest_(text), name_(name) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
  }

  /// The next row that is not empty, or nothing at the end.
  std::optional<Row> next() {
    while (!rest_.empty() && (rest_.front() == '\n' || rest_.front() == '\r')) take();
    if (rest_.empty()) return std::nullopt;
    Row row{line_, {}};
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

std::string_view without_blanks(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::size_t column_of(const Row& header, const std::string& wanted, std::string_view name, std::string_view option) {
  std::vector<std::string_view> names;
  for (const std::string& field : header.fields) names.push_back(without_blanks(field));
  const auto found = std::find(names.begin(), names.end(), wanted);
  if (found == names.end()) {
    throw Error(fmt::format("{}:{}: there is no column {}{}; the columns are {}; choose one with --{}", name,
                            header.line, experiments::in_quotes(wanted), did_you_mean(wanted, names),
                            experiments::printable(fmt::format("{}", fmt::join(names, ", "))), option));
  }
  if (std::find(found + 1, names.end(), wanted) != names.end()) {
    throw Error(fmt::format("{}:{}: two columns are called {}", name, header.line, experiments::in_quotes(wanted)));
  }
  return static_cast<std::size_t>(found - names.begin());
}

double number_in(const Row& row, std::size_t column, const Row& header, std::string_view name) {
  std::string_view text = without_blanks(row.fields[column]);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure == std::errc{} && end == text.data() + text.size() && std::isfinite(value)) return value;
  throw Error(fmt::format("{}:{}: column {} ({}): {} is not a finite number", name, row.line, column + 1,
                          experiments::printable(header.fields[column]), experiments::in_quotes(row.fields[column])));
}

}  // namespace

std::vector<ValuePair> read_paired_csv(std::string_view text, std::string_view name, const ArmColumns& columns) {
  CsvReader reader(text, name);
  const std::optional<Row> header = reader.next();
  if (!header) throw Error(fmt::format("{} is empty: its first line must name the columns", name));
  const std::size_t control = column_of(*header, columns.control, name, "control");
  const std::size_t treatment = column_of(*header, columns.treatment, name, "treatment");
  if (control == treatment) throw Error("--control and --treatment name the same column");
  std::vector<ValuePair> pairs;
  while (const std::optional<Row> row = reader.next()) {
    if (row->fields.size() != header->fields.size()) {
      throw Error(fmt::format("{}:{}: {} fields where the first line has {}", name, row->line, row->fields.size(),
                              header->fields.size()));
    }
    pairs.push_back({number_in(*row, control, *header, name), number_in(*row, treatment, *header, name)});
  }
  if (pairs.empty()) throw Error(fmt::format("{} has no rows below its first line", name));
  return pairs;
}

}  // namespace assay::cli
