#pragma once

#include <sys/types.h>

#include "core/host/launcher/protocol.hpp"

/// The parts of the launcher program. It is written with the C library alone, takes nothing from the heap while it
/// measures and keeps few pages, because every child starts its peak memory with what its parent has.
namespace assay::host::launcher {

/// CLOCK_MONOTONIC.
[[nodiscard]] std::int64_t now_ns();

/// Descriptors that came with a message; closed by whoever uses them up.
struct Descriptors {
  int count = 0;
  std::array<int, 3> numbers = {-1, -1, -1};
};
void close_all(Descriptors& descriptors);

/// A child that runs.
struct Child {
  pid_t pid;
  int watch;         ///< becomes readable when a child ends: its pidfd, or the launcher's signalfd where there is none
  bool watches_all;  ///< `watch` is the signalfd
  std::int64_t started_ns;
};

/// Starts what the mailbox asks for. False: could not, and the report says at which step and why.
[[nodiscard]] bool start_child(Mailbox& mailbox, const Descriptors& streams, Child& child);
/// Closes what watching needed.
void stop_watching(Child& child);

enum class Watched { child_ended, library_gone };

/// Waits for the child's end and stops it when its time is over or the library says so.
[[nodiscard]] Watched wait_for_end(const Child& child, const Request& request, Report& report);
/// Sends one signal to the child's whole process group, and to the child itself where it left that group.
void signal_child(pid_t child, int signal);

/// Fetches the status of a child that has ended and what it used; then the clock stops, as with every tool that waits.
void reap_child(const Child& child, Report& report);
/// Adds up what other children used that have ended, and lists as strangers those that live and are not kept.
void reap_others(Report& report);
/// Waits on the child's own CPUs, awake, until it is to be started, so that two launchers which were told the same
/// moment start theirs together and no child has to move first; until `part`.
void line_up(const Request& request);
/// Binds the launcher and the sleeping caller to the CPU that it runs on, until `part` (see CallerAffinity).
void meet(pid_t caller);
/// Gives the calling child the CPU set that the launcher has while it is not bound.
void take_own_cpus();
/// Gives the launcher its own CPU set again.
void part();

/// From now on, all that is alive is kept.
void keep_what_lives(Report& report);
/// Kills and reaps every descendant; gives up after ten seconds.
void end_descendants(pid_t running_child);

}  // namespace assay::host::launcher
