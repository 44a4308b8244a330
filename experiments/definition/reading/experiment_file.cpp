#include <array>

#include "core/named_variant.hpp"
#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

Shape assumptions() {
  Shape texts = shape::list_of(shape::some_text("a sentence"), "a list of sentences");
  texts.written = "list of texts";
  return texts.such_as(R"(["container runtime 27.x"])");
}

/// One of several forms of a table.
Shape one_of(const std::vector<TableDescription>& forms, std::string_view definition, std::string_view title) {
  std::vector<Shape> tables;
  for (const TableDescription& form : forms) tables.push_back(shape::table(form));
  Shape shape = shape::choice(std::move(tables), title);
  shape.definition = definition;
  return shape;
}

Shape variable() {
  return one_of(variable_tables(), "variable",
                "exactly one variable, a single table [variable] with kind, control and treatment");
}

Shape check() {
  return one_of(check_tables(), "check", "a table [[check]] with name and kind");
}

}  // namespace

const TableDescription& experiment_table() {
  static const TableDescription description =
      Table<Definition>({.definition = "experiment",
                         .title = "a table [experiment] with id and hypothesis",
                         .meaning = "What is asked."})
          .key<&Definition::id>(
              {.name = "id",
               .shape =
                   shape::text(R"(a short name of lowercase letters, digits and "-")").such_as(R"("readiness-poll")"),
               .meaning = "at most 64 lowercase letters, digits and `-`; what records and messages call the experiment",
               .need = Need::required})
          .key<&Definition::hypothesis>(
              {.name = "hypothesis",
               .shape =
                   shape::some_text("a sentence").such_as(R"("Polling the health endpoint makes a deploy faster")"),
               .meaning = "what the change is believed to do, written before the first trial",
               .need = Need::required})
          .key<&Definition::assumptions>(
              {"assumptions", assumptions(),
               "what must stay true for the decision to hold; recorded. A dead end is reopened only if one of them has "
               "changed",
               "none"})
          .key<&Definition::phase>(
              {"phase", shape::some_text("the name of a phase").such_as(R"("pull")"),
               "the phase of a baseline that the change is to shorten: `assay plan` shows the most that it can gain, "
               "and refuses an idea that cannot reach the margin",
               "none"})
          .key_in<&Definition::protocol, &Protocol::goal>(
              {"goal", shape::name_of<Goal>("what is to be shown"),
               "whether better by the margin is to be shown, or only not worse by it (refactorings, gates)"});
  return description;
}

const TableDescription& experiment_file_table() {
  static const TableDescription description =
      Table<Definition>({.title = "an assay experiment",
                         .meaning = "What differs, what is run, what is measured, and the rules of the trial. "
                                    "docs/formats/experiment.md explains every key."})
          .key_read_later({"$schema", shape::text("the address of this schema"),
                           "for editors; assay itself always uses the schema that it was built with"})
          .key_read_later({.name = "experiment", .shape = shape::table(experiment_table()), .need = Need::required})
          .key_read_later({.name = "variable",
                           .shape = variable(),
                           .meaning = "The one thing that differs between the arms.",
                           .need = Need::required})
          .key_read_later({.name = "workload",
                           .shape = shape::some_of(shape::table(table_of<Workload>()),
                                                   "a list of one or more workloads, each a table [[workload]] of its "
                                                   "own"),
                           .meaning = "What is run in both arms.",
                           .need = Need::required})
          .key_read_later({"state",
                           shape::by_name(shape::table(table_of<State>()), "tables named after states: [state.warm]"),
                           "How caches and services stand when a trial starts. The state \"warm\" exists without being "
                           "declared."})
          .key_read_later({.name = "metric",
                           .shape = shape::some_of(shape::table(table_of<Metric>()),
                                                   "a list of one or more metrics, each a table [[metric]] of its own"),
                           .meaning = "What is measured. Exactly one is primary.",
                           .need = Need::required})
          .key_read_later({"check", shape::list_of(check(), "a list of checks, each a table [[check]] of its own"),
                           "What must hold on the very trials that are timed; a failure vetoes any speed."})
          .key_read_later({"plant",
                           shape::list_of(shape::table(table_of<Plant>()),
                                          "a list of faults to plant, each a table [[plant]] of its own"),
                           "Faults that the checks have to catch. A challenge plants them into both arms."})
          .key_read_later({"target",
                           shape::list_of(shape::table(table_of<Target>()),
                                          "a list of targets, each a table [[target]] of its own"),
                           "Limits that metrics must keep. Asking for less than before takes assay relax."})
          .key_read_later({"budget", shape::table(table_of<Budget>()),
                           "The most that one trial may take of its node; a change that takes more is not kept."})
          .key_read_later({"protocol", shape::table(table_of<Protocol>()), ""})
          .key_read_later({"simulated", shape::table(table_of<Simulation>()), ""});
  return description;
}

}  // namespace assay::definition
