#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/result/parity.hpp"

namespace assay::report {

/// Every environment side by side, and below them what is shown of each pair.
[[nodiscard]] std::string parity_text(const Parity& parity);
/// One sentence for each pair: "local and ci differ: ...".
[[nodiscard]] std::string parity_sentences(const Parity& parity);
/// The object that `assay show --parity --json` prints.
[[nodiscard]] nlohmann::json parity_json(const Parity& parity);

}  // namespace assay::report
