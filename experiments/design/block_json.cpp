#include "experiments/design/block_json.hpp"

#include <nlohmann/json.hpp>

#include "experiments/definition/canonical_json.hpp"
#include "experiments/design/trial_json.hpp"

namespace assay::experiments {

using nlohmann::json;

std::string block_json(const Block& block) {
  json trials = json::array();
  for (const Trial& trial : block.trials) trials.push_back(trial_json(trial));
  json target;
  target["cell"] = block.cell;
  target["number"] = block.number;
  target["rerun"] = block.rerun;
  target["started_ns"] = block.started_ns;
  target["padding"] = block.padding;
  target["trials"] = std::move(trials);
  return canonical_json(target);
}

Block parse_block(std::string_view text) {
  const json document = parse_json(text, "block");
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

}  // namespace assay::experiments
