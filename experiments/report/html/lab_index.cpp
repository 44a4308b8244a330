#include "experiments/report/html/lab_index.hpp"

#include <fmt/format.h>

#include "experiments/report/html/html_text.hpp"

namespace assay::report {
namespace {

std::string name_cell(const IndexRow& row) {
  const std::string name = html_text(row.name);
  return row.link.empty() ? name : fmt::format("<a href=\"{}\">{}</a>", html_text(row.link), name);
}

std::string row_of(const IndexRow& row) {
  const std::string words =
      fmt::format("{} {} {} {} {} {} {}", row.name, row.day, row.kind, row.what, row.verdict, row.decision, row.actor);
  return fmt::format(
      "<tr data-words=\"{}\"><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><span class=\"{}\">{}</span></td>"
      "<td>{}</td></tr>\n",
      html_text(words), name_cell(row), html_text(row.day), html_text(row.what),
      html_text(row.verdict.empty() ? row.kind : row.verdict), html_text(row.decision), html_text(row.decision),
      html_text(row.actor));
}

}  // namespace

std::string index_table(const std::vector<IndexRow>& rows) {
  std::string html =
      "<section>\n<h2>Records</h2>\n<p><label for=\"search\">Search records, decisions, dead ends, claims and "
      "targets</label><br>"
      "<input id=\"search\" type=\"search\" autocomplete=\"off\"> <span id=\"found\" role=\"status\"></span></p>\n"
      "<div class=\"scroll\"><table><thead><tr>";
  for (const char* const column : {"record", "day", "what", "verdict", "decision", "by"}) {
    html += fmt::format("<th scope=\"col\">{}</th>", column);
  }
  html += "</tr></thead><tbody>\n";
  for (const IndexRow& row : rows) html += row_of(row);
  return html + "</tbody></table></div>\n</section>\n";
}

std::string index_part(const IndexPart& part) {
  if (part.lines.empty()) return "";
  std::string html = fmt::format("<section data-list>\n<h2>{}</h2>\n<ul>\n", html_text(part.title));
  for (const std::string& line : part.lines) {
    html += fmt::format("<li data-words=\"{}\">{}</li>\n", html_text(fmt::format("{} {}", part.title, line)),
                        html_text(line));
  }
  return html + "</ul>\n</section>\n";
}

}  // namespace assay::report
