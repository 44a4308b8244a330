#include "experiments/formats/result/result_schema.hpp"

#include <array>

#include "experiments/formats/json_schema.hpp"
#include "experiments/formats/result/printed_result_fields.hpp"
#include "experiments/formats/result/result_fields.hpp"

namespace assay::formats {

std::string result_schema() {
  constexpr std::string_view kNote = "--json only.";
  const std::array printed = {
      SchemaAddition{description_of<AttemptResult>, description_of<PrintedHeading>, kNote},
      SchemaAddition{description_of<Comparison>, description_of<PrintedSupport>, kNote},
  };
  return json_schema({.id = "https://assay.example.org/result.schema.json",
                      .title = "what assay prints with --json after an attempt, and what a record holds as its result",
                      .description = "docs/formats/result.md explains every key. Keys may be added; what is here keeps "
                                     "its meaning."},
                     description_of<AttemptResult>(), printed);
}

}  // namespace assay::formats
