#pragma once

#include "core/result/result.hpp"

namespace assay::session {

/// Makes the result that of an attempt that somebody stopped, and that goes on or is given up: whatever has no verdict
/// yet has no other reason than that, and no decision, even if no attempt is left.
void leave_open(AttemptResult& result);

}  // namespace assay::session
