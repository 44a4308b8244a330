#include "experiments/record/record_summary.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/digest.hpp"
#include "experiments/definition/canonical_json.hpp"
#include "experiments/design/json_place.hpp"

namespace assay::experiments {
namespace {

using nlohmann::json;

/// Nine tenths of a record are its blocks: they are passed over without being kept.
json read_without_blocks(std::string_view text, const std::string& name) {
  try {
    return json::parse(text.begin(), text.end(), [](int depth, json::parse_event_t event, const json& parsed) {
      return !(depth == 1 && event == json::parse_event_t::key && parsed == "blocks");
    });
  } catch (const json::exception&) {
    return parse_json(text, name);  // which says where it goes wrong
  }
}

RecordSummary summary_of(const JsonPlace& place, const std::string& name) {
  const JsonPlace plan = place.at("plan");
  const JsonPlace result = place.at("result");
  RecordSummary summary;
  summary.name = name;
  summary.number = place.at("number").count();
  summary.experiment = plan.at("id").text();
  summary.hypothesis = plan.at("hypothesis").text();
  summary.verdict = result.at("verdict").text();
  summary.decision = result.at("decision").text();
  summary.reason = result.at("reason").text();
  summary.created_ns = place.at("created").integer();
  summary.actor = place.at("actor").text();
  summary.environment_name = plan.at("environment_name").text();
  summary.parents = place.at("parents").texts();
  return summary;
}

}  // namespace

RecordSummary summarise(std::string_view record_text, const std::string& name) {
  const json document = read_without_blocks(record_text, name);
  try {
    RecordSummary summary = summary_of(JsonPlace(document), name);
    const std::string own_name = fmt::format("{:04}-{}", summary.number, summary.experiment);
    if (own_name != name) throw Error(fmt::format("the file holds the record {}: rename it to that", own_name));
    summary.sha256 = host::sha256(record_text);
    return summary;
  } catch (const Error& error) {
    throw Error(fmt::format("{}.json is not a record: {}", name, error.what()), error.kind());
  }
}

std::string summary_json(const RecordSummary& summary) {
  return canonical_json({{"name", summary.name},
                         {"sha256", summary.sha256},
                         {"number", summary.number},
                         {"experiment", summary.experiment},
                         {"hypothesis", summary.hypothesis},
                         {"verdict", summary.verdict},
                         {"decision", summary.decision},
                         {"reason", summary.reason},
                         {"created", summary.created_ns},
                         {"actor", summary.actor},
                         {"environment", summary.environment_name},
                         {"parents", summary.parents}});
}

RecordSummary parse_summary(std::string_view text) {
  const json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) throw Error("not a summary of a record");
  const JsonPlace place(document);
  return {.name = place.at("name").text(),
          .sha256 = place.at("sha256").text(),
          .number = place.at("number").count(),
          .experiment = place.at("experiment").text(),
          .hypothesis = place.at("hypothesis").text(),
          .verdict = place.at("verdict").text(),
          .decision = place.at("decision").text(),
          .reason = place.at("reason").text(),
          .created_ns = place.at("created").integer(),
          .actor = place.at("actor").text(),
          .environment_name = place.at("environment").text(),
          .parents = place.at("parents").texts()};
}

}  // namespace assay::experiments
