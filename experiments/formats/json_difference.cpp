#include "experiments/formats/json_difference.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace assay::formats {
namespace {

using nlohmann::json;

constexpr double kTolerance = 1e-9;
constexpr std::size_t kShown = 60;

std::string shown(const json& value) {
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  if (text.size() > kShown) text = text.substr(0, kShown) + "...";
  return text;
}

std::string differ(const json& found, const json& expected, const std::string& pointer) {
  return fmt::format("{}: recorded {}, computed {}", pointer, shown(found), shown(expected));
}

/// Reals differ in their last digits between libraries; whole numbers are counts and ranks.
bool is_same_number(const json& found, const json& expected) {
  if (found.is_number_integer() && expected.is_number_integer()) return found == expected;
  const auto left = found.get<double>();
  const auto right = expected.get<double>();
  return std::abs(left - right) <= kTolerance * std::max({1.0, std::abs(left), std::abs(right)});
}

std::optional<std::string> difference_of_objects(const json& found, const json& expected, const std::string& pointer) {
  for (const auto& member : found.items()) {
    const std::string place = pointer + "/" + member.key();
    const auto same = expected.find(member.key());
    if (same == expected.end()) return fmt::format("{}: recorded {}, computed nothing", place, shown(member.value()));
    if (auto difference = difference_between(member.value(), *same, place)) return difference;
  }
  return std::nullopt;
}

std::optional<std::string> difference_of_arrays(const json& found, const json& expected, const std::string& pointer) {
  if (found.size() != expected.size()) {
    return fmt::format("{}: recorded {} elements, computed {}", pointer, found.size(), expected.size());
  }
  for (std::size_t index = 0; index < found.size(); ++index) {
    const std::string place = fmt::format("{}/{}", pointer, index);
    if (auto difference = difference_between(found[index], expected[index], place)) return difference;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> difference_between(const json& found, const json& expected, const std::string& pointer) {
  if (found.is_object() && expected.is_object()) return difference_of_objects(found, expected, pointer);
  if (found.is_array() && expected.is_array()) return difference_of_arrays(found, expected, pointer);
  const bool is_same = found.is_number() && expected.is_number() ? is_same_number(found, expected) : found == expected;
  if (is_same) return std::nullopt;
  return differ(found, expected, pointer);
}

}  // namespace assay::formats
