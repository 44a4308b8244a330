#include "experiments/definition/schema.hpp"

#include <nlohmann/json.hpp>

#include "core/assert.hpp"
#include "core/text/plain_sentence.hpp"
#include "experiments/definition/keys/table.hpp"
#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

using Json = nlohmann::ordered_json;

/// A whole number is written without a fraction.
Json bound(const Shape& shape, double value) {
  if (shape.type == Shape::Type::number && value != static_cast<double>(static_cast<std::int64_t>(value))) return value;
  return static_cast<std::int64_t>(value);
}

class Schema {
 public:
  Json of_file() {
    Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                   {"$id", "https://assay.example.org/experiment.schema.json"}};
    schema.update(body(shape::table(experiment_file_table())));
    schema["definitions"] = std::move(definitions_);
    return schema;
  }

 private:
  /// A shape with a definition is referred to, and defined where it is met first.
  Json of(const Shape& shape) {
    if (shape.definition.empty()) return body(shape);
    const std::string name(shape.definition);
    if (!definitions_.contains(name)) {
      definitions_[name] = Json();  // keeps its place before those that it refers to
      Json definition = body(shape);
      definitions_[name] = std::move(definition);
    }
    return {{"$ref", "#/definitions/" + name}};
  }

  Json of(const Key& key) {
    Json schema = of(key.shape);
    if (!key.meaning.empty()) schema["description"] = plain_sentence(key.meaning);
    if (!key.default_json.empty()) schema["default"] = Json::parse(key.default_json);
    return schema;
  }

  Json body(const Shape& shape) {
    Json schema = Json::object();
    if (!shape.title.empty()) schema["title"] = shape.title;
    if (!shape.note.empty()) schema["description"] = shape.note;
    for (const std::string_view example : shape.examples) schema["examples"].push_back(Json::parse(example));
    add_type(shape, schema);
    if (shape.above) schema["exclusiveMinimum"] = bound(shape, *shape.above);
    if (shape.from) schema["minimum"] = bound(shape, *shape.from);
    if (shape.to) schema["maximum"] = bound(shape, *shape.to);
    return schema;
  }

  void add_type(const Shape& shape, Json& schema) {
    switch (shape.type) {
      case Shape::Type::text:
        schema["type"] = "string";
        if (shape.fewest > 0) schema["minLength"] = shape.fewest;
        return;
      case Shape::Type::number:
        schema["type"] = "number";
        return;
      case Shape::Type::whole_number:
        schema["type"] = "integer";
        return;
      case Shape::Type::truth:
        schema["type"] = "boolean";
        return;
      case Shape::Type::only_true:
        schema["const"] = true;
        return;
      case Shape::Type::name:
        schema["type"] = "string";
        for (const std::string_view name : shape.names) schema["enum"].push_back(name);
        return;
      case Shape::Type::text_or_number:
        schema["type"] = {"string", "number"};
        return;
      case Shape::Type::text_or_whole_number:
        schema["type"] = {"string", "integer"};
        return;
      case Shape::Type::list:
        schema["type"] = "array";
        if (shape.fewest > 0) schema["minItems"] = shape.fewest;
        schema["items"] = of(shape.parts.front());
        return;
      case Shape::Type::by_name:
        schema["type"] = "object";
        schema["additionalProperties"] = of(shape.parts.front());
        return;
      case Shape::Type::table:
        return add_table(*shape.table, schema);
      case Shape::Type::choice:
        for (const Shape& part : shape.parts) schema["oneOf"].push_back(of(part));
        return;
    }
    ASSAY_ASSERT(false);
  }

  void add_table(const TableDescription& table, Json& schema) {
    if (!table.meaning.empty() && table.kind.empty()) schema["description"] = plain_sentence(table.meaning);
    schema["type"] = "object";
    schema["additionalProperties"] = false;
    Json required = Json::array();
    Json properties = Json::object();
    for (const Key& key : table.keys) {
      if (key.need == Need::required) required.push_back(key.name);
      if (key.name == "kind" && !table.kind.empty()) {
        properties["kind"] = {{"const", table.kind}, {"description", plain_sentence(table.meaning)}};
      } else {
        properties[std::string(key.name)] = of(key);
      }
    }
    if (!required.empty()) schema["required"] = std::move(required);
    schema["properties"] = std::move(properties);
  }

  Json definitions_ = Json::object();
};

}  // namespace

const std::string& experiment_schema() {
  static const std::string schema = Schema().of_file().dump(2) + "\n";
  return schema;
}

}  // namespace assay::definition
