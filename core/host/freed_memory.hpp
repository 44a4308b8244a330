#pragma once

#include <malloc.h>

namespace assay::host {

/// Makes this process keep the memory that it frees, up to 256 MiB, for its next allocations.
///
/// Played attempts allocate and free a few hundred kilobytes at every look. glibc returns so much to the kernel at once
/// and asks for it again, which took two thirds of the time of `assay plan`.
inline void keep_freed_memory() {
  constexpr int kMebibyte = 1 << 20;
  ::mallopt(M_TRIM_THRESHOLD, 256 * kMebibyte);
  ::mallopt(M_MMAP_THRESHOLD, 32 * kMebibyte);
}

}  // namespace assay::host
