#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "experiments/adversary/reports/backing.hpp"
#include "experiments/adversary/reports/contradictions.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"
#include "experiments/record/lab.hpp"

namespace assay::adversary {

/// A statement of a document with the records that may stand behind it.
struct FoundClaim {
  Statement statement;
  std::vector<ShownEffect> backing;
};

/// What a document claims.
struct FoundClaims {
  std::vector<FoundClaim> claims;  ///< in the order of their lines
  std::vector<Contradiction> contradictions;
};

/// Reads a report in Markdown or plain text. \param lab  std::nullopt: no record stands behind anything
/// \throws Error if a record of the lab cannot be read.
[[nodiscard]] FoundClaims claims_in_document(std::string_view document, const std::optional<record::Lab>& lab);

}  // namespace assay::adversary
