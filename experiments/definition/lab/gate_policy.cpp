#include "experiments/definition/lab/gate_policy.hpp"

#include "experiments/definition/document.hpp"
#include "experiments/definition/lab/lab_file.hpp"

namespace assay::definition {
namespace {

/// The outcomes that fail the gate.
struct Outcomes {
  static void read(const Field& field, std::set<GateOutcome>& outcomes) {
    outcomes.clear();
    for (const Field& element : field.elements()) outcomes.insert(element.name_of<GateOutcome>());
  }
  static std::string json(const std::set<GateOutcome>& outcomes) {
    std::string text;
    for (const GateOutcome outcome : outcomes) text += (text.empty() ? "" : ",") + in_json(to_string(outcome));
    return "[" + text + "]";
  }
};

Shape outcomes() {
  return shape::list_of(shape::name_of<GateOutcome>("an outcome of a gate"), "a list of outcomes of a gate")
      .such_as(R"(["regressed", "guard", "inconclusive", "invalid"])");
}

void check_policy(GatePolicy& policy, const Field& table) {
  if (policy.alert.value <= 0) table.at("alert").fail("expected more than 0%");
  for (const GateOutcome good : {GateOutcome::passed, GateOutcome::unchanged}) {
    if (fails(policy, good))
      table.at("fail_on").fail("a gate cannot fail on \"passed\" or \"unchanged\": leave it out");
  }
}

}  // namespace

template <>
const TableDescription& table_of<GatePolicy>() {
  static const TableDescription description =
      Table<GatePolicy>({.title = "a table with the keys of a gate", .meaning = "How a gate judges."})
          .key<&GatePolicy::experiments>(
              {"experiments", shape::globs("a list of paths with *, ? and **", "a path").such_as(R"(["bench/*.toml"])"),
               "the experiment files that are judged, from the top of the repository; their variable is of the kind "
               "`\"revision\"`",
               "none: they are named on the command line"})
          .key<&GatePolicy::judges>(
              {"judges", shape::globs("a list of paths with *, ? and **", "a path").such_as(R"(["bench/**"])"),
               "other files that judge, such as scripts that checks run: the change is measured with the base's "
               "versions of them",
               "none"})
          .key<&GatePolicy::alert>({"alert", shape::percent(),
                                    "the loss of the primary metric that is not accepted, in place of its margin"})
          .key<&GatePolicy::fail_on, Outcomes>({"fail_on", outcomes(), "the outcomes that fail the gate"})
          .key<&GatePolicy::fails_on_changed_rules>(
              {"fail_on_changed_rules", shape::truth(),
               "whether a change of a file that judges fails the gate, so that a person has to merge it"})
          .then<check_policy>();
  return description;
}

GatePolicy parse_gate_policy(const SourceText& source) {
  return read_lab_file<GatePolicy>(source);
}

}  // namespace assay::definition
