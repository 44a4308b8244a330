#include "experiments/definition/mistakes/semantics.hpp"

namespace assay::definition {

Mistakes find_mistakes(const Definition& definition) {
  Mistakes mistakes;
  find_name_mistakes(definition, mistakes);
  find_variable_mistakes(definition, mistakes);
  find_workload_mistakes(definition, mistakes);
  find_metric_mistakes(definition, mistakes);
  find_check_mistakes(definition, mistakes);
  find_protocol_mistakes(definition, mistakes);
  find_duet_mistakes(definition, mistakes);
  find_side_by_side_mistakes(definition, mistakes);
  return mistakes;
}

void check_definition(const Definition& definition) {
  const Mistakes mistakes = find_mistakes(definition);
  if (!mistakes.empty()) throw Error(mistakes.front().text);
}

}  // namespace assay::definition
