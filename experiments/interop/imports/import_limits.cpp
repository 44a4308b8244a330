#include "experiments/interop/imports/import_limits.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::interop {
namespace {

struct JsonAmounts {
  std::size_t members = 0;
  std::size_t values = 1;
};

/// The end of the string whose opening quote stands before `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
  return std::min(at + 1, text.size());
}

JsonAmounts amounts_in(std::string_view text) {
  JsonAmounts amounts;
  for (std::size_t at = 0; at < text.size();) {
    const char letter = text[at++];
    if (letter == '"') at = end_of_string(text, at);
    if (letter == ':') ++amounts.members;
    if (letter == ',' || letter == '[' || letter == '{') ++amounts.values;
  }
  return amounts;
}

}  // namespace

void check_amount_of_json(std::string_view text) {
  if (text.size() <= kMostMembers) return;  // each takes more than a byte
  const JsonAmounts amounts = amounts_in(text);
  if (amounts.members > kMostMembers) {
    throw Error(
        fmt::format("it has {} members of objects, and at most {} are read: write fewer benchmarks or "
                    "repetitions into one file",
                    amounts.members, kMostMembers));
  }
  if (amounts.values > kMostJsonValues) {
    throw Error(fmt::format("it has about {} values, and at most {} are read: write fewer trials into one file",
                            amounts.values, kMostJsonValues));
  }
}

void check_amount_of_lines(std::string_view text) {
  if (text.size() <= kMostLines) return;
  const auto lines = std::max(std::count(text.begin(), text.end(), '\n'), std::count(text.begin(), text.end(), '\r'));
  if (static_cast<std::size_t>(lines) <= kMostLines) return;
  throw Error(
      fmt::format("it has {} lines, and at most {} are read: write fewer trials into one file", lines, kMostLines));
}

void check_amount_of_fields(std::string_view text, char separator) {
  if (text.size() <= kMostFields) return;
  const auto fields = std::count(text.begin(), text.end(), '\n') + std::count(text.begin(), text.end(), separator);
  if (static_cast<std::size_t>(fields) <= kMostFields) return;
  throw Error(
      fmt::format("it has about {} fields, and at most {} are read: write fewer trials or columns into one file",
                  fields, kMostFields));
}

}  // namespace assay::interop
