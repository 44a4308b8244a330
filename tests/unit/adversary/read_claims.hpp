#pragma once

#include <string>
#include <vector>

#include "experiments/adversary/reports/claim_draft.hpp"
#include "experiments/adversary/reports/found_claims.hpp"

namespace assay::adversary {

/// "LINE kind sign amount" of each statement of a document.
inline std::vector<std::string> read_claims(const std::string& document) {
  std::vector<std::string> texts;
  for (const FoundClaim& claim : claims_in_document(document, std::nullopt).claims) {
    texts.push_back(std::to_string(claim.statement.line) + " " + std::string(to_string(claim.statement.kind)) + " " +
                    std::string(to_string(claim.statement.sign)) + " " + amount_text(claim.statement));
  }
  return texts;
}

/// "kind what" of each contradiction of a document.
inline std::vector<std::string> read_contradictions(const std::string& document) {
  std::vector<std::string> texts;
  for (const Contradiction& contradiction : claims_in_document(document, std::nullopt).contradictions) {
    texts.push_back(std::string(to_string(contradiction.kind)) + " " + contradiction.what);
  }
  return texts;
}

}  // namespace assay::adversary
