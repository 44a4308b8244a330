#include <nlohmann/json.hpp>

#include "experiments/formats/plan_parts.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;

json hooks_json(const Hooks& hooks) {
  return {{"setup", hooks.setup}, {"prepare", hooks.prepare}, {"conclude", hooks.conclude}, {"cleanup", hooks.cleanup}};
}

Hooks hooks_at(const JsonPlace& place) {
  return {place.at("setup").texts(), place.at("prepare").texts(), place.at("conclude").texts(),
          place.at("cleanup").texts()};
}

json limits_json(const Limits& limits) {
  json target = {{"cpus", limits.cpus}};
  if (limits.nice) target["nice"] = *limits.nice;
  if (limits.memory) target["memory_bytes"] = limits.memory->count;
  if (limits.open_files) target["open_files"] = *limits.open_files;
  return target;
}

Limits limits_at(const JsonPlace& place) {
  Limits limits;
  for (const JsonPlace& cpu : place.at("cpus").elements()) limits.cpus.push_back(cpu.count());
  if (const auto nice = place.find("nice")) limits.nice = nice->count();
  if (const auto memory = place.find("memory_bytes")) limits.memory = Bytes{memory->integer()};
  if (const auto open_files = place.find("open_files")) limits.open_files = open_files->count();
  return limits;
}

}  // namespace

json workload_json(const Workload& workload) {
  return {{"name", workload.name},
          {"command", workload.command},
          {"hooks", hooks_json(workload.hooks)},
          {"working_directory", workload.working_directory},
          {"standard_input", workload.standard_input},
          {"standard_output", to_string(workload.standard_output)},
          {"output_file", workload.output_file},
          {"timeout_ns", workload.timeout.count()},
          {"grace_ns", workload.grace.count()},
          {"success_codes", workload.success_codes},
          {"environment", to_string(workload.environment)},
          {"pass", workload.pass},
          {"set", workload.set},
          {"results", workload.results},
          {"inputs", workload.inputs},
          {"limits", limits_json(workload.limits)},
          {"weight", workload.weight},
          {"states", workload.states}};
}

Workload workload_at(const JsonPlace& place) {
  Workload workload;
  workload.name = place.at("name").text();
  workload.command = place.at("command").texts();
  workload.hooks = hooks_at(place.at("hooks"));
  workload.working_directory = place.at("working_directory").text();
  workload.standard_input = place.at("standard_input").text();
  workload.standard_output = place.at("standard_output").name_of<OutputTarget>();
  workload.output_file = place.at("output_file").text();
  workload.timeout = place.at("timeout_ns").duration();
  workload.grace = place.at("grace_ns").duration();
  workload.success_codes.clear();
  for (const JsonPlace& code : place.at("success_codes").elements()) workload.success_codes.push_back(code.count());
  workload.environment = place.at("environment").name_of<EnvironmentPolicy>();
  workload.pass = place.at("pass").texts();
  workload.set = place.at("set").text_by_name();
  workload.results = place.at("results").text();
  workload.inputs = place.at("inputs").texts();
  workload.limits = limits_at(place.at("limits"));
  workload.weight = place.at("weight").text_by_name();
  workload.states = place.at("states").texts();
  return workload;
}

}  // namespace assay::formats
