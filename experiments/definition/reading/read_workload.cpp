#include <nlohmann/json.hpp>

#include "experiments/definition/reading/tables.hpp"
#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {
namespace {

Shape command() {
  Shape words = shape::words();
  words.definition = "";
  words.title = R"(a list of words, the program first (a line for the shell is written shell = "..." instead))";
  return words;
}

Shape shell() {
  Shape line = shape::shell_line();
  line.definition = "";
  return line;
}

void read_command(Workload& workload, const Field& table) {
  const auto command = table.find("command");
  const auto shell = table.find("shell");
  if (command && shell) shell->fail("either command or shell says what is timed: leave one out");
  if (command) workload.command = command->argv();
  if (shell) workload.command = formats::shell_argv(shell->text());
}

const TableDescription& setup_table() {
  static const TableDescription description =
      Table<Hooks>({.title = "a table with command or shell, and per"})
          .key_read_later({"command", shape::words(), "what is run", "`shell`"})
          .key_read_later({"shell", shape::shell_line(), "in its place, a line for `/bin/sh`", "`command`"})
          .key<&Hooks::setup_per>({"per", shape::name_of<SetupPer>("how often a setup runs"),
                                   "`arm`: once, before the arm's first trial; `trial`: before each trial"});
  return description;
}

Shape setup() {
  Shape setup = shape::choice({shape::words(), shape::table(setup_table())},
                              "a list of words, or a table with command or shell, and per = \"trial\" if need be");
  setup.written = "action, or a table with `command` or `shell`, and `per`";
  return setup.such_as(R"(["./start-server.sh"])").such_as(R"({ "shell": "./start-server.sh &", "per": "trial" })");
}

void read_setup(const Field& field, Workload& workload) {
  if (field.is_list()) {
    workload.hooks.setup = field.argv();
    return;
  }
  const auto command = field.find("command");
  const auto shell = field.find("shell");
  if (!command && !shell) field.fail("says nothing to run: add command = [\"./start.sh\"] or shell = \"...\"");
  if (command && shell) shell->fail("either command or shell says what is run: leave one out");
  read_table(setup_table(), field, &workload.hooks);
  workload.hooks.setup = command ? command->argv() : formats::shell_argv(shell->text());
}

void read_output(const Field& field, Workload& workload) {
  const bool is_pipe = field.text() == to_string(OutputTarget::pipe);
  workload.standard_output = is_pipe ? OutputTarget::pipe : OutputTarget::file;
  if (!is_pipe) workload.output_file = field.text();
}

/// A list, or "any".
struct SuccessCodes : FileValue<std::vector<int>> {
  static void read(const Field& field, std::vector<int>& codes) {
    codes = field.is_list() ? field.counts() : std::vector<int>{};
  }
};

Shape success_codes() {
  constexpr std::string_view kTitle = "a list of exit codes from 0 to 255, or \"any\"";
  static constexpr std::string_view kAny[] = {"any"};
  const Shape code = shape::whole_number({0, 255}, "an exit code from 0 to 255");
  Shape codes =
      shape::choice({shape::some_of(code, ""), {.type = Shape::Type::name, .title = kTitle, .names = kAny}}, kTitle);
  codes.written = "list of 0 to 255, or `\"any\"`";
  return codes.such_as("[0, 1]");
}

Shape pass() {
  Shape names =
      shape::list_of(shape::text("the name of an environment variable"), "a list of names of environment variables");
  names.written = "list of names";
  return names.such_as(R"(["JAVA_HOME"])");
}

Shape states() {
  Shape names = shape::some_of(shape::text("the name of a state"), "a list of names of states");
  names.written = "list of names";
  return names.such_as(R"(["warm"])");
}

Shape control_phases() {
  Shape names = shape::some_of(shape::name(), "a list of names of phases");
  names.written = "list of names";
  return names.such_as(R"(["connect"])");
}

Shape inputs() {
  return shape::globs("a list of paths, * and ** allowed", "a path, * and ** allowed")
      .such_as(R"(["recipes/custom-html/**"])");
}

Shape settings() {
  return shape::by_name(shape::text("text in quotes"), "a table of environment variables and their values")
      .such_as(R"({ "LC_ALL": "C" })");
}

Shape cpus() {
  const Shape cpu = shape::whole_number({0, 4095}, "the number of a CPU, from 0");
  Shape cpus = shape::some_of(cpu, "a list of numbers of CPUs, counted from 0");
  cpus.written = "list of numbers";
  return cpus.such_as("[0, 1]");
}

void check_limits(Limits& limits, const Field& table) {
  if (limits.memory && limits.memory->count == 0)
    table.at("memory").fail("no program starts in 0 B: expected a size above 0, or no limit");
}

using Weight = std::map<std::string, std::string>;

void read_cpu_weight(const Field& field, Weight& weight) {
  weight["cpu"] = formats::canonical_json(field.value());
}

void read_memory_weight(const Field& field, Weight& weight) {
  (void)field.bytes();
  weight["memory"] = field.text();
}

void read_weight(const Field& field, Workload& workload) {
  read_table(weight_table(), field, &workload.weight);
}

void check_place_of_spans(const Field& field, const Workload& workload) {
  if (workload.results.empty()) field.fail("is a place in the file of results: say results = \"FILE\", too");
  try {
    (void)nlohmann::json::json_pointer(workload.spans);
  } catch (const nlohmann::json::parse_error&) {
    field.fail("expected a JSON pointer, whose steps begin with / each, such as \"/timing\"");
  }
}

void finish_workload(Workload& workload, const Field& table) {
  read_command(workload, table);
  if (workload.timeout <= nanoseconds::zero())
    table.at("timeout").fail("a trial needs some time: expected more than 0 s");
  if (const auto spans = table.find("spans")) check_place_of_spans(*spans, workload);
  const auto pass = table.find("pass");
  if (pass && workload.environment != EnvironmentPolicy::clean)
    pass->fail("means nothing without environment = \"clean\": an inherited environment passes every name");
}

/// What is run.
void add_command_keys(Table<Workload>& table) {
  table
      .key<&Workload::name>({.name = "name",
                             .shape = shape::name().such_as(R"("custom-html")"),
                             .meaning = "what results call it",
                             .need = Need::required})
      .key_read_later({"command", command(), "what is timed, without a shell; left out if the variable is the command"})
      .key_read_later({"shell", shell(), "in its place, a line for `/bin/sh`; the shell's own start is timed with it"});
}

/// What is run around the trials.
void add_hook_keys(Table<Workload>& table) {
  table
      .key_read_by<read_setup>({"setup", setup(),
                                "run once per arm, before its first trial; with `per = \"trial\"` before each "
                                "trial ([trial.md](../methods/trial.md)). What it leaves running lives until "
                                "`cleanup`",
                                "none"})
      .key_in<&Workload::hooks, &Hooks::prepare, FileAction>(
          {"prepare", shape::action(), "run before every trial, outside the clock", "none"})
      .key_in<&Workload::hooks, &Hooks::conclude, FileAction>(
          {"conclude", shape::action(), "run after every trial, outside the clock", "none"})
      .key_in<&Workload::hooks, &Hooks::cleanup, FileAction>(
          {"cleanup", shape::action(),
           "run once per arm, after its last trial; after each trial if `setup` is run before "
           "each",
           "none"});
}

/// How long a trial may take, and where it reads and writes.
void add_trial_keys(Table<Workload>& table) {
  table.key<&Workload::timeout>({"timeout", shape::duration(), "a trial that takes longer is ended and has failed"})
      .key<&Workload::grace>({"grace", shape::duration(),
                              "time between the polite signal (SIGTERM) and the last one (SIGKILL) at a timeout"})
      .key<&Workload::working_directory>(
          {"working_directory", shape::path("a path, relative to the folder of this file").such_as(R"("service")"),
           "where trials start", "the file's folder"})
      .key<&Workload::standard_input>(
          {"input", shape::path("a path, relative to the folder of this file").such_as(R"("input.txt")"),
           "the file that is standard input", "`/dev/null`"})
      .key_read_by<read_output>(
          {"output", shape::path("a path, from the working directory, or \"pipe\"").such_as(R"("out.txt")"),
           "the file that standard output goes to; or `\"pipe\"`: assay reads it and drops it (a file of that name "
           "is `./pipe`)",
           "`/dev/null`, unless a metric or check reads it"})
      .key<&Workload::success_codes, SuccessCodes>(
          {"success_codes", success_codes(), "exit codes of a trial that counts as measured"});
}

/// Where the variables of its environment come from.
void add_environment_keys(Table<Workload>& table) {
  table
      .key<&Workload::environment>(
          {"environment", shape::name_of<EnvironmentPolicy>("where a trial's environment comes from"),
           "`inherit`: the caller's environment, frozen before the first trial, without what belongs to its "
           "terminal and session; `clean`: only PATH, HOME, LANG and TMPDIR, and what `pass` and `set` name"})
      .key<&Workload::pass>(
          {"pass", pass(), "variables that a clean environment lets through; an error with an inherited one", "none"})
      .key<&Workload::set>({"set", settings(),
                            "environment variables that are set in both arms; never the one that the variable "
                            "varies",
                            "none"});
}

/// What is read of a trial, and what it reads.
void add_report_keys(Table<Workload>& table) {
  table
      .key<&Workload::results>({"results",
                                shape::path("a path, from the working directory").such_as(R"("results.json")"),
                                "the file that `json:` and `regex:` metrics are read from", "standard output"})
      .key<&Workload::spans>(
          {"spans", shape::some_text("a JSON pointer, a place in the file of results").such_as(R"("/timing")"),
           "where the spans stand in `results`, in any form of [spans.md](spans.md#forms); the values there may be "
           "seconds by name",
           "the file itself, or its member `traceEvents`, `resourceSpans`, `spans` or `phases`"})
      .key<&Workload::inputs>(
          {"inputs", inputs(), "files that the workload reads and that must be the same for both arms; hashed", "none"})
      .key<&Workload::inputs_from>(
          {"inputs_from", shape::some_text("how to make the inputs").such_as(R"("./make-data.sh 10000")"),
           "how to make inputs that are in no commit: a command or a sentence for people, which is never run. "
           "`assay challenge` says it if one is missing",
           "none"})
      .key_read_later({"control_phases", control_phases(),
                       "phases that the change cannot touch, read from the trial's spans: if one of them moves by "
                       "more than the primary metric's margin, the result is `invalid: confounded` "
                       "([diagnostics](../methods/diagnostics.md))",
                       "none"});
}

/// In which states it is tried, and what it may take of its node.
void add_state_and_limit_keys(Table<Workload>& table) {
  table.key<&Workload::states>({"states", states(), "the states in which it is tried; each has a verdict of its own"})
      .key_read_by<read_weight>({"weight", shape::table(weight_table()).such_as(R"({ "cpu": 1, "memory": "1 GiB" })"),
                                 "what a trial takes of its node; `side_by_side` goes by it", "none"})
      .key<&Workload::limits>(
          {"limits", shape::table(table_of<Limits>()), "what a trial may use, the same in both arms", "the caller's"});
}

}  // namespace

template <>
const TableDescription& table_of<Limits>() {
  static const TableDescription description =
      Table<Limits>({.title = "a table of limits"})
          .key<&Limits::cpus>({"cpus", cpus(),
                               "the CPUs on which a trial may run; in a duet the two that the arms have",
                               "those of the caller"})
          .key<&Limits::nice>({"nice", shape::whole_number({-20, 19}, "a whole number from -20 to 19").such_as("0"),
                               "the scheduling priority; a value below the caller's own needs privileges",
                               "that of the caller"})
          .key<&Limits::memory>({"memory", shape::size(), "the most address space that each process may have", "none"})
          .key<&Limits::open_files>({"open_files",
                                     shape::whole_number({3, 1 << 30}, "a whole number of at least 3").such_as("1024"),
                                     "the most files that each process may have open", "that of the caller"})
          .then<check_limits>();
  return description;
}

const TableDescription& weight_table() {
  static const TableDescription description =
      Table<Weight>({.title = "a table of declared needs"})
          .key_read_by<read_cpu_weight>({"cpu",
                                         {.type = Shape::Type::number,
                                          .title = "a number of CPUs from 0.001 to 1000000",
                                          .examples = {"1"},
                                          .from = 0.001,
                                          .to = 1e6},
                                         "CPUs that a trial keeps busy",
                                         "as many as `limits.cpus` names, else 1"})
          .key_read_by<read_memory_weight>({"memory", shape::size(), "memory that a trial needs", "none"});
  return description;
}

template <>
const TableDescription& table_of<Workload>() {
  static const TableDescription description = [] {
    Table<Workload> table({.definition = "workload", .title = "a table [[workload]] with name and command"});
    add_command_keys(table);
    add_hook_keys(table);
    add_trial_keys(table);
    add_environment_keys(table);
    add_report_keys(table);
    add_state_and_limit_keys(table);
    return TableDescription(table.then<finish_workload>());
  }();
  return description;
}

}  // namespace assay::definition
