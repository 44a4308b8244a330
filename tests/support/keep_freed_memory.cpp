#include "core/host/freed_memory.hpp"

namespace {

/// The tests and studies that play attempts have a main that is not theirs.
[[maybe_unused]] const bool kKept = (assay::host::keep_freed_memory(), true);

}  // namespace
