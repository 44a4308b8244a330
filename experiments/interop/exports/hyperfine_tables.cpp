#include "experiments/interop/exports/hyperfine_tables.hpp"

#include <algorithm>
#include <limits>

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

double fastest_mean(const std::vector<HyperfineResult>& results) {
  double fastest = std::numeric_limits<double>::infinity();
  for (const HyperfineResult& result : results) fastest = std::min(fastest, result.mean.value_or(fastest));
  return fastest;
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
  const double fastest = fastest_mean(results);
  std::vector<TableRow> rows;
  for (const HyperfineResult& result : results) {
    rows.push_back({result.command, with_spread(result), in_milliseconds(result.minimum),
                    in_milliseconds(result.maximum),
                    result.mean ? fmt::format("{:.2f}", *result.mean / fastest) : "-"});
  }
  return rows;
}

}  // namespace

std::string hyperfine_csv(const AttemptView& attempt) {
  std::string text = "command,mean,stddev,median,user,system,min,max\n";
  for (const HyperfineResult& result : hyperfine_results(attempt)) {
    text += csv_field(result.command);
    for (const std::optional<double>& figure :
         {result.mean, result.deviation, result.median, result.user, result.system, result.minimum, result.maximum}) {
      text += ',' + csv_number(figure);
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
