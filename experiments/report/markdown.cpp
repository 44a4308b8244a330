#include "experiments/report/markdown.hpp"

#include <algorithm>

#include "experiments/report/layout.hpp"

namespace assay::experiments {
namespace {

std::size_t longest_run_of_backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char letter : text) {
    run = letter == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string on_one_line(std::string_view text) {
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return printable(line);
}

}  // namespace

std::string markdown_text(std::string_view text) {
  std::string escaped;
  for (const char letter : on_one_line(text)) {
    if (letter == '<') {
      escaped += "&lt;";
    } else if (letter == '>') {
      escaped += "&gt;";
    } else if (letter == '&') {
      escaped += "&amp;";
    } else {
      if (std::string_view("\\`*_[]|~#!$").find(letter) != std::string_view::npos) escaped += '\\';
      escaped += letter;
    }
  }
  return escaped;
}

std::string markdown_code(std::string_view text) {
  const std::string line = on_one_line(text);
  const bool holds_comment = line.find("<!--") != std::string::npos || line.find("-->") != std::string::npos;
  if (line.empty() || holds_comment) return markdown_text(line);
  const std::string fence(longest_run_of_backticks(line) + 1, '`');
  const bool touches = line.front() == '`' || line.back() == '`' || (line.front() == ' ' && line.back() == ' ');
  return touches ? fence + ' ' + line + ' ' + fence : fence + line + fence;
}

}  // namespace assay::experiments
