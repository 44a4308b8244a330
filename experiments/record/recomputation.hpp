#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace assay::experiments {

/// What is wrong with a record by itself: its text is not canonical, its plan is not the one that was hashed, a block
/// did not run in the order that the seed gives, or its result does not follow from its blocks. Nothing: all is well.
[[nodiscard]] std::optional<std::string> flaw_in(std::string_view record_text);

/// Where `found` says something else than `expected`, as "/result/verdict: recorded \"improved\", computed
/// \"equivalent\"". Reals may differ by 1e-9 of their size. Keys that only `expected` has are no difference: an older
/// assay did not know them.
[[nodiscard]] std::optional<std::string> difference_between(const nlohmann::json& found, const nlohmann::json& expected,
                                                            const std::string& pointer);

}  // namespace assay::experiments
