#include "experiments/formats/result/printed_result_fields.hpp"

#include "experiments/formats/object.hpp"

namespace assay::formats {

template <>
const Description& description_of<PrintedHeading>() {
  static const Description description =
      Object<PrintedHeading>("heading")
          .constant<ConstantCodec<kPrintedVersion>>("schema_version", "another one would change what a key means")
          .always<&PrintedHeading::command>("command", "the command that printed the result")
          .always<&PrintedHeading::experiment>("experiment", "id of the experiment")
          .always<&PrintedHeading::record>("record", "number of the record; null if there is none")
          .always<&PrintedHeading::record_name>("record_name", "the record's number and the id of the experiment")
          .always<&PrintedHeading::record_sha256>("record_sha256", "of the record's file", kSha256)
          .always<&PrintedHeading::plan_sha256>("plan_sha256", "of the plan's canonical JSON", kSha256)
          .always<&PrintedHeading::seed>("seed", "the seed of the plan")
          .always<&PrintedHeading::environment>("environment", "the named class of machine")
          .unless_default<&PrintedHeading::simulated>("simulated", "true if the trials were drawn, not run")
          .unless_default<&PrintedHeading::side_by_side>(
              "side_by_side", "the groups of workloads that ran at once, if that was asked for")
          .always<&PrintedHeading::actor>("actor", "who ran it, if that is known")
          .always<&PrintedHeading::attempt>("attempt", "counts the attempts at the hypothesis", kFromOne)
          .always<&PrintedHeading::attempts_left>(
              "attempts_left", "how many attempts the plan still allows; null if they are not counted");
  return description;
}

template <>
const Description& description_of<PrintedSupport>() {
  static const Description description = Object<PrintedSupport>("support").always<&PrintedSupport::support>(
      "support", "if a keep rests on the comparison: what stood behind it beside its figures");
  return description;
}

}  // namespace assay::formats
