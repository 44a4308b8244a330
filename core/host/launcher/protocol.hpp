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

/// Descriptors of the launcher.
inline constexpr int kSocket = 3;
inline constexpr int kMailbox = 4;

enum class Command : char {
  join_group,    ///< with one descriptor, a control group's list of members: the launcher enters it; no answer
  start,         ///< with up to three descriptors; answer: `ended` or `not_started`
  reap,          ///< answer: `reaped`
  forget_kept,   ///< what was left running for later trials is a stranger from now on; then as `reap`
  stop_gently,   ///< the running child's stop steps begin; no answer
  stop_at_once,  ///< the last of its stop steps is taken; no answer
};

enum class Answer : char { ended, not_started, reaped };

/// What was being done when a child could not be started.
enum class Step : std::int32_t { none, spawn, streams, cpus, nice, memory, open_files, folder, exec };

inline constexpr int kMaxStopSteps = 16;
inline constexpr int kMaxCpus = 8192;
inline constexpr int kCpusPerWord = 8 * static_cast<int>(sizeof(unsigned long));
inline constexpr int kMaxListed = 4096;

struct TimedSignal {
  std::int64_t wait_ns;  ///< after it, before the next
  std::int32_t signal;
};

/// One child, as the library asks for it. Its texts follow the mailbox, each ended by a zero byte: the program's path,
/// the working folder, the arguments, the environment.
struct Request {
  std::int64_t timeout_ns;
  std::int64_t start_ns;  ///< CLOCK_MONOTONIC; 0: at once
  std::int64_t memory_bytes;
  std::int32_t argument_count;
  std::int32_t variable_count;
  std::int32_t stop_step_count;  ///< at least 1; the last is SIGKILL
  std::int32_t nice;
  std::int32_t open_files;
  std::int32_t cpu_set_bytes;          ///< 0: as the launcher's
  std::int32_t caller;                 ///< the thread to be met on the launcher's CPU; 0: none
  std::array<bool, 3> stream_is_sent;  ///< else /dev/null
  bool sets_nice;
  bool sets_memory;
  bool sets_open_files;
  std::size_t text_bytes;
  std::array<TimedSignal, kMaxStopSteps> stop_steps;
  std::array<unsigned long, kMaxCpus / kCpusPerWord> cpu_set;  ///< as sched_setaffinity(2) takes it
};

/// What the kernel counted, summed over all that was reaped; `max_rss_bytes` is the largest.
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

struct ProcessList {
  std::int32_t count;  ///< never above kMaxListed; what does not fit shows once others have ended
  std::array<std::int32_t, kMaxListed> pids;
};

struct Report {
  std::int32_t join_error;  ///< errno, 0 when the launcher could enter its control group
  std::int32_t child;       ///< 0 while none runs
  Step failed_step;         ///< of `not_started`
  std::int32_t error;       ///< errno of `not_started`
  std::int32_t status;      ///< of the child, as wait4 gave it
  bool timed_out;
  std::int64_t wall_ns;
  Counters counters;
  ProcessList strangers;  ///< the launcher's children after the trial that were not there before it
  ProcessList kept;       ///< its children that were there before
};

struct Mailbox {
  Request request;
  Report report;
};

/// The texts of a request, then the pointers to them that the launcher makes. The kernel takes at most 6 MiB of both
/// together (execve(2)). Pages that are never used cost nothing.
inline constexpr std::size_t kMailboxBytes = std::size_t{8} << 20;

[[nodiscard]] inline char* texts_of(Mailbox& mailbox) {
  return reinterpret_cast<char*>(&mailbox + 1);
}

}  // namespace assay::host::launcher
