#pragma once

#include <optional>
#include <string>

#include "core/units.hpp"

namespace assay::host {

/// How much of one file is in the page cache.
struct FileResidency {
  Bytes size;
  std::optional<Bytes> resident;  ///< std::nullopt if it cannot be determined
  std::string untold;             ///< the reason: "is on tmpfs, which keeps its files in memory"
  bool in_memory_alone = false;   ///< the file is on tmpfs and never has to be read
  bool reads_are_counted =
      true;  ///< as blocks read; false if the file comes over a network or from a user-space program
};

/// Measures the residency of a file with cachestat(2) if the kernel has it (Linux 6.5), else with mincore(2). Neither
/// brings a page in. mincore reports every page as resident if this user neither owns the file nor may write to it; the
/// residency of such a file is not determined. Cost: about 10 us a file.
/// \throws Error that names a file that cannot be opened.
[[nodiscard]] FileResidency residency_of(const std::string& path);

/// Asks the kernel to drop the pages of a file from memory (posix_fadvise), after writing dirty pages to disk. Pages
/// that another process has mapped or locked stay: call `residency_of` afterwards.
/// \throws Error that names a file that cannot be opened.
void evict(const std::string& path);

enum class CacheDrop { dropped, not_allowed };
/// Drops every clean page from the cache of the whole machine, which slows everybody down for a while. Only root may do
/// this, and not in most containers.
CacheDrop drop_page_cache();

/// How much this machine has read from its block devices since boot, for all processes; std::nullopt if the kernel does
/// not report it.
[[nodiscard]] std::optional<Bytes> fetched_since_boot();

}  // namespace assay::host
