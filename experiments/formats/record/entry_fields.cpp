#include "experiments/formats/record/entry_fields.hpp"

#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/record/record_fields.hpp"
#include "experiments/formats/result/result_fields.hpp"

namespace assay::formats {

template <>
const Description& description_of<Reopening>() {
  static const Description description =
      Object<Reopening>("reopening")
          .always<&Reopening::experiment>("experiment", "the experiment's name")
          .always<&Reopening::hypothesis_sha256>("hypothesis_sha256", "the hypothesis that may be tried again")
          .always<&Reopening::environment_name>("environment", "the named class of machine")
          .always<&Reopening::ended_by>("ended_by", "SHA-256 of the record after which nothing was left to try")
          .always<&Reopening::assumption>("assumption", "the assumption that no longer holds")
          .always<&Reopening::reason>("reason", "why it no longer holds");
  return description;
}

template <>
const Description& description_of<Relaxation>() {
  static const Description description =
      Object<Relaxation>("relaxation")
          .always<&Relaxation::experiment>("experiment", "the experiment's name")
          .always<&Relaxation::target>("target", "with the limit that is to come back")
          .always<&Relaxation::to>("to", "the limit meanwhile; null: there is none")
          .always<&Relaxation::reason>("reason", "why less is asked for")
          .always<&Relaxation::until>("until", "the last day, as `2026-03-01`")
          .unless_default<&Relaxation::environment_name>(
              "environment", "the named class of machine that it holds for; every one by default");
  return description;
}

template <>
const Description& description_of<Restoration>() {
  static const Description description =
      Object<Restoration>("restoration")
          .always<&Restoration::relaxation>("relaxation", "SHA-256 of its record")
          .always<&Restoration::target>("target", "the target that is in force again")
          .always<&Restoration::reason>("reason", "why it is");
  return description;
}

template <>
const Description& description_of<Question>() {
  static const Description description =
      Object<Question>("question")
          .always<&Question::text>("text", "the question")
          .always<&Question::options>("options", "the answers that are possible")
          .always<&Question::owner>("owner", "who is to answer it")
          .always<&Question::due>("due", "a day, as `2026-03-01`; empty: no day was set");
  return description;
}

template <>
const Description& description_of<Answer>() {
  static const Description description = Object<Answer>("answer")
                                             .always<&Answer::question>("question", "SHA-256 of its record")
                                             .always<&Answer::text>("text", "the question's text")
                                             .always<&Answer::chosen>("chosen", "the option that was chosen")
                                             .always<&Answer::evidence>("evidence", "SHA-256 of records")
                                             .always<&Answer::reason>("reason", "why it was chosen");
  return description;
}

template <>
const Description& description_of<Opening>() {
  static const Description description =
      Object<Opening>("opening")
          .always<&Opening::hypothesis_sha256>("hypothesis_sha256", "the hypothesis that is tried")
          .always<&Opening::plan_sha256>("plan_sha256", "SHA-256 of the plan's canonical JSON")
          .always<&Opening::plan>("plan", "everything that is fixed before the first trial: see [plan.md](plan.md)")
          .always<&Opening::machine>("machine", "as in the record of an attempt")
          .unless_default<&Opening::contents>("contents", "what only one arm runs or reads, for each treatment")
          .unless_default<&Opening::programs>("programs", "digests of the programs of all arms, without wrappers");
  return description;
}

template <>
const Description& description_of<Closing>() {
  static const Description description =
      Object<Closing>("closing")
          .always<&Closing::opening>("opening", "SHA-256 of the opening whose attempt ended before its first block did")
          .always<&Closing::experiment>("experiment", "the experiment's name")
          .always<&Closing::hypothesis_sha256>("hypothesis_sha256", "the hypothesis that it was an attempt at")
          .always<&Closing::environment_name>("environment", "the named class of machine");
  return description;
}

template <>
const Description& description_of<Acceptance>() {
  static const Description description =
      Object<Acceptance>("acceptance")
          .always<&Acceptance::record>("record", "SHA-256 of the attempt's record, which is kept from now on")
          .always<&Acceptance::experiment>("experiment", "the experiment's name")
          .always<&Acceptance::hypothesis_sha256>("hypothesis_sha256", "its hypothesis")
          .always<&Acceptance::environment_name>("environment", "the named class of machine")
          .always<&Acceptance::finding>("finding", "what held the keep back")
          .always<&Acceptance::reason>("reason", "why it does so no longer");
  return description;
}

}  // namespace assay::formats
