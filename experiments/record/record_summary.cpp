#include "experiments/record/record_summary.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/digest.hpp"
#include "experiments/definition/canonical_json.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/design/json_place.hpp"
#include "experiments/design/plan_json.hpp"

namespace assay::experiments {
namespace {

using nlohmann::json;

/// Offset behind the JSON array or object that starts at `start`; npos where it does not end.
std::size_t end_of_brackets(std::string_view text, std::size_t start) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t at = start; at < text.size(); ++at) {
    const char letter = text[at];
    if (quoted) {
      if (letter == '\\') ++at;
      if (letter == '"') quoted = false;
    } else if (letter == '"') {
      quoted = true;
    } else if (letter == '[' || letter == '{') {
      ++depth;
    } else if ((letter == ']' || letter == '}') && --depth == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

/// Nine tenths of a record are its blocks, and passing over them is ten times faster than parsing them. A quote inside
/// a JSON string is escaped, so what is found is a key.
std::string without_blocks(std::string_view text) {
  constexpr std::string_view kKey = "\"blocks\":[";
  const std::size_t key = text.find(kKey);
  if (key == std::string_view::npos) return std::string(text);
  const std::size_t end = end_of_brackets(text, key + kKey.size() - 1);
  if (end == std::string_view::npos) return std::string(text);
  return fmt::format("{}]{}", text.substr(0, key + kKey.size()), text.substr(end));
}

json read_without_blocks(std::string_view text, const std::string& name) {
  try {
    return json::parse(without_blocks(text));
  } catch (const json::exception&) {
    return parse_json(text, name);  // which says where it goes wrong
  }
}

RecordSummary summary_of(const JsonPlace& place, const std::string& plan_text, const std::string& name) {
  const JsonPlace plan = place.at("plan");
  const JsonPlace result = place.at("result");
  RecordSummary summary;
  summary.name = name;
  summary.plan_sha256 = place.at("plan_sha256").text();
  const Plan whole_plan = parse_plan(plan_text);
  summary.hypothesis_sha256 = host::sha256(hypothesis_json(whole_plan));
  summary.attempt = whole_plan.attempt;
  summary.exploratory = whole_plan.exploratory;
  summary.number = place.at("number").count();
  summary.experiment = plan.at("id").text();
  summary.hypothesis = plan.at("hypothesis").text();
  summary.verdict = result.at("verdict").text();
  summary.decision = result.at("decision").text();
  summary.reason = result.at("reason").text();
  summary.created_ns = place.at("created_ns").integer();
  summary.actor = place.at("actor").text();
  summary.environment_name = plan.at("environment_name").text();
  summary.parents = place.at("parents").texts();
  return summary;
}

}  // namespace

RecordSummary summarise(std::string_view record_text, const std::string& name) {
  const json document = read_without_blocks(record_text, name);
  try {
    RecordSummary summary = summary_of(JsonPlace(document), canonical_json(document.at("plan")), name);
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
                         {"plan_sha256", summary.plan_sha256},
                         {"hypothesis_sha256", summary.hypothesis_sha256},
                         {"attempt", summary.attempt},
                         {"exploratory", summary.exploratory},
                         {"number", summary.number},
                         {"experiment", summary.experiment},
                         {"hypothesis", summary.hypothesis},
                         {"verdict", summary.verdict},
                         {"decision", summary.decision},
                         {"reason", summary.reason},
                         {"created_ns", summary.created_ns},
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
          .plan_sha256 = place.at("plan_sha256").text(),
          .hypothesis_sha256 = place.at("hypothesis_sha256").text(),
          .attempt = place.at("attempt").count(),
          .exploratory = place.at("exploratory").truth(),
          .number = place.at("number").count(),
          .experiment = place.at("experiment").text(),
          .hypothesis = place.at("hypothesis").text(),
          .verdict = place.at("verdict").text(),
          .decision = place.at("decision").text(),
          .reason = place.at("reason").text(),
          .created_ns = place.at("created_ns").integer(),
          .actor = place.at("actor").text(),
          .environment_name = place.at("environment").text(),
          .parents = place.at("parents").texts()};
}

}  // namespace assay::experiments
