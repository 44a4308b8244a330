#include "experiments/screen/running/run_summary.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/report/layout.hpp"

namespace assay::screen {
namespace {

double node_hours(nanoseconds time) {
  return std::chrono::duration<double, std::ratio<3600>>(time).count();
}

/// "0.00412 node-hours", "12.3 node-hours".
std::string node_hours_text(nanoseconds time) {
  return fmt::format("{:.3g} node-hours", node_hours(time));
}

std::string end_text(const FileSummary& file) {
  if (!file.decision) return file.end == FileEnd::not_begun ? "not begun" : std::string(to_string(file.end));
  const bool says_it_all = file.verdict == Verdict::improved && *file.decision == Decision::keep;
  if (says_it_all) return std::string(to_string(*file.decision));
  return fmt::format("{} ({})", to_string(*file.decision), to_string(file.verdict));
}

using Row = std::vector<std::string>;

Row row_of(const FileSummary& file) {
  const bool has_blocks = file.end != FileEnd::refused && file.end != FileEnd::failed && file.end != FileEnd::not_begun;
  Row row = {printable(file.file), end_text(file),
             has_blocks ? fmt::format("{} block{}", file.blocks, file.blocks == 1 ? "" : "s") : "",
             file.node_time && has_blocks ? node_hours_text(*file.node_time) : "",
             file.record.empty() ? printable(file.why) : file.record};
  return row;
}

int width_of(const std::vector<Row>& rows, std::size_t column) {
  int width = 0;
  for (const Row& row : rows) width = std::max(width, report::display_width(row[column]));
  return width;
}

}  // namespace

std::string summary_text(const std::vector<FileSummary>& files) {
  std::vector<Row> rows;
  nanoseconds total{};
  bool is_on_cluster = false;
  for (const FileSummary& file : files) {
    rows.push_back(row_of(file));
    total += file.node_time.value_or(nanoseconds{});
    is_on_cluster = is_on_cluster || file.node_time;
  }
  std::string text = fmt::format("{} files{}\n", files.size(), is_on_cluster ? ", " + node_hours_text(total) : "");
  for (const Row& row : rows) {
    text += " ";
    for (std::size_t column = 0; column + 1 < row.size(); ++column) {
      const int width = width_of(rows, column);
      if (width > 0) text += " " + report::pad_right(row[column], width) + " ";
    }
    text += fmt::format(" {}", row.back());
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

nlohmann::json summary_object(const FileSummary& file) {
  nlohmann::json object = {{"file", file.file}, {"end", to_string(file.end)}, {"blocks", file.blocks}};
  if (file.decision) {
    object["decision"] = to_string(*file.decision);
    object["verdict"] = to_string(file.verdict);
  }
  if (!file.record.empty()) object["record"] = file.record;
  if (file.node_time) object["node_hours"] = node_hours(*file.node_time);
  if (!file.why.empty()) object["message"] = file.why;
  return object;
}

}  // namespace assay::screen
