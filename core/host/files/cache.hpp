#pragma once

#include <optional>
#include <string>

#include "core/units.hpp"

namespace assay::host {

/// How much of one file lies in the page cache.
struct FileResidency {
  Bytes size;
  std::optional<Bytes> resident;  ///< nothing: it cannot be told
  std::string untold;             ///< why: "lies on tmpfs, which keeps its files in memory"
  bool in_memory_alone = false;   ///< a file of tmpfs: nothing is ever read for it
  bool reads_are_counted = true;  ///< as blocks read; not where the file comes over a network or from a user's program
};

/// Asks cachestat(2) where the kernel has it (Linux 6.5), else mincore(2). Neither brings a page in. mincore calls
/// every page of a file resident that is neither owned nor writable: such files are untold. Cost: about 10 us a file.
/// \throws Error that names a file which cannot be opened.
[[nodiscard]] FileResidency residency_of(const std::string& path);

/// Asks the kernel to put a file's pages out of memory (posix_fadvise); writes them to disk first where they are dirty.
/// Pages that another process has mapped or locked stay: ask `residency_of` afterwards.
/// \throws Error that names a file which cannot be opened.
void evict(const std::string& path);

enum class CacheDrop { dropped, not_allowed };
/// Drops every clean page of the whole machine's cache, which slows everybody down for a while. Allowed to root outside
/// of most containers.
CacheDrop drop_page_cache();

/// What this machine has read from its block devices since boot, for whomever; nothing where the kernel does not tell.
[[nodiscard]] std::optional<Bytes> fetched_since_boot();

}  // namespace assay::host
