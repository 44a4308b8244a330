#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// Every trial as a line of CSV, in the order in which they ran: block, place in it, workload, state, arm, outcome, and
/// a column for each metric in its unit, empty where a trial has no value. Trials of void blocks are there, marked.
[[nodiscard]] std::string trials_csv_text(const AttemptView& attempt);

}  // namespace assay::interop
