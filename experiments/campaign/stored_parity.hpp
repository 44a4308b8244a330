#pragma once

#include <string_view>

#include "core/result/parity.hpp"
#include "experiments/record/lab.hpp"

namespace assay::campaign {

/// The question of an experiment or record in every environment that the lab has a record of, by the newest record of
/// each. Simulations are left out, since they say nothing about any machine.
/// \throws Error if no record is meant, or none of an attempt.
[[nodiscard]] Parity stored_parity(const record::Lab& lab, std::string_view which);

}  // namespace assay::campaign
