#pragma once

namespace assay::host {

/// \throws Error if the stack of this process may not grow to what assay needs (`ulimit -s`): otherwise the kernel
/// would end it by a signal in the middle of its work.
void check_stack_limit();

}  // namespace assay::host
