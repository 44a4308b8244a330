#include <algorithm>

#include "experiments/definition/reading/readers.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {
namespace {

Argv read_command(const Field& table) {
  const auto command = table.find("command");
  const auto shell = table.find("shell");
  if (command && shell) shell->fail("either command or shell says what is timed: leave one out");
  if (command) return command->argv();
  if (shell) return shell_argv(shell->text());
  return {};
}

Hooks read_hooks(const Field& table) {
  Hooks hooks;
  if (const auto setup = table.find("setup")) hooks.setup = setup->argv();
  if (const auto prepare = table.find("prepare")) hooks.prepare = prepare->argv();
  if (const auto conclude = table.find("conclude")) hooks.conclude = conclude->argv();
  if (const auto cleanup = table.find("cleanup")) hooks.cleanup = cleanup->argv();
  return hooks;
}

void read_streams(const Field& table, Workload& workload) {
  if (const auto input = table.find("input")) workload.standard_input = input->text();
  if (const auto output = table.find("output")) {
    workload.standard_output = OutputTarget::file;
    workload.output_file = output->text();
  }
  if (const auto results = table.find("results")) workload.results = results->text();
}

void read_times(const Field& table, Workload& workload) {
  if (const auto timeout = table.find("timeout")) {
    workload.timeout = timeout->duration();
    if (workload.timeout <= nanoseconds::zero()) timeout->fail("a trial needs some time: expected more than 0 s");
  }
  if (const auto grace = table.find("grace")) workload.grace = grace->duration();
}

void read_environment(const Field& table, Workload& workload) {
  if (const auto policy = table.find("environment")) workload.environment = policy->name_of<EnvironmentPolicy>();
  if (const auto pass = table.find("pass")) {
    workload.pass = pass->texts();
    if (workload.environment != EnvironmentPolicy::clean)
      pass->fail("means nothing without environment = \"clean\": an inherited environment passes every name");
  }
  if (const auto set = table.find("set")) {
    for (const Field& member : set->members()) workload.set[member.key()] = member.text();
  }
}

Limits read_limits(const Field& table) {
  Limits limits;
  if (const auto cpus = table.find("cpus")) limits.cpus = cpus->counts();
  if (const auto nice = table.find("nice")) limits.nice = nice->count();
  if (const auto open_files = table.find("open_files")) limits.open_files = open_files->count();
  if (const auto memory = table.find("memory")) {
    limits.memory = memory->bytes();
    if (limits.memory->count == 0) memory->fail("no program starts in 0 B: expected a size above 0, or no limit");
  }
  return limits;
}

std::map<std::string, std::string> read_weight(const Field& table) {
  std::map<std::string, std::string> weight;
  if (const auto cpu = table.find("cpu")) weight["cpu"] = formats::canonical_json(cpu->value());
  if (const auto memory = table.find("memory")) {
    (void)memory->bytes();
    weight["memory"] = memory->text();
  }
  return weight;
}

State read_state(const Field& table) {
  State state{table.key()};
  if (const auto warmup = table.find("warmup")) state.warmup = warmup->count();
  if (const auto evict = table.find("evict")) state.evict = evict->texts();
  if (const auto reads = table.find("reads")) state.reads = reads->percent();
  if (const auto prepare = table.find("prepare")) state.prepare = prepare->argv();
  if (const auto conclude = table.find("conclude")) state.conclude = conclude->argv();
  if (const auto prove = table.find("prove")) {
    const std::optional<Field> command = prove->find("command");
    state.prove = command ? command->argv() : prove->argv();
  }
  return state;
}

}  // namespace

Workload read_workload(const Field& table) {
  Workload workload;
  workload.name = table.at("name").text();
  workload.command = read_command(table);
  workload.hooks = read_hooks(table);
  if (const auto folder = table.find("working_directory")) workload.working_directory = folder->text();
  read_streams(table, workload);
  read_times(table, workload);
  if (const auto codes = table.find("success_codes")) {
    workload.success_codes = codes->value().is_array() ? codes->counts() : std::vector<int>{};
  }
  read_environment(table, workload);
  if (const auto inputs = table.find("inputs")) workload.inputs = inputs->texts();
  if (const auto limits = table.find("limits")) workload.limits = read_limits(*limits);
  if (const auto weight = table.find("weight")) workload.weight = read_weight(*weight);
  if (const auto states = table.find("states")) workload.states = states->texts();
  return workload;
}

std::vector<State> read_states(const std::optional<Field>& table, const std::vector<Workload>& workloads) {
  std::vector<State> states;
  for (const Workload& workload : workloads) {
    for (const std::string& name : workload.states) {
      const auto is_known = [&name](const State& state) { return state.name == name; };
      if (std::any_of(states.begin(), states.end(), is_known)) continue;
      const std::optional<Field> declared = table ? table->find(name) : std::nullopt;
      if (!declared && name != State{}.name) continue;  // check_definition names the workload that asks for it
      states.push_back(declared ? read_state(*declared) : State{name});
    }
  }
  for (const Field& declared : table ? table->members() : std::vector<Field>{}) {
    const auto is_meant = [&declared](const State& state) { return state.name == declared.key(); };
    if (std::none_of(states.begin(), states.end(), is_meant))
      declared.fail("no workload is tried in this state: name it in states of a workload, or leave it out");
  }
  return states;
}

}  // namespace assay::definition
