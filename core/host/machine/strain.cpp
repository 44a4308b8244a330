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

using Text = std::array<char, 512>;

FileDescriptor open_if_there(const char* path) {
  return FileDescriptor(::open(path, O_RDONLY | O_CLOEXEC));
}

/// The beginning of the file as it is now; empty if there is none.
std::string_view read_now(const FileDescriptor& file, Text& text) {
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

/// "some avg10=0.00 avg60=0.00 avg300=0.00 total=MICROSECONDS" (docs.kernel.org, accounting/psi).
std::optional<nanoseconds> stalled(const FileDescriptor& file) {
  constexpr std::string_view kTotal = "total=";
  Text text;
  const std::string_view line = read_now(file, text);
  const std::size_t at = line.find(kTotal);
  if (at == std::string_view::npos) return std::nullopt;
  const auto total = number_at<std::int64_t>(line, at + kTotal.size());
  return total ? std::optional<nanoseconds>(std::chrono::microseconds(*total)) : std::nullopt;
}

/// "cpu  USER NICE SYSTEM IDLE IOWAIT IRQ SOFTIRQ STEAL ...", in ticks (proc(5)).
std::optional<nanoseconds> stolen(const FileDescriptor& file) {
  constexpr int kStealWord = 8;
  Text text;
  const std::string_view line = read_now(file, text);
  std::size_t at = 0;
  for (int word = 0; word < kStealWord && at != std::string_view::npos; ++word) {
    at = line.find_first_not_of(' ', line.find(' ', at));
  }
  const auto ticks = number_at<std::int64_t>(line, at);
  static const std::int64_t ticks_per_second = ::sysconf(_SC_CLK_TCK);
  constexpr std::int64_t kSecond = 1'000'000'000;
  return ticks ? std::optional(nanoseconds(*ticks * (kSecond / ticks_per_second))) : std::nullopt;
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
  Strain at_start;
  Strain last_read;
  nanoseconds last_read_at = nanoseconds::min();

  /// Totals since boot; otherwise a Strain holds differences.
  const Strain& read() {
    Text text;
    last_read = {.load = number_at<double>(read_now(load, text), 0),
                 .cpu_stalled = stalled(cpu),
                 .io_stalled = stalled(io),
                 .memory_stalled = stalled(memory),
                 .stolen = stolen(statistics)};
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
}

Strain StrainMeter::finish() {
  const Strain& start = state_->at_start;
  const Strain& now = state_->read();
  return {.load = start.load,
          .cpu_stalled = passed(start.cpu_stalled, now.cpu_stalled),
          .io_stalled = passed(start.io_stalled, now.io_stalled),
          .memory_stalled = passed(start.memory_stalled, now.memory_stalled),
          .stolen = passed(start.stolen, now.stolen)};
}

}  // namespace assay::host
