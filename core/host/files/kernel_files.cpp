#include "core/host/files/kernel_files.hpp"

#include <algorithm>
#include <string_view>

#include "core/error.hpp"
#include "core/host/files/files.hpp"

namespace assay::host {

std::vector<std::string> read_kernel_lines(const std::string& path) {
  std::string text;
  try {
    text = read_file(path);
  } catch (const Error&) {
    return {};
  }
  std::vector<std::string> lines;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = rest.find('\n');
    lines.emplace_back(rest.substr(0, length));
    rest.remove_prefix(length == std::string_view::npos ? rest.size() : length + 1);
  }
  return lines;
}

std::string read_kernel_line(const std::string& path) {
  const std::vector<std::string> lines = read_kernel_lines(path);
  if (lines.empty()) return "";
  return lines.front().substr(0, lines.front().find_last_not_of(" \t\r") + 1);
}

std::vector<std::string> words_of(std::string_view line, char separator) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const std::size_t length = std::min(line.find(separator), line.size());
    words.emplace_back(line.substr(0, length));
    line.remove_prefix(std::min(length + 1, line.size()));
  }
  return words;
}

}  // namespace assay::host
