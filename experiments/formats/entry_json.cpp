#include "experiments/formats/entry_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/envelope.hpp"
#include "experiments/formats/plan_parts.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

struct PayloadJson {
  json operator()(const Reopening& reopening) const {
    return {{"experiment", reopening.experiment},        {"hypothesis_sha256", reopening.hypothesis_sha256},
            {"environment", reopening.environment_name}, {"ended_by", reopening.ended_by},
            {"assumption", reopening.assumption},        {"reason", reopening.reason}};
  }
  json operator()(const Relaxation& relaxation) const {
    return {{"experiment", relaxation.experiment},
            {"target", target_json(relaxation.target)},
            {"to", relaxation.to ? json(*relaxation.to) : json(nullptr)},
            {"reason", relaxation.reason},
            {"until", relaxation.until}};
  }
  json operator()(const Restoration& restoration) const {
    return {{"relaxation", restoration.relaxation},
            {"target", target_json(restoration.target)},
            {"reason", restoration.reason}};
  }
  json operator()(const Question& question) const {
    return {{"text", question.text}, {"options", question.options}, {"owner", question.owner}, {"due", question.due}};
  }
  json operator()(const Answer& answer) const {
    return {{"question", answer.question},
            {"text", answer.text},
            {"chosen", answer.chosen},
            {"evidence", answer.evidence},
            {"reason", answer.reason}};
  }
};

Reopening reopening_at(const JsonPlace& place) {
  return {.experiment = place.at("experiment").text(),
          .hypothesis_sha256 = place.at("hypothesis_sha256").text(),
          .environment_name = place.at("environment").text(),
          .ended_by = place.at("ended_by").text(),
          .assumption = place.at("assumption").text(),
          .reason = place.at("reason").text()};
}

Relaxation relaxation_at(const JsonPlace& place) {
  return {.experiment = place.at("experiment").text(),
          .target = target_at(place.at("target")),
          .to = place.at("to").number_or_null(),
          .reason = place.at("reason").text(),
          .until = place.at("until").text()};
}

Restoration restoration_at(const JsonPlace& place) {
  return {.relaxation = place.at("relaxation").text(),
          .target = target_at(place.at("target")),
          .reason = place.at("reason").text()};
}

Question question_at(const JsonPlace& place) {
  return {.text = place.at("text").text(),
          .options = place.at("options").texts(),
          .owner = place.at("owner").text(),
          .due = place.at("due").text()};
}

Answer answer_at(const JsonPlace& place) {
  return {.question = place.at("question").text(),
          .text = place.at("text").text(),
          .chosen = place.at("chosen").text(),
          .evidence = place.at("evidence").texts(),
          .reason = place.at("reason").text()};
}

EntryContent content_at(const std::string& kind, const JsonPlace& payload) {
  if (kind == "reopening") return reopening_at(payload);
  if (kind == "relaxation") return relaxation_at(payload);
  if (kind == "restoration") return restoration_at(payload);
  if (kind == "question") return question_at(payload);
  if (kind == "answer") return answer_at(payload);
  throw Error(fmt::format("/kind: \"{}\" is not a kind of record that this assay knows", kind));
}

}  // namespace

Entry entry_at(const JsonPlace& place) {
  Envelope envelope = envelope_at(place);
  return {.number = envelope.number,
          .program_version = std::move(envelope.program_version),
          .created_ns = envelope.created_ns,
          .actor = std::move(envelope.actor),
          .parents = std::move(envelope.parents),
          .content = content_at(envelope.kind, place.at("payload"))};
}

std::string entry_json(const Entry& entry) {
  json target = envelope_json({.kind = std::string(kind_of(entry.content)),
                               .number = entry.number,
                               .program_version = entry.program_version,
                               .created_ns = entry.created_ns,
                               .actor = entry.actor,
                               .parents = entry.parents});
  target["payload"] = std::visit(PayloadJson{}, entry.content);
  return canonical_json(target);
}

Entry parse_entry(std::string_view text, std::string_view name) {
  const json document = parse_json(text, name);
  try {
    return entry_at(JsonPlace(document));
  } catch (const Error& error) {
    throw error.within(name);
  }
}

}  // namespace assay::formats
