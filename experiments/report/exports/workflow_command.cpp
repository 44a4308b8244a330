#include "experiments/report/exports/workflow_command.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text/utf8.hpp"

namespace assay::report {
namespace {

/// Percent-encodes the letters that end a part of a workflow command.
std::string percent_encoded(std::string_view text, std::string_view letters) {
  std::string result;
  for (const char letter : text) {
    if (letters.find(letter) == std::string_view::npos) {
      result += letter;
    } else {
      result += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    }
  }
  return result;
}

/// Each line printable: what moves a terminal's cursor or turns text around is shown, not done.
std::string printable_lines(std::string_view text) {
  std::string lines;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    lines += printable(text.substr(begin, end - begin));
    if (end == text.size()) return lines;
    lines += text[end];
    begin = end + 1;
  }
}

std::string encoded_message(std::string_view text) {
  return percent_encoded(printable_lines(text), "%\r\n");
}

std::string encoded_property(std::string_view text) {
  return percent_encoded(printable(text), "%\r\n:,");
}

std::string_view name_of_level(AnnotationLevel level) {
  switch (level) {
    case AnnotationLevel::notice:
      return "notice";
    case AnnotationLevel::warning:
      return "warning";
    case AnnotationLevel::error:
      return "error";
  }
  return "";
}

}  // namespace

std::string workflow_command_text(const WorkflowCommand& command) {
  const std::string file = command.file.empty() ? "" : fmt::format("file={},", encoded_property(command.file));
  return fmt::format("::{} {}title={}::{}\n", name_of_level(command.level), file, encoded_property(command.title),
                     encoded_message(command.message));
}

}  // namespace assay::report
