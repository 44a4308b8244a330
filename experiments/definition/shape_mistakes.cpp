#include "experiments/definition/shape_mistakes.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/assert.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/keys/table.hpp"
#include "experiments/definition/reading/tables.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {
namespace {

using nlohmann::json;

bool is_in_bounds(const Shape& shape, const json& value) {
  const auto number = value.get<double>();
  return (!shape.above || number > *shape.above) && (!shape.from || number >= *shape.from) &&
         (!shape.to || number <= *shape.to);
}

bool is_name(const Shape& shape, const json& value) {
  return value.is_string() &&
         std::find(shape.names.begin(), shape.names.end(), value.get_ref<const std::string&>()) != shape.names.end();
}

bool all_have_shape(const Shape& shape, const json& values) {
  return std::all_of(values.begin(), values.end(), [&](const json& value) { return has_shape(shape, value); });
}

const Key* find_key(const TableDescription& table, std::string_view name) {
  const auto found =
      std::find_if(table.keys.begin(), table.keys.end(), [&](const Key& key) { return key.name == name; });
  return found == table.keys.end() ? nullptr : &*found;
}

/// A form of a table has one value of the key `kind`.
bool has_shape_of_key(const TableDescription& table, const Key& key, const json& value) {
  if (key.name == "kind" && !table.kind.empty()) return value == table.kind;
  return has_shape(key.shape, value);
}

bool is_table(const TableDescription& table, const json& value) {
  if (!value.is_object()) return false;
  for (const auto& [name, member] : value.items()) {
    const Key* const key = find_key(table, name);
    if (key == nullptr || !has_shape_of_key(table, *key, member)) return false;
  }
  return std::all_of(table.keys.begin(), table.keys.end(),
                     [&](const Key& key) { return key.need == Need::optional || value.contains(key.name); });
}

/// Whether a value is a list, a table or a text, and so is the shape.
bool is_alike(const Shape& shape, const json& value) {
  switch (shape.type) {
    case Shape::Type::text:
    case Shape::Type::name:
      return value.is_string();
    case Shape::Type::list:
      return value.is_array();
    case Shape::Type::by_name:
    case Shape::Type::table:
      return value.is_object();
    default:
      return false;
  }
}

/// Says in words why a document does not have a shape.
class Explanation {
 public:
  explicit Explanation(const Document& document) : document_(document) {}

  std::vector<Mistake> mistakes(const Shape& shape) {
    root_ = shape.table;
    explain(shape, document_.tree, "");
    return std::move(mistakes_);
  }

 private:
  /// The value has not this shape: finds out why.
  void explain(const Shape& shape, const json& value, const std::string& pointer) {
    if (shape.type == Shape::Type::choice) return explain_choice(shape, value, pointer);
    const std::size_t known = mistakes_.size();
    if (is_alike(shape, value)) {
      if (shape.type == Shape::Type::table) explain_members(*shape.table, value, pointer);
      if (shape.type == Shape::Type::by_name) {
        for (const auto& [key, member] : value.items())
          explain_where_wrong(shape.parts.front(), member, pointer_to(pointer, key));
      }
      if (shape.type == Shape::Type::list) {
        for (std::size_t index = 0; index < value.size(); ++index)
          explain_where_wrong(shape.parts.front(), value[index], pointer_to(pointer, index));
      }
    }
    if (mistakes_.size() == known) add(pointer, expected(shape, value));
  }

  void explain_where_wrong(const Shape& shape, const json& value, const std::string& pointer) {
    if (!has_shape(shape, value)) explain(shape, value, pointer);
  }

  void explain_members(const TableDescription& table, const json& value, const std::string& pointer) {
    const std::size_t known = mistakes_.size();
    for (const auto& [name, member] : value.items()) {
      const Key* const key = find_key(table, name);
      if (key == nullptr) {
        add(pointer_to(pointer, name), unknown_key(name, table));
      } else if (!has_shape_of_key(table, *key, member)) {
        explain(key->shape, member, pointer_to(pointer, name));
      }
    }
    if (mistakes_.size() > known) return;  // what seems missing may just be misspelt
    for (const Key& key : table.keys) {
      if (key.need == Need::required && !value.contains(key.name)) add(pointer, missing_key(key));
    }
  }

