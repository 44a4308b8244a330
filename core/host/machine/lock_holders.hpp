#pragma once

#include <string>
#include <vector>

#include "core/host/machine/lock.hpp"

namespace assay::host {

/// Who holds measuring locks of this host, in whatever folders they lie.
struct LockHolders {
  std::vector<LockHolder> found;  ///< in the order of the kernel's table; this process and its ancestors are left out
  std::string not_told;           ///< what keeps others from being seen; empty if nothing does
};

/// Looks into the kernel's table of locks for processes that hold a file of the name that a measuring lock of this host
/// has. It takes no lock, so it delays nobody who measures. Cost: the table, and the open files of each process in it
/// that holds an exclusive lock: some 100 us.
/// \param root  put in front of /proc; empty on the real machine
[[nodiscard]] LockHolders find_lock_holders(const std::string& root = "");

}  // namespace assay::host
