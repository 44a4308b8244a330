#include <array>

#include <nlohmann/json.hpp>

#include "experiments/formats/plan_parts.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

/// The parts of a state that are lists of texts, and their keys.
struct TextList {
  const char* key;
  std::vector<std::string> State::*member;
};
constexpr std::array kTextLists = {TextList{"evict", &State::evict}, TextList{"prepare", &State::prepare},
                                   TextList{"conclude", &State::conclude}, TextList{"prove", &State::prove}};

}  // namespace

json state_json(const State& state) {
  json target = {{"name", state.name}, {"warmup", state.warmup}};
  // Keys that came later are left out where they say nothing, so that the hashes of old plans hold.
  for (const TextList& list : kTextLists) {
    if (!(state.*list.member).empty()) target[list.key] = state.*list.member;
  }
  if (!state.evict.empty()) target["reads_percent"] = state.reads.value;
  return target;
}

State state_at(const JsonPlace& place) {
  State state{place.at("name").text(), place.at("warmup").count()};
  for (const TextList& list : kTextLists) {
    if (const auto texts = place.find(list.key)) state.*list.member = texts->texts();
  }
  if (const auto reads = place.find("reads_percent")) state.reads = Percent{reads->number()};
  return state;
}

}  // namespace assay::formats
