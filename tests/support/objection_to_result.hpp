#pragma once

#include <string>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "experiments/formats/result/result_schema.hpp"

namespace assay::test {

/// The schema of results as a validator takes it. Reading it takes longer than trying an object.
struct ResultValidator {
  ResultValidator() {
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(document), schema);
  }
  const nlohmann::json document = nlohmann::json::parse(formats::result_schema());
  valijson::Schema schema;
};

/// The first thing that the schema of results has against an object; empty if it has nothing.
inline std::string objection_to_result(const nlohmann::json& object) {
  static const ResultValidator validator;
  valijson::ValidationResults results;
  if (valijson::Validator().validate(validator.schema, valijson::adapters::NlohmannJsonAdapter(object), &results)) {
    return "";
  }
  valijson::ValidationResults::Error error;
  results.popError(error);
  std::string place;
  for (const std::string& part : error.context) place += part;
  return place + ": " + error.description;
}

}  // namespace assay::test
