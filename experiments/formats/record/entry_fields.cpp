#include "experiments/formats/record/entry_fields.hpp"

#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"

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
          .always<&Relaxation::until>("until", "the last day, as `2026-03-01`");
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

}  // namespace assay::formats
