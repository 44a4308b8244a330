#include "experiments/formats/object.hpp"
#include "experiments/formats/plan_fields.hpp"

namespace assay::formats {

template <>
const Description& description_of<CommandCheck>() {
  static const Description description =
      Object<CommandCheck>("`command` check")
          .always<&CommandCheck::command>("command", "must exit 0 after every trial");
  return description;
}

template <>
const Description& description_of<SameOutputCheck>() {
  static const Description description =
      Object<SameOutputCheck>("`same-output` check")
          .always<&SameOutputCheck::file>("file", "what every trial must write alike; empty: standard output")
          .unless_default<&SameOutputCheck::normalise>("normalise", "a filter that removes what may differ");
  return description;
}

template <>
const Description& description_of<TestInventoryCheck>() {
  static const Description description =
      Object<TestInventoryCheck>("`test-inventory` check")
          .always<&TestInventoryCheck::format>("format", "how the test report is written")
          .always<&TestInventoryCheck::file>("file", "the test report; empty: standard output");
  return description;
}

template <>
const Description& description_of<NoLeaksCheck>() {
  static const Description description =
      Object<NoLeaksCheck>("`no-leaks` check")
          .always<&NoLeaksCheck::watch>("watch", "folders that are watched in addition to those that always are")
          .always<&NoLeaksCheck::list>("list", "commands whose output is compared before and after a trial")
          .always<&NoLeaksCheck::ignore>("ignore", "patterns of paths that other programs create and remove");
  return description;
}

template <>
const Description& description_of<ConditionCheck>() {
  static const Description description =
      Object<ConditionCheck>("`condition` check")
          .always<&ConditionCheck::require>("require", "conditions that the results of every trial must meet");
  return description;
}

template <>
const Description& description_of<IsolationCheck>() {
  static const Description description =
      Object<IsolationCheck>("`isolation` check")
          .always<&IsolationCheck::file>("file",
                                         "the output that must not depend on a second instance; empty: "
                                         "standard output")
          .unless_default<&IsolationCheck::normalise>("normalise", "a filter that removes what may differ");
  return description;
}

template <>
const Description& description_of<Check>() {
  static const Description description =
      Object<Check>("check")
          .always<&Check::name>("name", "what people call it; unique in the plan")
          .kinds<&Check::kind>("kind", "what is checked", "is no kind of check that this assay knows")
          .always<&Check::workloads>("workloads", "the workloads that it is for; empty: all");
  return description;
}

}  // namespace assay::formats
