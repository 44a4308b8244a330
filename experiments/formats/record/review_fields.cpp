#include "experiments/formats/object.hpp"
#include "experiments/formats/record/entry_fields.hpp"

namespace assay::formats {

template <>
const Description& description_of<ReviewItem>() {
  static const Description description =
      Object<ReviewItem>("reviewed item")
          .always<&ReviewItem::aspect>("aspect", "which side of the subject was looked at")
          .always<&ReviewItem::of>("of", "a workload and its state, a command, a target or an experiment")
          .unless_default<&ReviewItem::name>("name", "the metric, the phase, or the place of a lever")
          .unless_default<&ReviewItem::stated>("stated", "in words; absent: nothing was stated")
          .unless_default<&ReviewItem::found>("found", "in words; absent: nothing was found")
          .always<&ReviewItem::fault>("fault", "what is wrong with it");
  return description;
}

template <>
const Description& description_of<Review>() {
  static const Description description =
      Object<Review>("review")
          .always<&Review::subject>("subject", "what was challenged")
          .always<&Review::text>("text", "what it says or measured, in one line")
          .always<&Review::record>("record",
                                   "SHA-256 of the record that it is about: of a baseline, an attempt or an adoption")
          .unless_default<&Review::document>("document", "the document that was read, from the lab's root")
          .unless_default<&Review::document_sha256>("document_sha256", "of its content")
          .unless_default<&Review::target>("target", "the name of the target that it is about")
          .always<&Review::claimant>("claimant", "who recorded that")
          .always<&Review::number>("number", "counts the reviews of the same subject")
          .always<&Review::environment_name>("environment", "the named class of machine")
          .always<&Review::machine>("machine", "where it was done, in one line")
          .unless_default<&Review::revision>("revision", "the commit that was measured")
          .always<&Review::independence>("independence", "whether somebody else than the claimant did it")
          .always<&Review::again>("again", "what was done afresh")
          .always<&Review::not_again>("not_again", "what was not")
          .always<&Review::items>("items", "everything that was looked at")
          .always<&Review::grade>("grade", "what that comes to")
          .if_set<&Review::samples>("samples", "what was measured afresh, as a baseline with all of its trials");
  return description;
}

}  // namespace assay::formats
