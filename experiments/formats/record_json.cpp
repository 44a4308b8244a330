#include "experiments/formats/record_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/valid_text.hpp"
#include "experiments/formats/block_json.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/envelope.hpp"
#include "experiments/formats/json_place.hpp"
#include "experiments/formats/plan_json.hpp"
#include "experiments/formats/result_json.hpp"
#include "experiments/formats/without_blocks.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

json machine_json(const Machine& machine) {
  json limits = json::object();
  for (const auto& [name, value] : machine.limits) limits[name] = valid_text(value);
  return {{"hostname", valid_text(machine.hostname)}, {"boot_id", valid_text(machine.boot_id)},
          {"kernel", valid_text(machine.kernel)},     {"cpu_model", valid_text(machine.cpu_model)},
          {"cpu_count", machine.cpu_count},           {"memory_bytes", machine.memory_bytes},
          {"governor", valid_text(machine.governor)}, {"virtualisation", valid_text(machine.virtualisation)},
          {"aslr", valid_text(machine.aslr)},         {"limits", std::move(limits)}};
}

Machine machine_at(const JsonPlace& place) {
  return {.hostname = place.at("hostname").text(),
          .boot_id = place.at("boot_id").text(),
          .kernel = place.at("kernel").text(),
          .cpu_model = place.at("cpu_model").text(),
          .cpu_count = place.at("cpu_count").count(),
          .memory_bytes = place.at("memory_bytes").integer(),
          .governor = place.at("governor").text(),
          .virtualisation = place.at("virtualisation").text(),
          .aslr = place.at("aslr").text(),
          .limits = place.at("limits").text_by_name()};
}

/// Reads a part by its own reader, whose errors start with a pointer into that part.
template <class Reader>
auto read_part(const std::string& pointer, const Reader& reader) {
  try {
    return reader();
  } catch (const Error& error) {
    const std::string what = error.what();
    throw Error(what.starts_with('/') ? pointer + what : fmt::format("{}: {}", pointer, what), error.kind());
  }
}

std::vector<Block> blocks_of(const json& array) {
  std::vector<Block> blocks;
  for (const json& block : array) {
    blocks.push_back(read_part(fmt::format("/blocks/{}", blocks.size()), [&] { return parse_block(block.dump()); }));
  }
  return blocks;
}

std::vector<std::int64_t> integers_at(const JsonPlace& place) {
  std::vector<std::int64_t> integers;
  for (const JsonPlace& element : place.elements()) integers.push_back(element.integer());
  return integers;
}

Record record_of(const json& document) {
  const JsonPlace place(document);
  Envelope envelope = envelope_at(place);
  if (envelope.kind != kAttemptKind) {
    throw Error(fmt::format("/kind: a record of the kind \"{}\", not of an attempt", envelope.kind));
  }
  Record record;
  record.number = envelope.number;
  record.program_version = std::move(envelope.program_version);
  record.created_ns = envelope.created_ns;
  record.actor = std::move(envelope.actor);
  record.parents = std::move(envelope.parents);
  record.plan_sha256 = place.at("plan_sha256").text();
  (void)place.at("plan");
  record.plan = read_part("/plan", [&] { return parse_plan(document["plan"].dump()); });
  record.machine = machine_at(place.at("machine"));
  record.interruptions_ns = integers_at(place.at("interruptions_ns"));
  (void)place.at("blocks").elements();
  record.blocks = blocks_of(document["blocks"]);
  (void)place.at("result");
  record.result = read_part("/result", [&] { return parse_result(record.plan, document["result"]); });
  return record;
}

}  // namespace

std::string record_json(const Record& record) {
  json blocks = json::array();
  for (const Block& block : record.blocks) blocks.push_back(json::parse(block_json(block)));
  json target = envelope_json({.number = record.number,
                               .program_version = record.program_version,
                               .created_ns = record.created_ns,
                               .actor = record.actor,
                               .parents = record.parents});
  target.update({{"plan_sha256", record.plan_sha256},
                 {"plan", json::parse(plan_json(record.plan))},
                 {"machine", machine_json(record.machine)},
                 {"interruptions_ns", record.interruptions_ns},
                 {"blocks", std::move(blocks)},
                 {"result", result_json(record.result)}});
  return canonical_json(target);
}

Record parse_record(std::string_view text, std::string_view name) {
  const json document = parse_json(text, name);
  try {
    return record_of(document);
  } catch (const Error& error) {
    throw error.within(name);
  }
}

Record parse_record_head(std::string_view text, std::string_view name) {
  return parse_record(without_blocks(text), name);
}

}  // namespace assay::formats
