#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "experiments/record/verification/verification.hpp"

namespace assay::record {

/// A section as it is in a document.
struct SectionPlace {
  std::string_view document;  ///< its name: "DECISIONS.md"
  std::size_t line = 0;       ///< of its first marker; counts from 1
  std::string_view whole;     ///< with its markers
};

/// Names the first line in which a section is not what its record says.
/// \param record  the record's name
[[nodiscard]] Difference section_difference(const SectionPlace& found, std::string_view expected,
                                            std::string_view record);

}  // namespace assay::record
