#include "experiments/definition/reading/condition.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {
namespace {

using nlohmann::json;

constexpr std::string_view kPointed = "json:";
constexpr std::string_view kExample = R"(for example json:/ok == true, or json:/passed == json:/total)";

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw Error(fmt::format("the condition {} {}; {}", in_quotes(text), why, kExample));
}

PointedValue pointed_value(std::string_view side, std::string_view text) {
  const std::string pointer(side.substr(kPointed.size()));
  try {
    return {pointer, parse_json_selector(pointer)};
  } catch (const Error&) {
    refuse(text, fmt::format("holds no JSON pointer at {}", in_quotes(side)));
  }
}

std::variant<LiteralValue, PointedValue> right_side(std::string_view side, std::string_view text) {
  if (side.starts_with(kPointed)) return pointed_value(side, text);
  const json value = json::parse(side, nullptr, false);
  if (value.is_discarded() || value.is_structured()) {
    refuse(text, fmt::format("compares with {}: expected a number, \"text\", true, false, null or json:/POINTER",
                             side.empty() ? "nothing" : in_quotes(side)));
  }
  return LiteralValue{formats::canonical_json(value)};
}

/// Where a comparator stands, between blanks: the first one in the text.
struct FoundComparator {
  Comparator comparator = Comparator::equal;
  std::size_t at = std::string_view::npos;
  std::size_t length = 0;
};

FoundComparator find_comparator(std::string_view text) {
  FoundComparator first;
  for (std::size_t index = 0; index < EnumNames<Comparator>::values.size(); ++index) {
    const std::string sign = fmt::format(" {} ", EnumNames<Comparator>::values[index]);
    if (const std::size_t at = text.find(sign); at < first.at) {
      first = {static_cast<Comparator>(index), at, sign.size()};
    }
  }
  return first;
}

bool can_be_ordered(const json& left, const json& right) {
  return (left.is_number() && right.is_number()) || (left.is_string() && right.is_string());
}

/// "is 3, which is not ..." in the words of the comparator.
std::string_view denial_of(Comparator comparator) {
  switch (comparator) {
    case Comparator::less:
      return "not below";
    case Comparator::at_most:
      return "not at most";
    case Comparator::more:
      return "not above";
    case Comparator::at_least:
      return "not at least";
    case Comparator::equal:
      return "not";
    case Comparator::unequal:
      return "which is";
  }
  return "";
}

std::string shown(const json& value) {
  return shortened(printable(value.dump(-1, ' ', false, json::error_handler_t::replace)));
}

/// The value at a place, or why there is not one; null is a value too, absence is not.
std::variant<const json*, std::string> value_at(const PointedValue& place, const json& results, JsonRoot root) {
  const std::vector<FoundJson> found = find_json(place.place, results, root);
  if (found.size() == 1) return found.front().value;
  if (found.empty()) return fmt::format("there is nothing at {}", place.pointer);
  return fmt::format("there are {} values at {}", found.size(), place.pointer);
}

}  // namespace

Condition parse_condition(std::string_view text) {
  const FoundComparator found = find_comparator(text);
  if (found.at == std::string_view::npos) refuse(text, "holds none of == != <= >= < > between blanks");
  const std::string_view left = trimmed(text.substr(0, found.at));
  if (!left.starts_with(kPointed)) refuse(text, "does not start with json:/POINTER");
  return {pointed_value(left, text), found.comparator, right_side(trimmed(text.substr(found.at + found.length)), text)};
}

std::optional<std::string> why_unmet(const Condition& condition, const json& results, JsonRoot root) {
  const auto left_value = value_at(condition.left, results, root);
  if (const auto* const why = std::get_if<std::string>(&left_value)) return *why;
  const json* const left = std::get<const json*>(left_value);
  json literal;
  const json* right = &literal;
  if (const auto* pointed = std::get_if<PointedValue>(&condition.right)) {
    const auto right_value = value_at(*pointed, results, root);
    if (const auto* const why = std::get_if<std::string>(&right_value)) return *why;
    right = std::get<const json*>(right_value);
  } else {
    literal = json::parse(std::get<LiteralValue>(condition.right).json);
  }
  const bool by_order = condition.comparator != Comparator::equal && condition.comparator != Comparator::unequal;
  if (by_order && !can_be_ordered(*left, *right)) {
    return fmt::format("{} is {}, which cannot be more or less than {}", condition.left.pointer, shown(*left),
                       shown(*right));
  }
  if (holds(*left, condition.comparator, *right)) return std::nullopt;
  return fmt::format("{} is {}, {} {}", condition.left.pointer, shown(*left), denial_of(condition.comparator),
                     shown(*right));
}

std::vector<std::string> pointers_in(const Condition& condition, const json& results, JsonRoot root) {
  std::vector<FoundJson> found = find_json(condition.left.place, results, root);
  if (const auto* pointed = std::get_if<PointedValue>(&condition.right)) {
    for (FoundJson& one : find_json(pointed->place, results, root)) found.push_back(std::move(one));
  }
  std::vector<std::string> pointers;
  for (FoundJson& one : found) pointers.push_back(std::move(one.pointer));
  return pointers;
}

}  // namespace assay::definition
