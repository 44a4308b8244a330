#include "core/host/machine/strain.hpp"

#include <array>
#include <charconv>
#include <fcntl.h>
#include <string_view>
#include <unistd.h>

#include "core/host/files/file_descriptor.hpp"
#include "core/host/machine/clock.hpp"

namespace assay::host {
namespace {

/// If trials follow each other at once, the reading after one also serves as the reading before the next.
constexpr nanoseconds kFresh = std::chrono::milliseconds(1);

/// Reading the kernel's counters takes 25 us, which is too much after trials that are shorter than this.
constexpr nanoseconds kLongEnough = std::chrono::milliseconds(10);

using Text = std::array<char, 512>;
/// /proc/vmstat has some 4 kB.
using LongText = std::array<char, 16384>;

FileDescriptor open_if_there(const char* path) {
  return FileDescriptor(::open(path, O_RDONLY | O_CLOEXEC));
}

/// The beginning of the file as it is now; empty if there is none.
template <class Buffer>
std::string_view read_now(const FileDescriptor& file, Buffer& text) {
  const ssize_t length = file.is_open() ? ::pread(file.number(), text.data(), text.size(), 0) : 0;
  return {text.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

template <class Number>
std::optional<Number> number_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  Number number{};
  const auto [end, failure] = std::from_chars(text.data() + at, text.data() + text.size(), number);
  return failure == std::errc{} ? std::optional(number) : std::nullopt;
}

/// What pressure stall information says of one resource.
struct Stalled {
  std::optional<nanoseconds> some;
  std::optional<nanoseconds> full;
};

std::optional<nanoseconds> total_after(std::string_view text, std::size_t from) {
  constexpr std::string_view kTotal = "total=";
  const std::size_t at = from == std::string_view::npos ? from : text.find(kTotal, from);
  if (at == std::string_view::npos) return std::nullopt;
  const auto total = number_at<std::int64_t>(text, at + kTotal.size());
  return total ? std::optional<nanoseconds>(std::chrono::microseconds(*total)) : std::nullopt;
}

/// "some avg10=0.00 avg60=0.00 avg300=0.00 total=MICROSECONDS" and a line that begins with "full" (docs.kernel.org,
/// accounting/psi).
Stalled stalled(const FileDescriptor& file) {
  Text text;
  const std::string_view lines = read_now(file, text);
  return {.some = total_after(lines, 0), .full = total_after(lines, lines.find("\nfull "))};
}

/// Counts since boot, of the whole machine, that show that memory ran out.
struct MemoryCounts {
  std::int64_t swapped_pages = 0;
  std::int64_t oom_kills = 0;
};

/// "NAME NUMBER" lines of /proc/vmstat (docs.kernel.org, admin-guide/mm). A count that the kernel does not have is 0.
MemoryCounts memory_counts(const FileDescriptor& file) {
  LongText text;
  const std::string_view lines = read_now(file, text);
  const auto count_of = [lines](std::string_view name) {
    const std::size_t at = lines.find(name);
    return at == std::string_view::npos ? 0 : number_at<std::int64_t>(lines, at + name.size()).value_or(0);
  };
  return {.swapped_pages = count_of("\npswpin ") + count_of("\npswpout "), .oom_kills = count_of("\noom_kill ")};
}

/// Whether /proc/swaps lists any swap below its heading.
bool has_swap() {
  Text text;
  const std::string_view lines = read_now(open_if_there("/proc/swaps"), text);
  const std::size_t end_of_heading = lines.find('\n');
  return end_of_heading != std::string_view::npos && end_of_heading + 1 < lines.size();
}

/// What all CPUs did since boot, in ticks.
struct CpuTimes {
  std::optional<nanoseconds> busy;
  std::optional<nanoseconds> stolen;
};

/// "cpu  USER NICE SYSTEM IDLE IOWAIT IRQ SOFTIRQ STEAL ...", in ticks (proc(5)). Guests are in USER and NICE.
CpuTimes cpu_times(const FileDescriptor& file) {
  enum Word { user, nice, system, idle, iowait, irq, softirq, steal, word_count };
  Text text;
  const std::string_view line = read_now(file, text);
  std::array<std::int64_t, word_count> ticks{};
  std::size_t at = 0;
  for (std::int64_t& word : ticks) {
    at = line.find_first_not_of(' ', line.find(' ', at));
    const auto number = at == std::string_view::npos ? std::nullopt : number_at<std::int64_t>(line, at);
    if (!number) return {};
    word = *number;
  }
  static const std::int64_t ticks_per_second = ::sysconf(_SC_CLK_TCK);
  constexpr std::int64_t kSecond = 1'000'000'000;
  const auto time = [](std::int64_t count) { return nanoseconds(count * (kSecond / ticks_per_second)); };
  return {.busy = time(ticks[user] + ticks[nice] + ticks[system] + ticks[irq] + ticks[softirq]),
          .stolen = time(ticks[steal])};
}

std::optional<nanoseconds> passed(std::optional<nanoseconds> from, std::optional<nanoseconds> to) {
  return from && to ? std::optional(*to - *from) : std::nullopt;
}

}  // namespace

struct StrainMeter::State {
  FileDescriptor load = open_if_there("/proc/loadavg");
  FileDescriptor cpu = open_if_there("/proc/pressure/cpu");
  FileDescriptor io = open_if_there("/proc/pressure/io");
  FileDescriptor memory = open_if_there("/proc/pressure/memory");
  FileDescriptor statistics = open_if_there("/proc/stat");
  FileDescriptor kernel_counts = open_if_there("/proc/vmstat");
  const bool swaps = has_swap();
  Strain at_start;
  Strain last_read;
  std::optional<MemoryCounts> counts_at_start;
  nanoseconds started_at{};
  nanoseconds last_read_at = nanoseconds::min();
  nanoseconds last_duration = kLongEnough;

