#pragma once

#include <optional>
#include <string>

#include "core/text/date.hpp"
#include "experiments/record/lab.hpp"

namespace assay::record {

/// Limits which records are computed again. The chain, the entries' names and the signatures of all records are
/// verified in any case.
struct VerificationScope {
  std::optional<int> since_number;
  std::optional<Date> since_date;
  int threads = 1;
};

/// The first thing that was found to be wrong.
struct Difference {
  std::string where;  ///< the record or document
  std::string what;
};

/// What was verified, up to the first difference.
struct Verification {
  std::size_t records = 0;
  std::size_t recomputed = 0;
  std::size_t sections = 0;  ///< of DECISIONS.md
  std::size_t signatures = 0;
  std::optional<Difference> difference;
};

/// Recomputes verdict, looks, effects and decision of every record in scope only from its samples; checks that the
/// chain is whole, that DECISIONS.md says what the records say, and that every signature is good. Reads the records
/// themselves, never the index. docs/methods/verification.md
/// \throws Error if something cannot be read. A flaw of a record is not an error but a difference.
/// Cost: about 0.3 ms a record, and some 10 ms more if it is computed again.
[[nodiscard]] Verification verify_lab(const Lab& lab, const VerificationScope& scope);

}  // namespace assay::record
