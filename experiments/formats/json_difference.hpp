#pragma once

#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

namespace assay::formats {

/// Where `found` says something else than `expected`, as "/result/verdict: recorded \"improved\", computed
/// \"equivalent\"". Reals may differ by 1e-9 of their size. Keys that only `expected` has are no difference: an older
/// assay did not know them.
[[nodiscard]] std::optional<std::string> difference_between(const nlohmann::json& found, const nlohmann::json& expected,
                                                            const std::string& pointer);

}  // namespace assay::formats
