#include "experiments/interop/csv_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"
#include "experiments/interop/imports/import_limits.hpp"
#include "experiments/interop/number_texts.hpp"

namespace assay::interop {
namespace {

/// Takes rows from the front of a text.
class CsvReader {
 public:
  CsvReader(std::string_view text, std::string_view name, char separator, int first_line)
      : rest_(text), name_(name), field_ends_{separator, '\r', '\n'}, line_(first_line) {}

  /// The next row that is not empty; std::nullopt at the end.
  std::optional<CsvRow> next() {
    while (!rest_.empty() && (rest_.front() == '\n' || rest_.front() == '\r')) take();
    if (rest_.empty()) return std::nullopt;
    CsvRow row{line_, {}};
    do {
      row.fields.push_back(rest_.starts_with('"') ? quoted_field() : bare_field());
    } while (!rest_.empty() && take() == field_ends_.front());
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
    const std::string_view field = rest_.substr(0, rest_.find_first_of(field_ends_));
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
      } else if (rest_.empty() || field_ends_.find(rest_.front()) != std::string_view::npos) {
        return field;
      } else {
        break;
      }
    }
    throw Error(fmt::format("{}:{}: a quoted field does not end with a quote before {} or the line's end", name_, begin,
                            field_ends_.front() == ',' ? "a comma" : "a separator"));
  }

  std::string_view rest_;
  std::string_view name_;
  std::string field_ends_;  ///< the separator first
  int line_;
};

struct NamedSeparator {
  char separator;
  std::string_view name;
};
constexpr std::array kSeparators = {NamedSeparator{',', "commas"}, NamedSeparator{';', "semicolons"},
                                    NamedSeparator{'\t', "tabs"}, NamedSeparator{'|', "vertical bars"}};

std::string name_of(char separator) {
  const auto* const found = std::find_if(kSeparators.begin(), kSeparators.end(),
                                         [&](const NamedSeparator& one) { return one.separator == separator; });
  return found == kSeparators.end() ? fmt::format("\"{}\"", separator) : std::string(found->name);
}

/// The text below a byte order mark and a line "sep=;".
struct CsvText {
  std::string_view text;
  int first_line = 1;
  std::optional<char> separator = {};
};

CsvText without_preamble(std::string_view text, std::optional<char> separator) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  constexpr std::string_view kSeparatorLine = "sep=";
  const bool names_it = text.starts_with(kSeparatorLine) && text.size() > kSeparatorLine.size() + 1 &&
                        (text[kSeparatorLine.size() + 1] == '\n' || text[kSeparatorLine.size() + 1] == '\r');
  if (!names_it) return {text, 1, separator};
  const std::size_t newline = text.find('\n');
  const char named = text[kSeparatorLine.size()];
  const std::string_view below = newline == std::string_view::npos ? "" : text.substr(newline + 1);
  return {below, 2, separator ? separator : std::optional(named)};
}

bool is_one_number(const CsvRow& row, const CsvForm& form) {
  return row.fields.size() == 1 &&
         std::holds_alternative<WrittenNumber>(read_number_text(row.fields.front(), form.digits));
}

CsvTable read_separated(const CsvText& given, std::string_view name, const CsvForm& form, char separator) {
  CsvReader reader(given.text, name, separator, given.first_line);
  std::optional<CsvRow> header = reader.next();
  if (!header) throw Error(fmt::format("{} is empty: its first line must name the columns", name));
  CsvTable table{std::string(name), form, std::move(*header), {}};
  table.form.separator = separator;
  if (form.first_line == FirstLine::names_or_number && is_one_number(table.header, form)) {
    table.rows.push_back(table.header);
    table.header.fields = {"value"};
  }
  while (std::optional<CsvRow> row = reader.next()) {
    if (row->fields.size() != table.header.fields.size()) {
      throw Error(fmt::format("{}:{}: {} fields where the first line has {}{}", name, row->line, row->fields.size(),
                              table.header.fields.size(),
                              separator == ',' ? "" : fmt::format(", with {} between them", name_of(separator))));
    }
    table.rows.push_back(std::move(*row));
  }
  if (table.rows.empty()) throw Error(fmt::format("{} has no rows below its first line", name));
  return table;
}

