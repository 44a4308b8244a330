#include "experiments/formats/block/block_json.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/block/trial_fields.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::formats {

std::string block_json(const Block& block) {
  return text_of(block);
}

Block parse_block(std::string_view text) {
  const nlohmann::json document = parse_json(text, "block");
  return read_as<Block>(Field(document));
}

}  // namespace assay::formats
