#include "experiments/interop/exports/hyperfine_tables.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/interop/exports/escapes.hpp"
#include "experiments/interop/exports/hyperfine_export.hpp"

namespace assay::interop {
namespace {

/// A unit of times as hyperfine writes it.
struct TimeUnit {
  std::string_view option;  ///< as --time-unit has it
  std::string_view name;
  double per_second = 1;
  int decimals = 3;
};
constexpr TimeUnit kMicroseconds{"us", "\u00b5s", 1e6, 1};
constexpr TimeUnit kMilliseconds{"ms", "ms", 1e3, 1};
constexpr TimeUnit kSeconds{"s", "s", 1, 3};

TimeUnit unit_that_fits(const std::vector<HyperfineResult>& results) {
  const auto first = std::find_if(results.begin(), results.end(),
                                  [](const HyperfineResult& result) { return result.mean.has_value(); });
  if (first == results.end() || *first->mean >= 1) return kSeconds;
  return *first->mean < 1e-3 ? kMicroseconds : kMilliseconds;
}

TimeUnit unit_of(const AttemptView& attempt, const std::vector<HyperfineResult>& results) {
  for (const TimeUnit& unit : {kMicroseconds, kMilliseconds, kSeconds}) {
    if (unit.option == attempt.time_unit) return unit;
  }
  return unit_that_fits(results);
}

std::string csv_number(const std::optional<double>& value) {
  return value ? fmt::format("{}", *value) : "";
}

/// On one line, without what a terminal would act on.
std::string table_text(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return printable(text);
}

/// A vertical bar would end the cell, also within backticks, and so would a new line.
std::string with_escaped_bars(std::string text) {
  text = table_text(std::move(text));
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, 1, '\\');
  return text;
}

std::string code_cell(std::string text) {
  text = with_escaped_bars(std::move(text));
  return text.find('`') == std::string::npos ? '`' + text + '`' : "`` " + text + " ``";
}

std::string time_text(const std::optional<double>& seconds, const TimeUnit& unit) {
  return seconds ? fmt::format("{:.{}f}", unit.per_second * *seconds, unit.decimals) : "-";
}

std::string with_spread(const HyperfineResult& result, const TimeUnit& unit) {
  const std::string mean = time_text(result.mean, unit);
  return result.deviation ? fmt::format("{} ± {}", mean, time_text(result.deviation, unit)) : mean;
}

std::vector<HyperfineResult>::const_iterator fastest_of(const std::vector<HyperfineResult>& results) {
  return std::min_element(results.begin(), results.end(), [](const HyperfineResult& one, const HyperfineResult& other) {
    return one.mean && (!other.mean || *one.mean < *other.mean);
  });
}

/// The ratio of the means, with the deviation that follows from both for small ones.
std::string relative_to(const HyperfineResult& fastest, const HyperfineResult& result) {
  if (!result.mean || !fastest.mean) return "-";
  const double ratio = *result.mean / *fastest.mean;
  if (&result == &fastest || !result.deviation || !fastest.deviation) return fmt::format("{:.2f}", ratio);
  const double deviation = ratio * std::hypot(*result.deviation / *result.mean, *fastest.deviation / *fastest.mean);
  return fmt::format("{:.2f} ± {:.2f}", ratio, deviation);
}

/// The names of all parameters: those of one result would leave out what only another has.
std::set<std::string> parameters_in(const std::vector<HyperfineResult>& results) {
  std::set<std::string> names;
  for (const HyperfineResult& result : results) {
    for (const auto& [name, value] : result.parameters) names.insert(name);
  }
  return names;
}

/// A line of hyperfine's table.
struct TableRow {
  std::string command;
  std::string mean;
  std::string minimum;
  std::string maximum;
  std::string relative;
};

/// What stands above the rows, and the rows.
struct Table {
  TableRow header;
  std::vector<TableRow> rows;
};

Table table_of(const AttemptView& attempt) {
  const std::vector<HyperfineResult> results = hyperfine_results(attempt);
  const TimeUnit unit = unit_of(attempt, results);
  const auto titled = [&unit](std::string_view title) { return fmt::format("{} [{}]", title, unit.name); };
  Table table{{"Command", titled("Mean"), titled("Min"), titled("Max"), "Relative"}, {}};
  const auto fastest = fastest_of(results);
  for (const HyperfineResult& result : results) {
    table.rows.push_back({result.shown, with_spread(result, unit), time_text(result.minimum, unit),
                          time_text(result.maximum, unit), relative_to(*fastest, result)});
  }
  return table;
}

std::string markdown_row(const std::string& command, const TableRow& row) {
  return fmt::format("| {} | {} | {} | {} | {} |\n", command, row.mean, row.minimum, row.maximum, row.relative);
}

std::string asciidoc_row(const std::string& command, const TableRow& row) {
  return fmt::format("| {} \n| {} \n| {} \n| {} \n| {} \n", command, row.mean, row.minimum, row.maximum, row.relative);
}

std::string orgmode_row(const std::string& command, const TableRow& row) {
  return fmt::format("| {}  |  {} |  {} |  {} |  {} |\n", command, row.mean, row.minimum, row.maximum, row.relative);
}

}  // namespace

std::string hyperfine_csv(const AttemptView& attempt) {
  const std::vector<HyperfineResult> results = hyperfine_results(attempt);
  const std::set<std::string> parameters = parameters_in(results);
  std::string text = "command,mean,stddev,median,user,system,min,max";
  for (const std::string& name : parameters) text += ',' + csv_field("parameter_" + name);
  text += '\n';
  for (const HyperfineResult& result : results) {
    text += csv_field(result.command);
    for (const std::optional<double>& figure :
         {result.mean, result.deviation, result.median, result.user, result.system, result.minimum, result.maximum}) {
      text += ',' + csv_number(figure);
    }
    for (const std::string& name : parameters) {
      const auto value = result.parameters.find(name);
      text += ',' + (value == result.parameters.end() ? "" : csv_field(value->second));
    }
    text += '\n';
  }
  return text;
}

std::string hyperfine_markdown(const AttemptView& attempt) {
  const Table table = table_of(attempt);
  std::string text = markdown_row(table.header.command, table.header) + "|:---|---:|---:|---:|---:|\n";
  for (const TableRow& row : table.rows) text += markdown_row(code_cell(row.command), row);
  return text;
}

std::string hyperfine_asciidoc(const AttemptView& attempt) {
  const Table table = table_of(attempt);
  std::string text = "[cols=\"<,>,>,>,>\"]\n|===\n" + asciidoc_row(table.header.command, table.header);
  for (const TableRow& row : table.rows)
    text += '\n' + asciidoc_row(fmt::format("`{}`", with_escaped_bars(row.command)), row);
  return text + "|===\n";
}

std::string hyperfine_orgmode(const AttemptView& attempt) {
  const Table table = table_of(attempt);
  std::string text = orgmode_row(table.header.command, table.header) + "|--+--+--+--+--|\n";
  for (const TableRow& row : table.rows) {
    std::string command = table_text(row.command);
    // Org tables have no other way to show a bar.
    for (std::size_t at = 0; (at = command.find('|', at)) != std::string::npos;) command.replace(at, 1, "\\vert{}");
    text += orgmode_row(fmt::format("={}=", command), row);
  }
  return text;
}

}  // namespace assay::interop
