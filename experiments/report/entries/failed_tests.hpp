#pragma once

#include <string>

#include "core/result/result.hpp"

namespace assay::report {

/// The tests that failed a check, with how often: "in treatment only: a (5 of 9 trials); in both arms: b (3 of 9 of
/// control, 2 of 9 of treatment)". At most five of each kind are named. Empty if there are none.
[[nodiscard]] std::string failed_tests_text(const CheckResult& check);

}  // namespace assay::report
