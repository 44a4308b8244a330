#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "experiments/interop/unpaired.hpp"
#include "experiments/interop/unpaired_shares.hpp"

namespace assay::report {

/// The finding is the first line. \param time_unit  as in TextStyle.
[[nodiscard]] std::string unpaired_text(const interop::UnpairedResult& result,
                                        const interop::UnpairedQuestion& question, std::string_view time_unit);
[[nodiscard]] nlohmann::json unpaired_json(const interop::UnpairedResult& result,
                                           const interop::UnpairedQuestion& question);

/// The same for shares.
[[nodiscard]] std::string unpaired_shares_text(const interop::UnpairedShares& result,
                                               const interop::UnpairedQuestion& question);
[[nodiscard]] nlohmann::json unpaired_shares_json(const interop::UnpairedShares& result,
                                                  const interop::UnpairedQuestion& question);

}  // namespace assay::report
