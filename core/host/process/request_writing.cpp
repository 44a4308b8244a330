#include "core/host/process/request_writing.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <string_view>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"

namespace assay::host {
namespace {

/// Appends texts one after another.
class TextWriter {
 public:
  TextWriter(launcher::Mailbox& mailbox, std::size_t pointer_bytes) : next_(launcher::texts_of(mailbox)) {
    const std::size_t reserved = sizeof(launcher::Mailbox) + pointer_bytes + sizeof(char*);
    room_ = launcher::kMailboxBytes - std::min(reserved, launcher::kMailboxBytes);
  }

  void add(std::string_view text) {
    add_piece(text);
    end_text();
  }
  void add_variable(std::string_view name, std::string_view value) {
    add_piece(name);
    add_piece("=");
    add_piece(value);
    end_text();
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  void add_piece(std::string_view text) {
    const std::size_t zero = text.find('\0');
    if (zero != std::string_view::npos) {
      throw Error(
          fmt::format("a command and its environment cannot hold a zero byte, as after \"{}\"", text.substr(0, zero)));
    }
    append(text);
  }
  void end_text() { append(std::string_view("\0", 1)); }
  void append(std::string_view bytes) {
    if (bytes.size() > room_)
      throw Error("the command and its environment are too large for the kernel (6 MiB at most)");
    std::copy(bytes.begin(), bytes.end(), next_);
    next_ += bytes.size();
    room_ -= bytes.size();
    size_ += bytes.size();
  }

  char* next_;
  std::size_t room_;
  std::size_t size_ = 0;
};

void write_limits(const Limits& limits, launcher::Request& request) {
  request.sets_nice = limits.nice.has_value();
  request.nice = limits.nice.value_or(0);
  request.sets_memory = limits.memory.has_value();
  request.memory_bytes = limits.memory.value_or(Bytes{}).count;
  request.sets_open_files = limits.open_files.has_value();
  request.open_files = limits.open_files.value_or(0);
  request.cpu_set_bytes = limits.cpus.empty() ? 0 : static_cast<std::int32_t>(sizeof request.cpu_set);
  if (limits.cpus.empty()) return;
  request.cpu_set.fill(0);
  for (const int cpu : limits.cpus) {
    if (cpu < 0 || cpu >= launcher::kMaxCpus) {
      throw Error(fmt::format("there is no CPU {}; CPUs are numbered from 0 to {}", cpu, launcher::kMaxCpus - 1));
    }
    request.cpu_set[static_cast<std::size_t>(cpu / launcher::kCpusPerWord)] |= 1UL << (cpu % launcher::kCpusPerWord);
  }
}

std::int64_t within_bounds(nanoseconds duration) {
  return std::clamp(duration, nanoseconds(0), kLongestWait).count();
}

}  // namespace

std::vector<StopStep> stop_steps_of(const ProcessRequest& request) {
  std::vector<StopStep> steps = request.stop_steps;
  if (steps.empty()) steps.push_back({.signal = SIGTERM, .wait = std::chrono::seconds(5)});
  if (steps.back().signal != SIGKILL) steps.push_back({.signal = SIGKILL, .wait = {}});
  return steps;
}

void write_request(const ProcessRequest& request, const std::string& program, launcher::Mailbox& mailbox) {
  launcher::Request& written = mailbox.request;
  written.timeout_ns = within_bounds(request.timeout);
  written.start_ns = request.start_at.value_or(nanoseconds{0}).count();
  constexpr double kMillion = 1e6;
  written.runs_on_ppm = std::llround(kMillion * request.runs_on);
  const std::vector<StopStep> steps = stop_steps_of(request);
  ASSAY_ASSERT(steps.size() <= launcher::kMaxStopSteps);
  written.stop_step_count = static_cast<std::int32_t>(steps.size());
  for (std::size_t step = 0; step < steps.size(); ++step) {
    written.stop_steps[step] = {.wait_ns = within_bounds(steps[step].wait), .signal = steps[step].signal};
  }
  write_limits(request.limits, written);
  ASSAY_ASSERT(request.events.size() <= launcher::kMaxEvents);
  written.event_count = static_cast<std::int32_t>(request.events.size());
  for (std::size_t event = 0; event < request.events.size(); ++event) {
    written.events[event] = {.config = request.events[event].config, .type = request.events[event].type};
  }

  written.argument_count = static_cast<std::int32_t>(request.argv.size());
  written.variable_count = static_cast<std::int32_t>(request.environment.size());
  const std::size_t pointers = request.argv.size() + request.environment.size() + 2;
  TextWriter texts(mailbox, pointers * sizeof(char*));
  texts.add(program);
  texts.add(request.working_directory);
  for (const std::string& argument : request.argv) texts.add(argument);
  for (const auto& [name, value] : request.environment) texts.add_variable(name, value);
  written.text_bytes = texts.size();
}

}  // namespace assay::host
