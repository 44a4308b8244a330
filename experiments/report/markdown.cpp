#include "experiments/report/markdown.hpp"

#include <algorithm>

#include "core/text/utf8.hpp"

namespace assay::report {
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

bool is_word_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
}

/// An underscore inside a word, as in LC_ALL, is none (CommonMark 0.30, section 6.2).
bool is_markup(const std::string& line, std::size_t at) {
  const bool inside_word =
      at > 0 && at + 1 < line.size() && is_word_letter(line[at - 1]) && is_word_letter(line[at + 1]);
  if (line[at] == '_') return !inside_word;
  return std::string_view("\\`*[]|~$").find(line[at]) != std::string_view::npos;
}

}  // namespace

std::string markdown_text(std::string_view text) {
  const std::string line = on_one_line(text);
  std::string escaped;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char letter = line[at];
    if (letter == '<') {
      escaped += "&lt;";
    } else if (letter == '&') {
      escaped += "&amp;";
    } else if (letter == '>' && at > 0 && line[at - 1] == '-' && at > 1 && line[at - 2] == '-') {
      escaped += "&gt;";  // the end of a comment; elsewhere ">" is markup only where a line begins
    } else {
      if (is_markup(line, at)) escaped += '\\';
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

}  // namespace assay::report