  /// Totals since boot; otherwise a Strain holds differences.
  const Strain& read() {
    Text text;
    const Stalled for_memory = stalled(memory);
    const CpuTimes cpus = cpu_times(statistics);
    last_read = {.load = number_at<double>(read_now(load, text), 0),
                 .cpu_stalled = stalled(cpu).some,
                 .io_stalled = stalled(io).some,
                 .memory_stalled = for_memory.some,
                 .stolen = cpus.stolen,
                 .machine_cpu = cpus.busy,
                 .memory_full_stalled = for_memory.full.value_or(nanoseconds{}),
                 .swapped = {},
                 .oom_kills = 0};
    last_read_at = monotonic_time();
    return last_read;
  }
};

StrainMeter::StrainMeter() : state_(std::make_unique<State>()) {}
StrainMeter::~StrainMeter() = default;
StrainMeter::StrainMeter(StrainMeter&&) noexcept = default;
StrainMeter& StrainMeter::operator=(StrainMeter&&) noexcept = default;

void StrainMeter::start() {
  const bool fresh = state_->last_read_at > monotonic_time() - kFresh;
  state_->at_start = fresh ? state_->last_read : state_->read();
  state_->counts_at_start.reset();
  if (state_->swaps || state_->last_duration >= kLongEnough) {
    state_->counts_at_start = memory_counts(state_->kernel_counts);
  }
  state_->started_at = monotonic_time();
}

Strain StrainMeter::finish() {
  const Strain& start = state_->at_start;
  state_->last_duration = monotonic_time() - state_->started_at;
  const Strain& now = state_->read();
  MemoryCounts counts;
  if (const std::optional<MemoryCounts>& before = state_->counts_at_start) {
    const MemoryCounts after = memory_counts(state_->kernel_counts);
    counts = {.swapped_pages = after.swapped_pages - before->swapped_pages,
              .oom_kills = after.oom_kills - before->oom_kills};
  }
  return {.load = start.load,
          .cpu_stalled = passed(start.cpu_stalled, now.cpu_stalled),
          .io_stalled = passed(start.io_stalled, now.io_stalled),
          .memory_stalled = passed(start.memory_stalled, now.memory_stalled),
          .stolen = passed(start.stolen, now.stolen),
          .machine_cpu = passed(start.machine_cpu, now.machine_cpu),
          .memory_full_stalled = now.memory_full_stalled - start.memory_full_stalled,
          .swapped = {counts.swapped_pages * ::sysconf(_SC_PAGESIZE)},
          .oom_kills = counts.oom_kills};
}

}  // namespace assay::host
