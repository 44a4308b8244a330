#include "experiments/formats/build_json.hpp"

#include <nlohmann/json.hpp>

namespace assay::formats {

nlohmann::json build_json(const Build& build) {
  nlohmann::json target = {
      {"arm", build.arm}, {"number", build.number},         {"commit", build.commit},       {"tree", build.tree},
      {"log", build.log}, {"log_sha256", build.log_sha256}, {"wall_ns", build.wall.count()}};
  if (build.cpu.count() > 0) target["cpu_ns"] = build.cpu.count();
  return target;
}

Build build_at(const Field& place) {
  const auto cpu = place.find("cpu_ns");
  return {.arm = place.at("arm").index(),
          .number = place.at("number").count(),
          .commit = place.at("commit").text(),
          .tree = place.at("tree").text(),
          .log = place.at("log").text(),
          .log_sha256 = place.at("log_sha256").text(),
          .wall = nanoseconds(place.at("wall_ns").integer()),
          .cpu = nanoseconds(cpu ? cpu->integer() : 0)};
}

}  // namespace assay::formats
