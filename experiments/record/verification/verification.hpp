#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/text/date.hpp"
#include "experiments/record/lab.hpp"

namespace assay::record {

/// Limits which records are computed again. A date counts by its place in the chain: from the first record of that day
/// or later on, all are computed again, whatever date they state, and so is every head, which no later record vouches
/// for. The chain, the entries' names and the signatures of all records are
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
  std::vector<Difference> notes;  ///< what is odd in a record, but no flaw
  std::optional<Difference> difference;
};

/// Recomputes verdict, looks, effects and decision of every record in scope only from its samples; checks that the
/// chain is whole, that DECISIONS.md and docs/perf say what the records say, and that every signature is good. Reads
/// the records themselves, never the index. docs/methods/verification.md \throws Error if something cannot be read. A
/// flaw of a record is not an error but a difference. Cost: about 0.3 ms a record, and some 10 ms more if it is
/// computed again.
[[nodiscard]] Verification verify_lab(const Lab& lab, const VerificationScope& scope);

}  // namespace assay::record
