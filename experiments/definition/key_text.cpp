#include "experiments/definition/key_text.hpp"

#include <vector>

#include <fmt/format.h>

namespace assay::definition {
namespace {

std::string bounds_of(const Shape& shape) {
  const auto number = [](double value) { return fmt::format("{}", value); };
  if (shape.above && shape.to) return fmt::format("above {}, at most {}", number(*shape.above), number(*shape.to));
  if (shape.above) return "number above " + number(*shape.above);
  if (shape.from && shape.to && *shape.to < (1 << 30)) return number(*shape.from) + " to " + number(*shape.to);
  if (shape.from) return "at least " + number(*shape.from);
  return "number";
}

std::string joined_texts(const std::vector<std::string>& texts, std::string_view separator) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : std::string(separator)) + text;
  return all;
}

std::string names_of_keys(const TableDescription& table) {
  std::vector<std::string> names;
  for (const Key& key : table.keys) names.push_back(fmt::format("`{}`", key.name));
  return joined_texts(names, ", ");
}

std::string names_of_values(const Shape& shape) {
  std::vector<std::string> names;
  for (const std::string_view name : shape.names) names.push_back(fmt::format("`\"{}\"`", name));
  return joined_texts(names, ", ");
}

}  // namespace

std::string form_of(const Shape& shape) {
  if (!shape.written.empty()) return std::string(shape.written);
  switch (shape.type) {
    case Shape::Type::text:
      return "text";
    case Shape::Type::number:
    case Shape::Type::whole_number:
      return bounds_of(shape);
    case Shape::Type::truth:
      return "`true`, `false`";
    case Shape::Type::only_true:
      return "`true`";
    case Shape::Type::name:
      return names_of_values(shape);
    case Shape::Type::text_or_number:
      return "text or number";
    case Shape::Type::text_or_whole_number:
      return "text or whole number";
    case Shape::Type::list:
      return "list of " + form_of(shape.parts.front());
    case Shape::Type::by_name:
      return "table of " + form_of(shape.parts.front());
    case Shape::Type::table:
      return "table: " + names_of_keys(*shape.table);
    case Shape::Type::choice: {
      std::vector<std::string> parts;
      for (const Shape& part : shape.parts) parts.push_back(form_of(part));
      return joined_texts(parts, " or ");
    }
  }
  return "";
}

std::string default_of(const Key& key) {
  if (key.need == Need::required) return "required";
  return key.default_json.empty() ? std::string(key.otherwise) : "`" + key.default_json + "`";
}

}  // namespace assay::definition
