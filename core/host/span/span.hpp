#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <pthread.h>
#include <string>
#include <string_view>

#include "core/host/span/recorder.hpp"
#include "core/host/span/ring_layout.hpp"

namespace assay::host::span_ring {

inline std::uint64_t monotonic_ns() noexcept {
  timespec time = {};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(time.tv_nsec);
}

/// Made by the first span of the process, and kept to its end.
inline Recorder* process_recorder = nullptr;
/// Changes in a forked process and if another recorder takes over: chunks that threads hold are then another's.
inline std::uint64_t process_epoch = 1;

/// From now on the spans of this process go there. No span may be open, and none recorded meanwhile.
inline void set_process_recorder(Recorder* recorder) noexcept {
  process_recorder = recorder;
  ++process_epoch;
}

inline void begin_forked_process() noexcept {
  ++process_epoch;
  if (process_recorder != nullptr) process_recorder->forget_parked();
}

[[nodiscard]] __attribute__((noinline, cold)) inline Recorder& attach() noexcept {
  const char* const spans = std::getenv("ASSAY_SPANS");
  const bool is_asked_for = spans != nullptr && *spans != '\0';
  auto* const own = is_asked_for ? new Recorder((std::string(spans) + ".ring").c_str()) : new Recorder;
  Recorder* known = nullptr;
  if (!__atomic_compare_exchange_n(&process_recorder, &known, own, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
    delete own;  // another thread was first
    return *known;
  }
  if (is_asked_for) ::pthread_atfork(nullptr, nullptr, begin_forked_process);
  return *own;
}

/// The recorder of this process.
[[nodiscard]] inline Recorder& recorder() noexcept {
  Recorder* const known = __atomic_load_n(&process_recorder, __ATOMIC_ACQUIRE);
  return known != nullptr ? *known : attach();
}

/// The chunk that a thread writes into. It is plain, so that reaching it takes no call.
struct ThreadChunk {
  Chunk* chunk = nullptr;
  std::uint64_t epoch = 0;
};
inline thread_local ThreadChunk thread_chunk;

/// Parks the chunk when its thread ends.
struct ParkAtExit {
  ~ParkAtExit() {
    if (thread_chunk.chunk != nullptr && thread_chunk.epoch == process_epoch) {
      process_recorder->park(thread_chunk.chunk);
    }
    thread_chunk = {};
  }
  bool is_due = false;
};
inline thread_local ParkAtExit park_at_exit;

[[nodiscard]] inline bool has_room(const Chunk& chunk) noexcept {
  return chunk.used + kLongestSpan <= sizeof chunk.bytes;
}

/// Gives the thread another chunk. \returns whether there was one.
[[nodiscard]] __attribute__((noinline, cold)) inline bool renew_thread_chunk(std::uint64_t start_ns) noexcept {
  Chunk* chunk = nullptr;
  do {
    chunk = process_recorder->take_chunk();
  } while (chunk != nullptr && !has_room(*chunk));  // it was parked when it was full
  if (chunk != nullptr && chunk->used == 0) chunk->first_ns = chunk->last_ns = start_ns;
  thread_chunk = {chunk, process_epoch};
  park_at_exit.is_due = true;
  return chunk != nullptr;
}

/// Records a span that has ended. \param name  what `Recorder::place_of` returned
inline void record(std::uint32_t name, std::uint64_t start_ns, std::uint64_t end_ns) noexcept {
  const bool is_ready =
      thread_chunk.chunk != nullptr && thread_chunk.epoch == process_epoch && has_room(*thread_chunk.chunk);
  if (name == 0 || (!is_ready && !renew_thread_chunk(start_ns))) {
    process_recorder->lose(name);
    return;
  }
  Chunk& chunk = *thread_chunk.chunk;
  unsigned char* const begin = chunk.bytes + chunk.used;
  const auto place = static_cast<std::uint16_t>(name);
  std::memcpy(begin, &place, sizeof place);
  unsigned char* end = put_number(begin + sizeof place, folded(start_ns - chunk.last_ns));
  end = put_number(end, end_ns - start_ns);
  chunk.last_ns = end_ns;
  // A kill before this leaves the spans that were there whole.
  __atomic_store_n(&chunk.used, chunk.used + static_cast<std::uint64_t>(end - begin), __ATOMIC_RELEASE);
}

}  // namespace assay::host::span_ring

namespace assay::host {

/// A phase of the trial: lasts from its construction to its destruction, or to `end`.
///
///     void load() {
///       assay::Span span("load");
///       ...
///     }
///
/// Metrics read it as `from = "spans:duration(load)"`. It costs at most 30 ns more than the two readings of
/// CLOCK_MONOTONIC (`span_bench` measures it) and takes no lock. A span that has ended is kept if the process is then
/// killed, also by SIGKILL. All threads and processes of a trial record into one ring in shared memory, the file
/// `$ASSAY_SPANS.ring` (docs/formats/spans.md). The header needs C++17 and no library.
///
/// Outside a trial whose spans are read, that is without `ASSAY_SPANS` in the environment when the process reaches its
/// first span, a span reads no clock and does nothing.
///
/// The ring has room for at least a million spans and for 8192 short names in each trial. It never overwrites one:
/// further spans are counted, and the trial then fails with that count, since a sum that misses spans would pass for a
/// speed-up. Nothing is thrown. A signal handler must not use it.
class Span {
 public:
  /// \param name  what metrics call it by: UTF-8 if one is to read it. Any bytes are allowed.
  explicit Span(std::string_view name) noexcept : recorder_(&span_ring::recorder()) {
    if (!recorder_->records()) {
      recorder_ = nullptr;
      return;
    }
    name_ = recorder_->place_of(name);
    start_ns_ = span_ring::monotonic_ns();
  }
  ~Span() { end(); }
  Span(const Span&) = delete;
  Span& operator=(const Span&) = delete;

  /// Ends it before its scope does; ending it again does nothing.
  void end() noexcept {
    if (recorder_ == nullptr) return;
    const std::uint64_t end_ns = span_ring::monotonic_ns();
    span_ring::record(name_, start_ns_, end_ns);
    recorder_ = nullptr;
  }

 private:
  span_ring::Recorder* recorder_;
  std::uint32_t name_ = 0;
  std::uint64_t start_ns_ = 0;
};

}  // namespace assay::host

namespace assay {

using host::Span;

}  // namespace assay
