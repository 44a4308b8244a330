#pragma once

#include <vector>

#include <rapidcheck.h>

namespace assay::test {

/// Block effects of every kind at once: smooth ones, a coarse clock's ties, zeros and both infinities; 1 to 40 of them.
[[nodiscard]] rc::Gen<std::vector<double>> any_effects();

/// Finite effects whose sums and differences are exact, so that equal means equal; 1 to 40 of them.
[[nodiscard]] rc::Gen<std::vector<double>> coarse_effects();

}  // namespace assay::test
