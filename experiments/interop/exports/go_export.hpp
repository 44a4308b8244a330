#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// The trials as lines of `go test -bench`, with every metric of the plan, so that benchstat can read them:
/// `benchstat -col /arm FILE`. Seconds become ns/op; a metric whose higher values are better says so in a line `Unit`.
[[nodiscard]] std::string go_text(const AttemptView& attempt);

}  // namespace assay::interop