  /// The one of several shapes that the value seems meant to have: that of its type, and of its `kind`.
  void explain_choice(const Shape& shape, const json& value, const std::string& pointer) {
    std::vector<std::string> kinds;
    for (const Shape& part : shape.parts) {
      if (!is_alike(part, value)) continue;
      const std::string_view kind = part.table == nullptr ? "" : part.table->kind;
      if (kind.empty() || (value.contains("kind") && value["kind"] == kind)) return explain(part, value, pointer);
      kinds.emplace_back(kind);
    }
    if (kinds.empty()) return add(pointer, expected(shape, value));
    if (!value.contains("kind")) return add(pointer, fmt::format("missing key \"kind\": one of {}", listed(kinds)));
    add(pointer_to(pointer, "kind"), not_one_of(value["kind"], kinds));
  }

  static std::string listed(const std::vector<std::string>& names) {
    return fmt::format("\"{}\"", fmt::join(names, "\", \""));
  }

  static std::string shown(const json& value) { return shortened(printable(formats::canonical_json(value))); }

  static std::string example_of(const Shape& shape) {
    if (shape.examples.empty()) return "";
    return ", for example " + formats::canonical_json(json::parse(shape.examples.front()));
  }

  static std::string not_one_of(const json& value, const std::vector<std::string>& names) {
    const std::string hint =
        value.is_string() ? did_you_mean(shortened(value.get<std::string>()), {names.begin(), names.end()}) : "";
    return fmt::format("{} is not one of {}{}", shown(value), listed(names), hint);
  }

  static std::string expected(const Shape& shape, const json& value) {
    if (shape.names.size() > 1) return not_one_of(value, {shape.names.begin(), shape.names.end()});
    return fmt::format("expected {}{}, not {}", shape.title.empty() ? "another value" : shape.title, example_of(shape),
                       shown(value));
  }

  [[nodiscard]] std::string unknown_key(const std::string& name, const TableDescription& table) const {
    const Key* const of_file = root_ == nullptr || &table == root_ ? nullptr : find_key(*root_, name);
    if (of_file != nullptr && is_list_of_tables(of_file->shape)) {
      return fmt::format("{0}s are tables of their own: [[{0}]]", name);
    }
    std::vector<std::string_view> accepted;
    for (const Key& key : table.keys) accepted.push_back(key.name);
    std::sort(accepted.begin(), accepted.end());
    const std::string hint = did_you_mean(shortened(name), accepted);
    return "unknown key" + (hint.empty() ? fmt::format("; accepted here: {}", fmt::join(accepted, ", ")) : hint);
  }

  static bool is_list_of_tables(const Shape& shape) {
    if (shape.type != Shape::Type::list) return false;
    const Shape& part = shape.parts.front();
    const bool is_choice = part.type == Shape::Type::choice && !part.parts.empty();
    return (is_choice ? part.parts.front() : part).type == Shape::Type::table;
  }

  static std::string missing_key(const Key& key) {
    return fmt::format("missing key \"{}\": {}{}", key.name, key.shape.title.empty() ? "a value" : key.shape.title,
                       example_of(key.shape));
  }

  void add(const std::string& pointer, std::string text) { mistakes_.push_back({pointer, std::move(text)}); }

  const Document& document_;
  const TableDescription* root_ = nullptr;  ///< of the whole file, if it is one table
  std::vector<Mistake> mistakes_;
};

}  // namespace

bool has_shape(const Shape& shape, const json& value) {
  switch (shape.type) {
    case Shape::Type::text:
      return value.is_string() && value.get_ref<const std::string&>().size() >= shape.fewest;
    case Shape::Type::number:
      return value.is_number() && is_in_bounds(shape, value);
    case Shape::Type::whole_number:
      return value.is_number_integer() && is_in_bounds(shape, value);
    case Shape::Type::truth:
      return value.is_boolean();
    case Shape::Type::only_true:
      return value == true;
    case Shape::Type::name:
      return is_name(shape, value);
    case Shape::Type::text_or_number:
      return value.is_string() || value.is_number();
    case Shape::Type::text_or_whole_number:
      return value.is_string() || value.is_number_integer();
    case Shape::Type::list:
      return value.is_array() && value.size() >= shape.fewest && all_have_shape(shape.parts.front(), value);
    case Shape::Type::by_name:
      return value.is_object() && all_have_shape(shape.parts.front(), value);
    case Shape::Type::table:
      return is_table(*shape.table, value);
    case Shape::Type::choice:
      return std::any_of(shape.parts.begin(), shape.parts.end(),
                         [&](const Shape& part) { return has_shape(part, value); });
  }
  ASSAY_ASSERT(false);
  return false;
}

std::vector<Mistake> shape_mistakes(const Document& document) {
  return shape_mistakes(document, shape::table(experiment_file_table()));
}

std::vector<Mistake> shape_mistakes(const Document& document, const Shape& shape) {
  if (has_shape(shape, document.tree)) return {};
  return Explanation(document).mistakes(shape);
}

}  // namespace assay::definition
