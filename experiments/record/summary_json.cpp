#include "experiments/record/summary_json.hpp"

#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/result/result_fields.hpp"

namespace assay::formats {

using record::RecordSummary;

template <>
const Description& description_of<record::MachineIdentity>() {
  static const Description description =
      Object<record::MachineIdentity>("machine")
          .always<&record::MachineIdentity::boot_id>("boot_id", "changes with every start of the machine")
          .always<&record::MachineIdentity::description>("description", "name, processor and memory");
  return description;
}

template <>
const Description& description_of<RecordSummary>() {
  static const Description description =
      Object<RecordSummary>("summary")
          .always<&RecordSummary::name>("name", "the record's file, less \".json\"")
          .always<&RecordSummary::kind>("kind", "what the record is about")
          .always<&RecordSummary::sha256>("sha256", "of the file")
          .always<&RecordSummary::plan_sha256>("plan_sha256", "of the plan")
          .always<&RecordSummary::hypothesis_sha256>("identity_2", "SHA-256 of the hypothesis by the second numbering")
          .always<&RecordSummary::attempt>("attempt", "counts from 1")
          .always<&RecordSummary::attempts>("attempts", "the most there may be")
          .always<&RecordSummary::alpha>("alpha", "of all attempts")
          .always<&RecordSummary::exploratory>("exploratory", "true: made by `assay compare`")
          .always<&RecordSummary::simulated>("simulated", "true: no machine was measured")
          .always<&RecordSummary::number>("number", "for people")
          .always<&RecordSummary::experiment>("experiment", "the experiment's name")
          .always<&RecordSummary::hypothesis>("hypothesis", "its sentence, or an entry's headline")
          .if_set<&RecordSummary::verdict>("verdict", "of the attempt")
          .if_set<&RecordSummary::decision>("decision", "of the attempt")
          .if_set<&RecordSummary::reason>("reason", "of the decision")
          .if_set<&RecordSummary::grade>("grade", "of the samples of a challenge")
          .always<&RecordSummary::no_better_level>("no_better_level", "true: of a race that its first level won")
          .always<&RecordSummary::targets>("targets", "of the plan")
          .always<&RecordSummary::settles>("settles", "SHA-256 of the record that an entry settles")
          .unless_default<&RecordSummary::reopens>("reopens", "SHA-256 of the record whose dead end is lifted")
          .always<&RecordSummary::about>("about", "SHA-256 of the attempt that an entry is about")
          .unless_default<&RecordSummary::parts>("parts", "SHA-256 of the attempts that a gain measured together")
          .unless_default<&RecordSummary::changes>("changes", "what earlier attempts asked for otherwise")
          .always<&RecordSummary::questions>("questions", "what the plan asks, in no particular words")
          .unless_default<&RecordSummary::contents>("contents", "what only one arm runs or reads")
          .unless_default<&RecordSummary::programs>("programs", "digests of what the arms run")
          .always<&RecordSummary::machine>("machine", "on which it was measured")
          .unless_default<&RecordSummary::near>("near", "records of other questions that the attempt was near to")
          .always<&RecordSummary::created_ns>("created_ns", "Unix time")
          .always<&RecordSummary::actor>("actor", "who acted")
          .unless_default<&RecordSummary::git_identity>("git_identity", "git's user.email then")
          .always<&RecordSummary::environment_name>("environment", "the named class of machine")
          .always<&RecordSummary::parents>("parents", "SHA-256 of all heads known then");
  return description;
}

}  // namespace assay::formats

namespace assay::record {

std::string summary_json(const RecordSummary& summary) {
  return formats::text_of(summary);
}

RecordSummary parse_summary(std::string_view text) {
  const nlohmann::json document = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (document.is_discarded()) throw Error("not a summary of a record");
  return formats::read_as<RecordSummary>(formats::Field(document));
}

}  // namespace assay::record
