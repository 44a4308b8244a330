#include "experiments/interop/exports/hyperfine_tables.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/interop/exports/escapes.hpp"
#include "experiments/interop/exports/hyperfine_export.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

constexpr double kMilliseconds = 1e3;

json results_of(const AttemptView& attempt) {
  return json::parse(hyperfine_text(attempt)).at("results");
}

std::string csv_number(const json& value) {
  return value.is_null() ? "" : fmt::format("{}", value.get<double>());
}

/// A vertical bar would end the cell, also within backticks, and so would a new line.
std::string with_escaped_bars(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, 1, '\\');
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string code_cell(std::string text) {
  text = with_escaped_bars(std::move(text));
  return text.find('`') == std::string::npos ? '`' + text + '`' : "`` " + text + " ``";
}

std::string in_milliseconds(const json& seconds) {
  return seconds.is_null() ? "-" : fmt::format("{:.1f}", kMilliseconds * seconds.get<double>());
}

std::string with_spread(const json& result) {
  const std::string mean = in_milliseconds(result.at("mean"));
  return result.at("stddev").is_null() ? mean : fmt::format("{} ± {}", mean, in_milliseconds(result.at("stddev")));
}

double fastest_mean(const json& results) {
  double fastest = std::numeric_limits<double>::infinity();
  for (const json& result : results) {
    if (!result.at("mean").is_null()) fastest = std::min(fastest, result.at("mean").get<double>());
  }
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
  const json results = results_of(attempt);
  const double fastest = fastest_mean(results);
  std::vector<TableRow> rows;
  for (const json& result : results) {
    const json& mean = result.at("mean");
    rows.push_back({result.at("command").get<std::string>(), with_spread(result), in_milliseconds(result.at("min")),
                    in_milliseconds(result.at("max")),
                    mean.is_null() ? "-" : fmt::format("{:.2f}", mean.get<double>() / fastest)});
  }
  return rows;
}

}  // namespace

std::string hyperfine_csv(const AttemptView& attempt) {
  constexpr std::array kFigures = {"mean", "stddev", "median", "user", "system", "min", "max"};
  std::string text = fmt::format("command,{}\n", fmt::join(kFigures, ","));
  for (const json& result : results_of(attempt)) {
    text += csv_field(result.at("command").get<std::string>());
    for (const char* figure : kFigures) text += ',' + csv_number(result.at(figure));
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
    std::string command = row.command;
    // Org tables have no other way to show a bar.
    for (std::size_t at = 0; (at = command.find('|', at)) != std::string::npos;) command.replace(at, 1, "\\vert{}");
    std::replace(command.begin(), command.end(), '\n', ' ');
    text +=
        fmt::format("| ={}=  |  {} |  {} |  {} |  {} |\n", command, row.mean, row.minimum, row.maximum, row.relative);
  }
  return text;
}

}  // namespace assay::interop
