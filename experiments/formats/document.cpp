#include "experiments/formats/document.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/assert.hpp"
#include "core/text/utf8.hpp"

namespace assay::formats {
namespace {

/// Messages show at most this many bytes of the path to a value.
constexpr std::size_t kLongestPath = 200;

std::string unescaped(std::string_view token) {
  std::string text;
  for (std::size_t place = 0; place < token.size(); ++place) {
    const bool escape = token[place] == '~' && place + 1 < token.size();
    if (escape) ++place;
    text += !escape ? token[place] : token[place] == '1' ? '/' : '~';
  }
  return text;
}

bool is_bare_key(std::string_view key) {
  return !key.empty() && key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-$") ==
                             std::string_view::npos;
}

bool is_index(std::string_view token) {
  return !token.empty() && token.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "/workload/0/timeout" as people say it: "workload[0].timeout".
std::string key_path(std::string_view pointer) {
  std::string path;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::size_t length = std::min(pointer.find('/'), pointer.size());
    const std::string key = unescaped(pointer.substr(0, length));
    pointer.remove_prefix(length);
    if (is_index(key)) {
      path += fmt::format("[{}]", key);
    } else {
      path += (path.empty() ? "" : ".") + (is_bare_key(key) ? key : in_quotes(key));
    }
  }
  return path;
}

}  // namespace

std::string escaped_key(std::string_view key) {
  std::string text;
  for (const char character : key) {
    if (character == '~') {
      text += "~0";
    } else if (character == '/') {
      text += "~1";
    } else {
      text += character;
    }
  }
  return text;
}

std::string pointer_to(std::string_view parent, std::string_view key) {
  return fmt::format("{}/{}", parent, escaped_key(key));
}

std::string pointer_to(std::string_view parent, std::size_t index) {
  return fmt::format("{}/{}", parent, index);
}

Position position_of(const Document& document, std::string_view pointer) {
  for (;;) {
    const auto found = document.positions.find(std::string(pointer));
    if (found != document.positions.end()) return found->second;
    if (pointer.empty()) return {};
    pointer = pointer.substr(0, pointer.rfind('/'));
  }
}

Error error_at(const Document& document, const Mistake& mistake) {
  const Error error(mistake.text);
  if (mistake.pointer.empty()) return error.within(document.name);
  const Position position = position_of(document, mistake.pointer);
  if (position == Position{})
    return error.within(shortened(printable(mistake.pointer), kLongestPath)).within(document.name);
  return error.within(shortened(key_path(mistake.pointer), kLongestPath))
      .within(fmt::format("{}:{}:{}", document.name, position.line, position.column));
}

MistakesError::MistakesError(std::vector<std::string> lines)
    : Error(fmt::format("{}", fmt::join(lines, "\n  "))), lines_(std::move(lines)) {}

MistakesError errors_at(const Document& document, std::vector<Mistake> mistakes) {
  constexpr std::size_t kMostTold = 10;
  ASSAY_ASSERT(!mistakes.empty());
  std::stable_sort(mistakes.begin(), mistakes.end(), [&document](const Mistake& left, const Mistake& right) {
    return position_of(document, left.pointer) < position_of(document, right.pointer);
  });
  std::vector<std::string> lines;
  for (const Mistake& mistake : mistakes) {
    std::string line = error_at(document, mistake).what();
    if (std::find(lines.begin(), lines.end(), line) == lines.end()) lines.push_back(std::move(line));
  }
  const std::size_t untold = lines.size() - std::min(lines.size(), kMostTold);
  lines.resize(lines.size() - untold);
  if (untold > 0) lines.push_back(fmt::format("and {} more", untold));
  return MistakesError(std::move(lines));
}

}  // namespace assay::formats
