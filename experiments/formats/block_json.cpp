#include "experiments/formats/block_json.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/canonical_writer.hpp"
#include "experiments/formats/trial_json.hpp"

namespace assay::formats {

std::string block_json(const Block& block) {
  CanonicalWriter writer;
  writer.begin_object();
  writer.member("cell", block.cell);
  writer.member("number", block.number);
  writer.member("padding", block.padding);
  writer.member("rerun", block.rerun);
  writer.member("started_ns", block.started_ns);
  writer.name("trials");
  writer.begin_array();
  for (const Trial& trial : block.trials) write_trial(trial, writer);
  writer.end_array();
  writer.end_object();
  return writer.take();
}

Block parse_block(std::string_view text) {
  const nlohmann::json document = parse_json(text, "block");
  const JsonPlace place(document);
  Block block;
  block.cell = place.at("cell").index();
  block.number = place.at("number").count();
  block.rerun = place.at("rerun").count();
  block.started_ns = place.at("started_ns").integer();
  block.padding = place.at("padding").count();
  for (const JsonPlace& trial : place.at("trials").elements()) block.trials.push_back(trial_at(trial));
  return block;
}

}  // namespace assay::formats
