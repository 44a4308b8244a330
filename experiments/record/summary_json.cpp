#include "experiments/record/summary_json.hpp"

#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/json_place.hpp"
#include "experiments/formats/plan_parts.hpp"

namespace assay::record {

using nlohmann::json;

std::string summary_json(const RecordSummary& summary) {
  json targets = json::array();
  for (const Target& target : summary.targets) targets.push_back(formats::target_json(target));
  return formats::canonical_json({{"name", summary.name},
                                  {"kind", summary.kind},
                                  {"sha256", summary.sha256},
                                  {"plan_sha256", summary.plan_sha256},
                                  {"hypothesis_sha256", summary.hypothesis_sha256},
                                  {"attempt", summary.attempt},
                                  {"attempts", summary.attempts},
                                  {"alpha", summary.alpha},
                                  {"exploratory", summary.exploratory},
                                  {"simulated", summary.simulated},
                                  {"number", summary.number},
                                  {"experiment", summary.experiment},
                                  {"hypothesis", summary.hypothesis},
                                  {"verdict", summary.verdict},
                                  {"decision", summary.decision},
                                  {"reason", summary.reason},
                                  {"targets", std::move(targets)},
                                  {"settles", summary.settles},
                                  {"created_ns", summary.created_ns},
                                  {"actor", summary.actor},
                                  {"environment", summary.environment_name},
                                  {"parents", summary.parents}});
}

RecordSummary parse_summary(std::string_view text) {
  const json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) throw Error("not a summary of a record");
  const formats::JsonPlace place(document);
  std::vector<Target> targets;
  for (const formats::JsonPlace& target : place.at("targets").elements()) targets.push_back(formats::target_at(target));
  return {.name = place.at("name").text(),
          .kind = place.at("kind").text(),
          .sha256 = place.at("sha256").text(),
          .plan_sha256 = place.at("plan_sha256").text(),
          .hypothesis_sha256 = place.at("hypothesis_sha256").text(),
          .attempt = place.at("attempt").count(),
          .attempts = place.at("attempts").count(),
          .alpha = place.at("alpha").number(),
          .exploratory = place.at("exploratory").truth(),
          .simulated = place.at("simulated").truth(),
          .number = place.at("number").count(),
          .experiment = place.at("experiment").text(),
          .hypothesis = place.at("hypothesis").text(),
          .verdict = place.at("verdict").text(),
          .decision = place.at("decision").text(),
          .reason = place.at("reason").text(),
          .targets = std::move(targets),
          .settles = place.at("settles").text(),
          .created_ns = place.at("created_ns").integer(),
          .actor = place.at("actor").text(),
          .environment_name = place.at("environment").text(),
          .parents = place.at("parents").texts()};
}

}  // namespace assay::record
