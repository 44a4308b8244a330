#include "experiments/definition/condition.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/definition/canonical_json.hpp"
#include "experiments/definition/utf8.hpp"

namespace assay::experiments {
namespace {

using nlohmann::json;

constexpr std::string_view kPointed = "json:";
constexpr std::string_view kExample = R"(for example json:/ok == true, or json:/passed == json:/total)";

[[noreturn]] void refuse(std::string_view text, std::string_view why) {
  throw Error(fmt::format("the condition {} {}; {}", in_quotes(text), why, kExample));
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

PointedValue pointed_value(std::string_view side, std::string_view text) {
  const std::string pointer(side.substr(kPointed.size()));
  try {
    (void)json::json_pointer(pointer);
  } catch (const json::exception&) {
    refuse(text, fmt::format("holds no JSON pointer at {}", in_quotes(side)));
  }
  return {pointer};
}

std::variant<LiteralValue, PointedValue> right_side(std::string_view side, std::string_view text) {
  if (side.starts_with(kPointed)) return pointed_value(side, text);
  const json value = json::parse(side, nullptr, false);
  if (value.is_discarded() || value.is_structured()) {
    refuse(text, fmt::format("compares with {}: expected a number, \"text\", true, false, null or json:/POINTER",
                             side.empty() ? "nothing" : in_quotes(side)));
  }
  return LiteralValue{canonical_json(value)};
}

/// Where a relation stands, between blanks: the first one in the text.
struct FoundRelation {
  Relation relation = Relation::equal;
  std::size_t at = std::string_view::npos;
  std::size_t length = 0;
};

FoundRelation find_relation(std::string_view text) {
  FoundRelation first;
  for (std::size_t index = 0; index < EnumNames<Relation>::values.size(); ++index) {
    const std::string sign = fmt::format(" {} ", EnumNames<Relation>::values[index]);
    if (const std::size_t at = text.find(sign); at < first.at) first = {static_cast<Relation>(index), at, sign.size()};
  }
  return first;
}

bool can_be_ordered(const json& left, const json& right) {
  return (left.is_number() && right.is_number()) || (left.is_string() && right.is_string());
}

bool holds(const json& left, Relation relation, const json& right) {
  switch (relation) {
    case Relation::equal:
      return left == right;
    case Relation::not_equal:
      return left != right;
    case Relation::at_most:
      return left <= right;
    case Relation::at_least:
      return left >= right;
    case Relation::below:
      return left < right;
    case Relation::above:
      return left > right;
  }
  return false;
}

/// "is 3, which is not ..." in the words of the relation.
std::string_view denial_of(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "not";
    case Relation::not_equal:
      return "which is";
    case Relation::at_most:
      return "not at most";
    case Relation::at_least:
      return "not at least";
    case Relation::below:
      return "not below";
    case Relation::above:
      return "not above";
  }
  return "";
}

std::string shown(const json& value) {
  return shortened(printable(value.dump(-1, ' ', false, json::error_handler_t::replace)));
}

/// The value at a place; null is a value too, absence is not.
const json* value_at(const PointedValue& place, const json& results) {
  const json::json_pointer pointer(place.pointer);
  return results.contains(pointer) ? &results.at(pointer) : nullptr;
}

}  // namespace

Condition parse_condition(std::string_view text) {
  const FoundRelation found = find_relation(text);
  if (found.at == std::string_view::npos) refuse(text, "holds none of == != <= >= < > between blanks");
  const std::string_view left = trimmed(text.substr(0, found.at));
  if (!left.starts_with(kPointed)) refuse(text, "does not start with json:/POINTER");
  return {pointed_value(left, text), found.relation, right_side(trimmed(text.substr(found.at + found.length)), text)};
}

std::optional<std::string> why_unmet(const Condition& condition, const json& results) {
  const auto absent = [](const PointedValue& place) { return fmt::format("there is nothing at {}", place.pointer); };
  const json* const left = value_at(condition.left, results);
  if (left == nullptr) return absent(condition.left);
  json literal;
  const json* right = &literal;
  if (const auto* pointed = std::get_if<PointedValue>(&condition.right)) {
    right = value_at(*pointed, results);
    if (right == nullptr) return absent(*pointed);
  } else {
    literal = json::parse(std::get<LiteralValue>(condition.right).json);
  }
  const bool by_order = condition.relation != Relation::equal && condition.relation != Relation::not_equal;
  if (by_order && !can_be_ordered(*left, *right)) {
    return fmt::format("{} is {}, which cannot be more or less than {}", condition.left.pointer, shown(*left),
                       shown(*right));
  }
  if (holds(*left, condition.relation, *right)) return std::nullopt;
  return fmt::format("{} is {}, {} {}", condition.left.pointer, shown(*left), denial_of(condition.relation),
                     shown(*right));
}

}  // namespace assay::experiments
