#include "experiments/definition/schema_validation.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/schema.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {
namespace {

using nlohmann::json;
using valijson::adapters::NlohmannJsonAdapter;

bool is_valid(const json& schema, const json& value) {
  valijson::Schema compiled;
  valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(NlohmannJsonAdapter(schema), compiled);
  return valijson::Validator().validate(compiled, NlohmannJsonAdapter(value), nullptr);
}

bool has_type(const json& schema, const json& value) {
  const json type = schema.value("type", json());
  return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
         (type == "string" && value.is_string());
}

std::vector<std::string_view> keys_of(const json& object) {
  std::vector<std::string_view> keys;
  for (const auto& [key, value] : object.items()) keys.emplace_back(key);
  return keys;
}

std::string example_of(const json& schema) {
  return schema.contains("examples") ? ", for example " + formats::canonical_json(schema["examples"].front()) : "";
}

/// Says in words what Valijson only finds: it tells whether a value is valid under a part of the schema, and the
/// titles of that part tell what would be. Its own sentences speak of constraints and list every branch of a choice.
class Explanation {
 public:
  explicit Explanation(const Document& document)
      : document_(document), schema_(formats::parse_json(experiment_schema(), "experiment.schema.json")) {}

  std::optional<Mistake> first_mistake() {
    if (is_valid(schema_, document_.tree)) return std::nullopt;
    explain(schema_, document_.tree, "");
    const auto earlier = [this](const Mistake& left, const Mistake& right) {
      return position_of(document_, left.pointer) < position_of(document_, right.pointer);
    };
    return *std::min_element(mistakes_.begin(), mistakes_.end(), earlier);
  }

 private:
  /// The value is not valid under this part of the schema: finds out why.
  void explain(const json& part, const json& value, const std::string& pointer) {
    if (part.contains("$ref")) return explain(referred(part), value, pointer);
    if (part.contains("oneOf")) return explain_choice(part, value, pointer);
    const std::size_t known = mistakes_.size();
    if (has_type(part, value) && value.is_object()) explain_members(part, value, pointer);
    if (has_type(part, value) && value.is_array() && part.contains("items")) {
      for (std::size_t index = 0; index < value.size(); ++index)
        explain_where_wrong(part["items"], value[index], pointer_to(pointer, index));
    }
    if (mistakes_.size() == known) add(pointer, expected(part, value));
  }

  void explain_where_wrong(const json& part, const json& value, const std::string& pointer) {
    json schema = part;
    schema["definitions"] = schema_["definitions"];
    if (!is_valid(schema, value)) explain(part, value, pointer);
  }

  void explain_members(const json& part, const json& value, const std::string& pointer) {
    const json properties = part.value("properties", json::object());
    const json& others = part["additionalProperties"];
    const std::size_t known = mistakes_.size();
    for (const auto& [key, member] : value.items()) {
      const std::string place = pointer_to(pointer, key);
      if (properties.contains(key)) {
        explain_where_wrong(properties[key], member, place);
      } else if (others.is_object()) {
        explain_where_wrong(others, member, place);
      } else {
        add(place, unknown_key(key, keys_of(properties)));
      }
    }
    if (mistakes_.size() > known) return;  // what seems missing may just be misspelt
    for (const json& key : part.value("required", json::array())) {
      if (!value.contains(key)) add(pointer, missing_key(key, properties[key.get<std::string>()]));
    }
  }

  /// Of several shapes, the one that the value seems meant to be: that of its type, and of its `kind`.
  void explain_choice(const json& part, const json& value, const std::string& pointer) {
    std::vector<std::string> kinds;
    for (const json& branch : part["oneOf"]) {
      const json& shape = branch.contains("$ref") ? referred(branch) : branch;
      if (!has_type(shape, value)) continue;
      const json kind = shape.value("/properties/kind/const"_json_pointer, json());
      if (kind.is_null() || value.value("kind", json()) == kind) return explain(shape, value, pointer);
      kinds.push_back(kind);
    }
    if (kinds.empty()) return add(pointer, expected(part, value));
    if (!value.contains("kind")) return add(pointer, fmt::format("missing key \"kind\": one of {}", listed(kinds)));
    add(pointer_to(pointer, "kind"), not_one_of(value["kind"], kinds));
  }

  [[nodiscard]] const json& referred(const json& part) const {
    return schema_.at(json::json_pointer(part["$ref"].get<std::string>().substr(1)));
  }

  static std::string listed(const std::vector<std::string>& names) {
    return fmt::format("\"{}\"", fmt::join(names, "\", \""));
  }

  static std::string shown(const json& value) { return shortened(printable(formats::canonical_json(value))); }

  static std::string not_one_of(const json& value, const std::vector<std::string>& names) {
    const std::string hint =
        value.is_string() ? did_you_mean(shortened(value.get<std::string>()), {names.begin(), names.end()}) : "";
    return fmt::format("{} is not one of {}{}", shown(value), listed(names), hint);
  }

  static std::string expected(const json& part, const json& value) {
    if (part.contains("enum") && part["enum"].size() > 1) return not_one_of(value, part["enum"]);
    return fmt::format("expected {}{}, not {}", part.value("title", "another value"), example_of(part), shown(value));
  }

  static std::string unknown_key(const std::string& key, const std::vector<std::string_view>& accepted) {
    const std::string hint = did_you_mean(shortened(key), accepted);
    return "unknown key" + (hint.empty() ? fmt::format("; accepted here: {}", fmt::join(accepted, ", ")) : hint);
  }

  [[nodiscard]] std::string missing_key(const std::string& key, const json& part) const {
    const json& meant = part.contains("$ref") ? referred(part) : part;
    return fmt::format("missing key \"{}\": {}{}", key, meant.value("title", "a value"), example_of(meant));
  }

  void add(const std::string& pointer, std::string text) { mistakes_.push_back({pointer, std::move(text)}); }

  const Document& document_;
  const json schema_;
  std::vector<Mistake> mistakes_;
};

}  // namespace

std::optional<Mistake> schema_mistake(const Document& document) {
  return Explanation(document).first_mistake();
}

}  // namespace assay::definition
