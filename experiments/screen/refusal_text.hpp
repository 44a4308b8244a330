#pragma once

#include "core/error.hpp"
#include "core/record/refusal.hpp"

namespace assay::screen {

/// A refusal in the words of the command line: what is refused, by which record, and the command that leads back.
/// Its kind gives the exit code.
[[nodiscard]] Error error_of(const Refusal& refusal);

}  // namespace assay::screen
