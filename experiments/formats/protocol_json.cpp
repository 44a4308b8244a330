#include <nlohmann/json.hpp>

#include "experiments/formats/plan_parts.hpp"

namespace assay::formats {

using nlohmann::json;

json protocol_json(const Protocol& protocol) {
  json target = {{"alpha", protocol.alpha},
                 {"alpha_equivalence", protocol.alpha_equivalence},
                 {"power", protocol.power},
                 {"kappa", protocol.kappa},
                 {"min_blocks", protocol.min_blocks},
                 {"max_blocks", protocol.max_blocks},
                 {"fixed", protocol.fixed},
                 {"attempts", protocol.attempts},
                 {"claim", to_string(protocol.claim)},
                 {"goal", to_string(protocol.goal)},
                 {"sidedness", to_string(protocol.sidedness)}};
  if (protocol.max_blocks == kNoCap) target.erase("max_blocks");
  if (protocol.look_every_block) target["look_every_block"] = *protocol.look_every_block;
  // Keys of the modes stand only where they say something, so that plans without them keep their hash.
  if (protocol.anytime) target["anytime"] = true;
  if (protocol.design != Design::blocks) target["design"] = to_string(protocol.design);
  if (protocol.inner != 1) target["inner"] = protocol.inner;
  if (protocol.inner_statistic != InnerStatistic::median) target["inner_stat"] = to_string(protocol.inner_statistic);
  if (protocol.confirm) target["confirm"] = *protocol.confirm;
  if (protocol.max_time) target["max_time_ns"] = protocol.max_time->count();
  return target;
}

Protocol protocol_at(const JsonPlace& place) {
  Protocol protocol;
  protocol.alpha = place.at("alpha").number();
  protocol.alpha_equivalence = place.at("alpha_equivalence").number();
  protocol.power = place.at("power").number();
  protocol.kappa = place.at("kappa").number();
  protocol.min_blocks = place.at("min_blocks").count();
  const auto cap = place.find("max_blocks");
  protocol.max_blocks = cap ? cap->count() : kNoCap;
  protocol.fixed = place.at("fixed").truth();
  if (const auto every = place.find("look_every_block")) protocol.look_every_block = every->truth();
  if (const auto max_time = place.find("max_time_ns")) protocol.max_time = max_time->duration();
  protocol.attempts = place.at("attempts").count();
  if (const auto anytime = place.find("anytime")) protocol.anytime = anytime->truth();
  if (const auto design = place.find("design")) protocol.design = design->name_of<Design>();
  if (const auto inner = place.find("inner")) protocol.inner = inner->count();
  if (const auto statistic = place.find("inner_stat")) protocol.inner_statistic = statistic->name_of<InnerStatistic>();
  if (const auto confirm = place.find("confirm")) protocol.confirm = confirm->count();
  protocol.claim = place.at("claim").name_of<ClaimRule>();
  protocol.goal = place.at("goal").name_of<Goal>();
  protocol.sidedness = place.at("sidedness").name_of<Sidedness>();
  return protocol;
}

json simulation_json(const Simulation& simulation) {
  json target = {{"baseline_seconds", simulation.baseline_seconds},
                 {"shift_percent", simulation.shift.value},
                 {"noise_percent", simulation.noise.value},
                 {"pace_ns", simulation.pace.count()},
                 {"failure_rate", simulation.failure_rate}};
  for (const Percent& shift : simulation.shifts) target["shifts_percent"].push_back(shift.value);
  return target;
}

Simulation simulation_at(const JsonPlace& place) {
  Simulation simulation;
  simulation.baseline_seconds = place.at("baseline_seconds").number();
  simulation.shift = Percent{place.at("shift_percent").number()};
  simulation.noise = Percent{place.at("noise_percent").number()};
  simulation.pace = place.at("pace_ns").duration();
  simulation.failure_rate = place.at("failure_rate").number();
  if (const auto shifts = place.find("shifts_percent")) {
    for (const JsonPlace& shift : shifts->elements()) simulation.shifts.push_back(Percent{shift.number()});
  }
  return simulation;
}

}  // namespace assay::formats
