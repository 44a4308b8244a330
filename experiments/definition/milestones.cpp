#include "experiments/definition/milestones.hpp"

#include "experiments/definition/document.hpp"
#include "experiments/formats/record/milestone_json.hpp"

namespace assay::definition {

std::vector<Milestone> parse_milestones(const SourceText& source) {
  const Document document = read_document(source);
  return formats::milestones_at(formats::Field::of_document(document));
}

}  // namespace assay::definition
