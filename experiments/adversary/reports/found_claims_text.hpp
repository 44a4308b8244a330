#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/adversary/reports/found_claims.hpp"

namespace assay::adversary {

/// Each statement with its line, what was understood, a draft of its claim and the records that may stand behind it;
/// then what does not fit together. \param path  of the document, as the user named it
[[nodiscard]] std::string found_claims_text(const FoundClaims& found, const std::string& path);
[[nodiscard]] nlohmann::json found_claims_json(const FoundClaims& found);

}  // namespace assay::adversary
