#pragma once

#include <set>
#include <string>

namespace assay::host {

/// Which objects are meant.
enum class Makers {
  all,
  gone,  ///< not a segment of shared memory whose maker still lives, nor a control group with processes in it
};

/// What processes of this user share beside files, and what outlives them: shared memory, semaphores and message queues
/// of System V, message queues of POSIX (where they are mounted, or for root), keys, and control groups. Each is a text
/// such as "shared memory 0x000051ab (id 3)". Cost: about 10 us for each control group of this user.
[[nodiscard]] std::set<std::string> shared_objects(Makers makers);

/// The users who run any process.
[[nodiscard]] std::set<unsigned> users_of_processes();
/// True if this process is root's, and the file belongs to a user who runs no process: root may have given it away, and
/// nobody else can have made it. Reads all of /proc.
[[nodiscard]] bool was_given_away(const std::string& path);

}  // namespace assay::host
