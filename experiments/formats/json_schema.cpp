#include "experiments/formats/json_schema.hpp"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "core/assert.hpp"
#include "core/text/plain_sentence.hpp"

namespace assay::formats {
namespace {

using Json = nlohmann::ordered_json;

/// The name of a definition. A reference to it is part of a URI, which holds no space.
std::string definition_name(const Description& description) {
  std::string name(description.name());
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

Form bounded_form(const Member& member) {
  Form form = member.form();
  if (member.bounds != Bounds{}) form.bounds = member.bounds;
  return form;
}

void add_bounds(const Bounds& bounds, Json& schema) {
  if (bounds.least && bounds.least == bounds.most) {
    schema["const"] = *bounds.least;
    return;
  }
  if (bounds.least) schema["minimum"] = *bounds.least;
  if (bounds.most) schema["maximum"] = *bounds.most;
  if (!bounds.pattern.empty()) schema["pattern"] = bounds.pattern;
  if (bounds.fewest > 0) schema["minItems"] = bounds.fewest;
}

void allow_null(Json& schema) {
  if (schema.contains("enum")) schema["enum"].push_back(nullptr);
  if (schema.contains("type")) {
    schema["type"] = {schema["type"], "null"};
  } else {
    schema = {{"anyOf", {schema, {{"type", "null"}}}}};
  }
}

/// Several alternatives of a variant may have a key of the same name: its value is then one of theirs.
void add_property(std::string_view key, Json schema, Json& properties) {
  Json& property = properties[std::string(key)];
  if (property.is_null() || property == schema) {
    property = std::move(schema);
  } else if (property.contains("anyOf")) {
    property["anyOf"].push_back(std::move(schema));
  } else {
    property = {{"anyOf", {property, schema}}};
  }
}

/// The keys that every object has; those of an alternative stand only in some.
Json required_keys(const Description& description) {
  Json keys = Json::array();
  if (description.kind() != nullptr) keys.push_back(description.kind()->key);
  for (const Member& member : description.members()) {
    if (member.presence == Presence::always && member.part == nullptr) keys.push_back(member.key);
  }
  return keys;
}

class SchemaWriter {
 public:
  explicit SchemaWriter(std::span<const SchemaAddition> additions) : additions_(additions) {}

  Json of_document(const SchemaHead& head, const Description& object) {
    Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                   {"$id", head.id},
                   {"title", head.title},
                   {"description", head.description}};
    schema.update(of_object(object));
    schema["definitions"] = std::move(definitions_);
    return schema;
  }

 private:
  Json of_object(const Description& object) {
    Json schema = {{"type", "object"}};
    if (Json required = required_keys(object); !required.empty()) schema["required"] = std::move(required);
    Json properties = Json::object();
    for (const SchemaAddition& addition : additions_) {
      if (&addition.object() == &object) add(addition, schema, properties);
    }
    if (object.kind() != nullptr) properties[std::string(object.kind()->key)] = of_kind(*object.kind());
    for (const Member& member : object.members()) add_property(member.key, of_member(member), properties);
    schema["properties"] = std::move(properties);
    return schema;
  }

  void add(const SchemaAddition& addition, Json& schema, Json& properties) {
    const Description& keys = addition.keys();
    for (const Member& member : keys.members()) {
      Json property = of_member(member);
      property["description"] = property["description"].get<std::string>() + " " + std::string(addition.note);
      properties[std::string(member.key)] = std::move(property);
    }
    Json required = required_keys(keys);
    if (required.size() < 2) return;
    const std::string first = required.front();
    required.erase(0);
    schema["dependencies"][first] = std::move(required);
  }

  static Json of_kind(const KindKey& kind) {
    Json schema = of_names(kind.names);
    schema["description"] = plain_sentence(kind.meaning);
    return schema;
  }

  Json of_member(const Member& member) {
    Json schema = of(bounded_form(member));
    schema["description"] = plain_sentence(member.meaning);
    return schema;
  }

  Json of(const Form& form) {
    Json schema = of_value(form);
    add_bounds(form.bounds, schema);
    if (form.may_be_null) allow_null(schema);
    return schema;
  }

  /// The schema without bounds, of a value that is not null.
  Json of_value(const Form& form) {
    switch (form.kind) {
      case Form::Kind::text:
        return {{"type", "string"}};
      case Form::Kind::number:
        return {{"type", "number"}};
      case Form::Kind::integer:
        return {{"type", "integer"}};
      case Form::Kind::truth:
        return {{"type", "boolean"}};
      case Form::Kind::name:
        return of_names(form.names);
      case Form::Kind::pair:
        return {{"type", "array"}, {"items", {of(form.parts[0]), of(form.parts[1])}}};
      case Form::Kind::list:
        return {{"type", "array"}, {"items", of(form.parts.front())}};
      case Form::Kind::by_name:
        return {{"type", "object"}, {"additionalProperties", of(form.parts.front())}};
      case Form::Kind::object:
        return of_members(form);
      case Form::Kind::described:
        return reference_to(form.description());
    }
    ASSAY_ASSERT(false);
    return {};
  }

  static Json of_names(std::span<const std::string_view> names) {
    Json schema = {{"type", "string"}};
    for (const std::string_view name : names) schema["enum"].push_back(name);
    return schema;
  }

  Json of_members(const Form& object) {
    Json schema = {{"type", "object"}};
    for (std::size_t index = 0; index < object.keys.size(); ++index) {
      schema["required"].push_back(object.keys[index]);
      schema["properties"][std::string(object.keys[index])] = of(object.parts[index]);
    }
    return schema;
  }

  /// A description is defined where it is met first. \pre two descriptions that are met have two names
  Json reference_to(const Description& object) {
    const std::string name = definition_name(object);
    const auto [met, is_new] = met_.emplace(name, &object);
    ASSAY_ASSERT(met->second == &object);
    if (is_new) {
      definitions_[name] = Json();  // keeps its place before those that it refers to
      Json definition = of_object(object);
      definitions_[name] = std::move(definition);
    }
    return {{"$ref", "#/definitions/" + name}};
  }

  std::span<const SchemaAddition> additions_;
  std::map<std::string, const Description*> met_;
  Json definitions_ = Json::object();
};

}  // namespace

std::string json_schema(const SchemaHead& head, const Description& object, std::span<const SchemaAddition> additions) {
  return SchemaWriter(additions).of_document(head, object).dump(2) + "\n";
}

}  // namespace assay::formats
