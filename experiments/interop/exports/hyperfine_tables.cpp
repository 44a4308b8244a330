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

constexpr double kMilliseconds = 1e3;

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

std::string in_milliseconds(const std::optional<double>& seconds) {
  return seconds ? fmt::format("{:.1f}", kMilliseconds * *seconds) : "-";
}

std::string with_spread(const HyperfineResult& result) {
  const std::string mean = in_milliseconds(result.mean);
  return result.deviation ? fmt::format("{} ± {}", mean, in_milliseconds(result.deviation)) : mean;
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

/// A line of hyperfine's table; times in milliseconds.
struct TableRow {
  std::string command;
  std::string mean;
  std::string minimum;
  std::string maximum;
  std::string relative;
};

std::vector<TableRow> table_rows(const AttemptView& attempt) {
  const std::vector<HyperfineResult> results = hyperfine_results(attempt);
  const auto fastest = fastest_of(results);
  std::vector<TableRow> rows;
  for (const HyperfineResult& result : results) {
    rows.push_back({result.shown, with_spread(result), in_milliseconds(result.minimum), in_milliseconds(result.maximum),
                    relative_to(*fastest, result)});
  }
  return rows;
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
  std::string text = "| Command | Mean [ms] | Min [ms] | Max [ms] | Relative |\n|:---|---:|---:|---:|---:|\n";
  for (const TableRow& row : table_rows(attempt)) {
    text += fmt::format("| {} | {} | {} | {} | {} |\n", code_cell(row.command), row.mean, row.minimum, row.maximum,
                        row.relative);
  }
  return text;
}

std::string hyperfine_asciidoc(const AttemptView& attempt) {
  std::string text = "[cols=\"<,>,>,>,>\"]\n|===\n| Command \n| Mean [ms] \n| Min [ms] \n| Max [ms] \n| Relative \n";
  for (const TableRow& row : table_rows(attempt)) {
    text += fmt::format("\n| `{}` \n| {} \n| {} \n| {} \n| {} \n", with_escaped_bars(row.command), row.mean,
                        row.minimum, row.maximum, row.relative);
  }
  return text + "|===\n";
}

std::string hyperfine_orgmode(const AttemptView& attempt) {
  std::string text = "| Command  |  Mean [ms] |  Min [ms] |  Max [ms] |  Relative |\n|--+--+--+--+--|\n";
  for (const TableRow& row : table_rows(attempt)) {
    std::string command = table_text(row.command);
    // Org tables have no other way to show a bar.
    for (std::size_t at = 0; (at = command.find('|', at)) != std::string::npos;) command.replace(at, 1, "\\vert{}");
    text +=
        fmt::format("| ={}=  |  {} |  {} |  {} |  {} |\n", command, row.mean, row.minimum, row.maximum, row.relative);
  }
  return text;
}

}  // namespace assay::interop
