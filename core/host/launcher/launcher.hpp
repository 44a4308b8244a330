#pragma once

#include <sys/types.h>

#include "core/host/launcher/protocol.hpp"

/// The parts of the launcher program. It is written with the C library alone, takes nothing from the heap while it
/// measures and keeps few pages, because every child starts its peak memory with what its parent has.
namespace assay::host::launcher {

/// The time of CLOCK_MONOTONIC.
[[nodiscard]] std::int64_t now_ns();

/// Descriptors that came with a message. Whoever uses them closes them.
struct Descriptors {
  int count = 0;
  std::array<int, 3> numbers = {-1, -1, -1};
};
void close_all(Descriptors& descriptors);

/// A running child.
struct Child {
  pid_t pid;
  int watch;         ///< readable when a child ends: its pidfd, or `children_signals` if there is none
  bool watches_all;  ///< `watch` is `children_signals`
  std::int64_t started_ns;
};

/// Starts the child that the mailbox describes. Returns false on failure; the report then says at which step it failed
/// and why.
[[nodiscard]] bool start_child(Mailbox& mailbox, const Descriptors& streams, Child& child);
/// Closes the descriptors that watching needed.
void stop_watching(Child& child);

enum class Watched { child_ended, library_gone };

/// Makes every signal that can be caught harmless to the launcher, and starts to watch for children that were stopped.
/// Called once, before the first child.
void guard_signals();
/// Undoes in the calling child what `guard_signals` passes on.
void unguard_signals();
/// Becomes readable if a child has ended, was stopped or was continued.
[[nodiscard]] int children_signals();
/// Empties `children_signals`, and counts how often the child was stopped.
void count_stops(pid_t child, Report& report);
/// How often the launcher was continued since it started.
[[nodiscard]] std::int32_t times_continued();

/// Waits for the end of the child, and stops it when its time is over or the library asks for it.
[[nodiscard]] Watched wait_for_end(const Child& child, const Request& request, Report& report);
/// Sends one signal to the child's whole process group, and to the child itself if it left that group.
void signal_child(pid_t child, int signal);

/// Fetches the status and the resource usage of a child that has ended. The clock stops after that, as in every tool
/// that waits, or so much later as the request asks for.
void reap_child(const Child& child, const Request& request, Report& report);
/// Adds up the usage of other children that have ended, and lists the living children that are not kept as strangers.
void reap_others(Report& report);
/// Opens the counters of the events that the request names, after closing those of the child before. They begin with
/// the program of the next child and pass on to all that it starts.
void open_events(const Request& request, Report& report);
/// Reads the counters that are open, also of descendants that still live.
void read_events(Report& report);
/// Waits, awake and on the child's own CPUs, until the start time of the child. So two launchers with the same start
/// time start their children together, and no child has to change its CPU first. `part` undoes the binding.
void line_up(const Request& request);
/// Binds the launcher and the sleeping caller to the CPU that the launcher runs on, until `part` (see CallerAffinity).
void meet(pid_t caller);
/// Remembers the CPU set that the launcher has now as its own.
void keep_own_cpus();
/// Gives the caller, the launcher or a child, that set. Returns false if the kernel refuses.
[[nodiscard]] bool take_own_cpus();
/// Whether the launcher, which is not bound now, has its own set.
[[nodiscard]] bool has_own_cpus();
/// Gives the launcher its own CPU set back.
void part();

/// Lays an empty folder, which nobody can read, over this one, for the launcher and all that it starts from now on; the
/// rest of the machine still sees the folder. Root can take the cover off again. Returns 0, or errno.
[[nodiscard]] std::int32_t hide(const char* folder);

/// What the program does in its second form: waits until the session that started it has ended, in whatever way, and
/// kills what it left running if it could not say goodbye: the processes whose environment names a folder in the
/// session's own, and their descendants.
void watch_session(const char* session_folder);

/// Keeps every process that is alive now.
void keep_what_lives(Report& report);
/// Kills and reaps every descendant. Gives up after ten seconds.
void end_descendants(pid_t running_child);

}  // namespace assay::host::launcher
