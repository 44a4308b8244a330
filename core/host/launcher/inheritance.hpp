#pragma once

#include <cstdint>

#include "core/host/launcher/protocol.hpp"

/// What a child inherits from the launcher: niceness, CPU set, resource limits and so on. A trial may alter it in the
/// launcher, and then later trials would run under other conditions. So the launcher keeps what it was started with,
/// gives every child exactly that, and looks after each child whether anybody altered it.
namespace assay::host::launcher {

/// Remembers what children are to inherit. Called before the first child, and again after the launcher has entered a
/// control group of its own.
void freeze_inheritance();

/// Sets in the calling child what system calls can set. Returns false if the kernel refuses, with errno set.
[[nodiscard]] bool take_inheritance();

/// Looks for changes in the launcher, restores what was changed, and adds both to the report. It takes some 20 us,
/// outside the clock.
void check_inheritance(Report& report);

}  // namespace assay::host::launcher
