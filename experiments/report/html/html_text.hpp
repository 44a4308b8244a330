#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

/// Foreign text as plain words of an HTML page, also fit for an attribute in quotes: nothing in it is markup, ends a
/// line, or turns the direction of the text around it.
[[nodiscard]] std::string html_text(std::string_view text);

/// JSON text that may stand in a script element: no "<" in it can end the element or begin a comment.
[[nodiscard]] std::string html_json(std::string json);

/// A table with a heading for each column. Cells are HTML already.
struct HtmlTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};
[[nodiscard]] std::string html_table(const HtmlTable& table);

}  // namespace assay::report
