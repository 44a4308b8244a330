#include <algorithm>

#include "experiments/definition/reading/readers.hpp"
#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

const TableDescription& command_proof() {
  static const TableDescription description = [] {
    TableDescription table{.title = "{ command = [...] }"};
    table.keys.push_back({.name = "command", .shape = shape::words(), .need = Need::required});
    return table;
  }();
  return description;
}

const TableDescription& shell_proof() {
  static const TableDescription description = [] {
    TableDescription table{.title = R"({ shell = "..." })"};
    table.keys.push_back({.name = "shell", .shape = shape::shell_line(), .need = Need::required});
    return table;
  }();
  return description;
}

Shape proof() {
  Shape proof = shape::choice({shape::table(command_proof()), shape::table(shell_proof())},
                              R"({ command = [...] } or { shell = "..." })");
  proof.written = R"(`{ command = [...] }` or `{ shell = "..." }`)";
  return proof.such_as(R"({ "command": ["./no-images.sh"] })");
}

void read_proof(const Field& field, State& state) {
  const std::optional<Field> command = field.find("command");
  state.prove = command ? command->argv() : field.argv();
}

Shape evicted() {
  Shape paths = shape::globs("a list of one or more paths, from the file's folder; *, ? and ** stand for names",
                             "a path, from the file's folder");
  paths.fewest = 1;
  return paths.such_as(R"(["images/**"])");
}

State read_state(const Field& table) {
  State state{table.key()};
  read_table(table_of<State>(), table, &state);
  return state;
}

}  // namespace

template <>
const TableDescription& table_of<State>() {
  static const TableDescription description =
      Table<State>({.definition = "state", .title = "a table [state.NAME]"})
          .key<&State::warmup>({"warmup", shape::whole_number({0, 1000}, "a whole number from 0 to 1000").such_as("1"),
                                "trials of each arm that are thrown away before the first block"})
          .key<&State::evict>({"evict", evicted(),
                               "files that are put out of memory before every trial, and proven to be out of it; "
                               "relative to the file's folder",
                               "none"})
          .key<&State::reads>({"reads", shape::percent(),
                               "the least share of the evicted bytes that every trial must fetch, from 0% to 100%: a "
                               "trial below it was served from elsewhere; `\"0%\"` if an arm is meant to read less"})
          .key<&State::prepare, FileAction>(
              {"prepare", shape::action(), "run before every trial, after the workload's `prepare`", "none"})
          .key<&State::conclude, FileAction>(
              {"conclude", shape::action(), "run after every trial, before the workload's `conclude`", "none"})
          .key_read_by<read_proof>({"prove", proof(),
                                    "must exit 0 just before every trial: proves what the program cannot see, such as "
                                    "an image store or a remote cache",
                                    "none"});
  return description;
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