/// How well a separator fits a file; the better fit is the larger one.
struct SeparatorFit {
  bool divides = false;  ///< the first line has several columns
  bool is_even = false;  ///< every row has as many fields
  std::size_t columns = 0;
  friend auto operator<=>(const SeparatorFit&, const SeparatorFit&) = default;
};

SeparatorFit fit_of(char separator, const CsvText& given, std::string_view name) {
  SeparatorFit fit;
  try {
    CsvReader reader(given.text, name, separator, given.first_line);
    const std::optional<CsvRow> header = reader.next();
    if (!header) return fit;
    fit = {header->fields.size() > 1, true, header->fields.size()};
    while (const std::optional<CsvRow> row = reader.next()) {
      fit.is_even = fit.is_even && row->fields.size() == fit.columns;
    }
  } catch (const Error&) {  // a quote does not end where it should
    fit.is_even = false;
  }
  return fit;
}

char guessed_separator(const CsvText& given, std::string_view name) {
  NamedSeparator best = kSeparators.front();
  SeparatorFit best_fit = fit_of(best.separator, given, name);
  for (const NamedSeparator& candidate : kSeparators) {
    const SeparatorFit fit = fit_of(candidate.separator, given, name);
    if (fit <= best_fit) continue;
    best = candidate;
    best_fit = fit;
  }
  return best.separator;
}

/// What keeps a number from being compared; empty if nothing does.
std::string mistake_in(const WrittenNumber& number, WholeNumbers whole_numbers) {
  if (std::abs(number.value) > kLargestValue) return "is too large: a number from -1e150 to 1e150 can be compared";
  const bool is_rounded = whole_numbers == WholeNumbers::exact && !is_exact(number);
  return is_rounded ? "is above 2^53, where not every whole number can be compared exactly: leave leading digits out"
                    : "";
}

std::string columns_text(const CsvTable& table) {
  std::vector<std::string_view> names;
  for (const std::string& field : table.header.fields) names.push_back(trimmed(field));
  return printable(fmt::format("{}", fmt::join(names, ", ")));
}

}  // namespace

CsvTable read_csv(std::string_view text, std::string_view name, const CsvForm& form) {
  const CsvText given = without_preamble(text, form.separator);
  const char separator = given.separator ? *given.separator : guessed_separator(given, name);
  try {
    check_amount_of_fields(given.text, separator);
  } catch (const Error& error) {
    throw error.within(std::string(name));
  }
  CsvTable table = read_separated(given, name, form, separator);
  if (!form.separator && separator != ',' && table.header.fields.size() > 1 && form.on_guess) {
    form.on_guess(fmt::format("{}: read with {} between the columns", name, name_of(separator)));
  }
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

std::vector<double> numbers_in(const CsvTable& table, std::size_t column) {
  std::optional<NumberForm> form = table.form.digits;
  for (auto row = table.rows.begin(); !form && row != table.rows.end(); ++row) {
    form = form_of_number(row->fields[column]);
  }
  if (form && !table.form.digits && table.form.on_guess) {
    table.form.on_guess(fmt::format("{}: the numbers of column {} are read as in {}", table.name,
                                    in_quotes(trimmed(table.header.fields[column])), to_string(*form)));
  }
  std::vector<double> numbers;
  for (const CsvRow& row : table.rows) {
    const auto number = read_number_text(row.fields[column], form);
    const auto* const written = std::get_if<WrittenNumber>(&number);
    const std::string mistake =
        written == nullptr ? std::get<UnreadableNumber>(number).text : mistake_in(*written, table.form.whole_numbers);
    if (!mistake.empty()) {
      throw Error(fmt::format("{}:{}: column {} ({}): {} {}", table.name, row.line, column + 1,
                              printable(table.header.fields[column]), in_quotes(row.fields[column]), mistake));
    }
    numbers.push_back(written->value);
  }
  return numbers;
}

}  // namespace assay::interop
