#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

/// What the library and its launcher say to each other.
///
/// Messages are single bytes over a socket pair (SOCK_SEQPACKET), a child's streams travel with `start` as descriptors;
/// everything else lies in the mailbox, one shared piece of memory. Both ends are always of one build, so there is no
/// version and no byte order. Nothing is copied twice, and a trial costs one message each way.
namespace assay::host::launcher {

/// Numbers of the descriptors that the launcher is started with.
inline constexpr int kSocket = 3;
inline constexpr int kMailbox = 4;

enum class Command : char {
  join_group,    ///< with one descriptor, the member list of a control group to enter; no answer
  start,         ///< with up to three descriptors; answered by `ended` or `not_started`
  reap,          ///< answered by `reaped`
  forget_kept,   ///< makes kept processes strangers, then acts as `reap`
  stop_gently,   ///< begins the stop steps of the running child; no answer
  stop_at_once,  ///< takes the last of its stop steps; no answer
};

enum class Answer : char { ended, not_started, reaped };

/// The step at which a child could not be started.
enum class Step : std::int32_t { none, spawn, streams, inheritance, cpus, nice, memory, open_files, folder, exec };

/// What children inherit from the launcher and a trial may alter in it. Each is a bit of `Report::changed`.
enum class Inherited : std::int32_t {
  nice,
  policy,
  io_priority,
  timer_slack,
  personality,
  umask,
  limits,
  cpus,
  oom_score,
  coredump_filter,
  control_group
};
inline constexpr int kInheritedCount = 11;

inline constexpr int kMaxStopSteps = 16;
inline constexpr int kMaxCpus = 8192;
inline constexpr int kCpusPerWord = 8 * static_cast<int>(sizeof(unsigned long));
inline constexpr int kMaxListed = 4096;

struct TimedSignal {
  std::int64_t wait_ns;  ///< wait after this signal, before the next one
  std::int32_t signal;
};

/// An event that the kernel can count for a child and its descendants, as perf_event_open(2) names it.
struct CountedEvent {
  std::uint64_t config;
  std::uint32_t type;
};
inline constexpr int kMaxEvents = 8;

/// One child, as the library requests it. Its texts follow the mailbox, each ended by a zero byte: the path of the
/// program, the working folder, the arguments, the environment.
struct Request {
  std::int64_t timeout_ns;
  std::int64_t start_ns;  ///< on CLOCK_MONOTONIC; 0 means at once
  std::int64_t memory_bytes;
  std::int64_t runs_on_ppm;  ///< millionths of the child's own time for which the clock runs on after its end
  std::int32_t argument_count;
  std::int32_t variable_count;
  std::int32_t stop_step_count;  ///< at least 1; the last is SIGKILL
  std::int32_t nice;
  std::int32_t open_files;
  std::int32_t cpu_set_bytes;          ///< 0 means that of the launcher
  std::int32_t event_count;            ///< at most kMaxEvents
  std::int32_t caller;                 ///< the thread to meet on the launcher's CPU; 0 means none
  std::array<bool, 3> stream_is_sent;  ///< otherwise the stream is /dev/null
  bool sets_nice;
  bool sets_memory;
  bool sets_open_files;
  std::size_t text_bytes;
  std::array<TimedSignal, kMaxStopSteps> stop_steps;
  std::array<CountedEvent, kMaxEvents> events;
  std::array<unsigned long, kMaxCpus / kCpusPerWord> cpu_set;  ///< in the format of sched_setaffinity(2)
};

/// The counters of the kernel, summed over all reaped processes; `max_rss_bytes` is the largest.
struct Counters {
  std::int64_t user_ns;
  std::int64_t system_ns;
  std::int64_t max_rss_bytes;
  std::int64_t minor_faults;
  std::int64_t major_faults;
  std::int64_t blocks_read;
  std::int64_t blocks_written;
  std::int64_t voluntary_switches;
  std::int64_t involuntary_switches;
};

/// How often one event happened in user space, in the child and all its descendants.
struct EventCount {
  std::int64_t count;
  std::int32_t error;   ///< errno; 0 if the kernel could open the counter
  bool is_interrupted;  ///< others used the counter for a part of the time, so the count is too low
};

struct ProcessList {
  std::int32_t count;  ///< at most kMaxListed; the rest appears once others have ended
  std::array<std::int32_t, kMaxListed> pids;
};

struct Report {
  std::int32_t hide_error;  ///< errno; 0 if the folder that was to be hidden is, or if there is none
  std::int32_t join_error;  ///< errno; 0 if the launcher could enter its control group
  std::int32_t child;       ///< 0 while none is running
  Step failed_step;         ///< of `not_started`
  std::int32_t error;       ///< errno of `not_started`
  std::int32_t status;      ///< status of the child from wait4
  bool timed_out;
  std::int32_t stops;           ///< how often a signal stopped the child
  std::int32_t launcher_stops;  ///< how often the launcher itself was continued after a signal had stopped it
  std::uint32_t changed;        ///< bits of what was altered in the launcher since the start of the child
  std::uint32_t lost;           ///< those of them that could not be restored
  std::int64_t wall_ns;
  Counters counters;
  std::array<EventCount, kMaxEvents> event_counts;  ///< one for each event of the request
  ProcessList strangers;                            ///< children of the launcher that were not there before the trial
  ProcessList kept;                                 ///< children of the launcher that were there before the trial
};

/// The environment variable that names the folder to be hidden from the launcher and everything it starts.
inline constexpr const char* kHiddenFolder = "HIDDEN_FOLDER";

/// The environment variable that names the folder of an arm to all that is run for it.
inline constexpr const char* kArmFolder = "ASSAY_ARM_DIR";

struct Mailbox {
  Request request;
  Report report;
};

/// Space for the texts of a request and the pointers to them that the launcher makes. The kernel takes at most 6 MiB of
/// both together (execve(2)). Unused pages cost nothing.
inline constexpr std::size_t kMailboxBytes = std::size_t{8} << 20;

[[nodiscard]] inline char* texts_of(Mailbox& mailbox) {
  return reinterpret_cast<char*>(&mailbox + 1);
}

}  // namespace assay::host::launcher
