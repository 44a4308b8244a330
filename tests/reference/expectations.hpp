#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "core/result/result.hpp"
#include "stats/hypothesis_test.hpp"

namespace assay::test {

/// The entry's "alternative" in SciPy's words: two-sided, less, greater.
[[nodiscard]] stats::Alternative alternative_of(const nlohmann::json& entry);

/// Compares with the entry's value of that name within its tolerance; an entry without it, or with null, says nothing.
void expect_named(const nlohmann::json& entry, const char* name, double actual);
/// The same for the two ends of an interval.
void expect_interval(const nlohmann::json& entry, const char* name, const Interval& actual);

}  // namespace assay::test
