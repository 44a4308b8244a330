#include "core/host/process/process.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <system_error>
#include <utility>

#include "core/assert.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/machine/disk_sampler.hpp"
#include "core/host/process/caller_affinity.hpp"
#include "core/host/process/child_streams.hpp"
#include "core/host/process/launcher_changes.hpp"
#include "core/host/process/launcher_process.hpp"
#include "core/host/process/memory_group.hpp"
#include "core/host/process/memory_sampler.hpp"
#include "core/host/process/process_cpu.hpp"
#include "core/host/process/program_lookup.hpp"
#include "core/host/process/request_writing.hpp"
#include "core/host/process/survivors.hpp"

namespace assay::host {
namespace {

using launcher::Answer;
using launcher::Command;

/// How long the launcher may be silent after the last stop step. After that either it is stopped, or its child cannot
/// be killed.
constexpr std::chrono::seconds kSilence(30);

/// A launcher that a trial has stopped is continued after this time.
constexpr std::chrono::seconds kReminder(1);

/// A launcher that has not answered after this time is broken.
nanoseconds patience_with(const ProcessRequest& request) {
  nanoseconds sum = std::min(request.timeout, kLongestWait) + kSilence;
  for (const StopStep& step : stop_steps_of(request)) sum += std::min(step.wait, kLongestWait);
  return sum;
}

int milliseconds_until(nanoseconds time) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(time - monotonic_time());
  return static_cast<int>(std::clamp<std::chrono::milliseconds>(left, {}, kReminder).count());
}

std::variant<Exited, Killed, TimedOut> ending_of(const launcher::Report& report, nanoseconds limit) {
  if (report.timed_out) return TimedOut{limit};
  if (WIFSIGNALED(report.status)) return Killed{WTERMSIG(report.status), static_cast<bool>(WCOREDUMP(report.status))};
  return Exited{WEXITSTATUS(report.status)};
}

void set_counters(const launcher::Counters& counters, Usage& usage) {
  usage.user = nanoseconds(counters.user_ns);
  usage.system = nanoseconds(counters.system_ns);
  usage.max_rss = {counters.max_rss_bytes};
  usage.minor_faults = counters.minor_faults;
  usage.major_faults = counters.major_faults;
  usage.blocks_read = counters.blocks_read;
  usage.blocks_written = counters.blocks_written;
  usage.voluntary_switches = counters.voluntary_switches;
  usage.involuntary_switches = counters.involuntary_switches;
}

/// A block is counted as written when its page becomes dirty.
void note_disk(DiskSampler& sampler, ProcessResult& result) {
  constexpr std::int64_t kBlock = 512;
  const DiskGrowth growth = sampler.finish({result.usage.blocks_written * kBlock});
  if (const auto* bytes = std::get_if<Bytes>(&growth)) result.usage.disk_growth = *bytes;
  if (const auto* why = std::get_if<std::string>(&growth)) result.why_no_disk_growth = *why;
}

void note_events(const launcher::Report& report, const std::vector<KernelEvent>& events, ProcessResult& result) {
  for (std::size_t place = 0; place < events.size(); ++place) {
    result.event_counts.push_back(event_count(report.event_counts[place]));
  }
  result.uncounted = keep_hardware_counts(events, result.event_counts, result.usage);
}

/// What is sampled while a child runs.
struct Samplers {
  MemorySampler memory;
  std::optional<DiskSampler> disk;
};

/// Marks that a child is running, however that ends.
class RunningMark {
 public:
  explicit RunningMark(std::atomic<bool>& running) : running_(running) { running_ = true; }
  ~RunningMark() { running_ = false; }
  RunningMark(const RunningMark&) = delete;
  RunningMark& operator=(const RunningMark&) = delete;

 private:
  std::atomic<bool>& running_;
};

}  // namespace

struct Launcher::State {
  explicit State(const std::string& hidden_folder);
  /// Returns when the child ends.
  void run_child(const ProcessRequest& request, ChildStreams& streams, Samplers& samplers);
  Answer attend(ChildStreams& streams, Samplers& samplers, nanoseconds deadline);
  /// Takes the samples that are due. \returns when the next one is, or `deadline` if that comes first.
  nanoseconds sample(Samplers& samplers, nanoseconds deadline);
  void keep(OutputStream stream);
  void note_memory(const MemorySampler& sampler, ProcessResult& result);

  /// The launcher is a member, so the group is destroyed after it.
  std::unique_ptr<MemoryGroup> memory = MemoryGroup::make("");
  LauncherProcess launcher;
  /// Output of setups whose children live on. Nobody reads it, but a full or closed pipe would stop or kill them.
  std::vector<OutputStream> kept_streams;
  nanoseconds children_cpu{};
  std::vector<pid_t> services;  ///< what kept setups left running
  std::atomic<bool> running{false};
};

Launcher::State::State(const std::string& hidden_folder) : launcher(hidden_folder) {
  if (memory) launcher.send(Command::join_group, {memory->open_members().number()});
}

void Launcher::State::run_child(const ProcessRequest& request, ChildStreams& streams, Samplers& samplers) {
  const std::string program = find_program(request);
  write_request(request, program, launcher.mailbox());
  std::vector<int> sent;
  const std::array<int, 3> ends = streams.child_ends();
  for (std::size_t stream = 0; stream < ends.size(); ++stream) {
    launcher.mailbox().request.stream_is_sent[stream] = ends[stream] >= 0;
    if (ends[stream] >= 0) sent.push_back(ends[stream]);
  }

  const CallerAffinity affinity;
  launcher.mailbox().request.caller = affinity.thread();
  if (memory) memory->start();
  launcher.send(Command::start, sent);
  streams.close_child_ends();
  const launcher::Report& report = launcher.mailbox().report;
  const RunningMark mark(running);
  if (attend(streams, samplers, monotonic_time() + patience_with(request)) == Answer::not_started) {
    throw start_error(request, program, report.failed_step, report.error);
  }
}

nanoseconds Launcher::State::sample(Samplers& samplers, nanoseconds deadline) {
  nanoseconds next = deadline;
  if (!memory) {
    if (monotonic_time() >= samplers.memory.due()) {
      samplers.memory.look(launcher.pid(), launcher.mailbox().report.kept);
    }
    next = std::min(next, samplers.memory.due());
  }
  if (samplers.disk) {
    if (monotonic_time() >= samplers.disk->due()) samplers.disk->look();
    next = std::min(next, samplers.disk->due());
  }
  return next;
}

Answer Launcher::State::attend(ChildStreams& streams, Samplers& samplers, nanoseconds deadline) {
  std::vector<OutputStream*> drained = {&streams.output, &streams.error};
  for (OutputStream& stream : kept_streams) drained.push_back(&stream);
  std::vector<pollfd> watched;
  for (;;) {
    watched.assign(1, {.fd = launcher.socket(), .events = POLLIN, .revents = 0});
    // poll skips a descriptor of -1.
    for (const OutputStream* stream : drained) watched.push_back({stream->read_end(), POLLIN, 0});
    const nanoseconds wake = sample(samplers, deadline);
    if (::poll(watched.data(), watched.size(), milliseconds_until(wake)) == 0) launcher.resume();
    if (const auto answer = launcher.take_answer()) return *answer;
    for (OutputStream* stream : drained) stream->drain();
    if (monotonic_time() >= deadline) launcher.give_up("does not answer");
  }
}

void Launcher::State::keep(OutputStream stream) {
  if (stream.read_end() >= 0) kept_streams.push_back(std::move(stream));
}

void Launcher::State::note_memory(const MemorySampler& sampler, ProcessResult& result) {
  // The answer to joining arrives with that of the first trial. Waiting for it here would cost every start up to 30 ms.
  if (launcher.mailbox().report.join_error != 0) memory.reset();
  if (memory) {
    result.usage.memory_peak = memory->peak();
    result.memory_peak_source = memory->source();
    result.usage.oom_kills = memory->take_oom_kills();
  } else {
    result.usage.memory_peak = sampler.peak();
    result.memory_peak_source = sampler.peak() ? "sampled" : "unavailable";
  }
}

Launcher::Launcher() : Launcher(std::string()) {}
Launcher::Launcher(const std::string& hidden_folder) : state_(std::make_unique<State>(hidden_folder)) {}
Launcher::~Launcher() = default;
Launcher::Launcher(Launcher&&) noexcept = default;
Launcher& Launcher::operator=(Launcher&&) noexcept = default;

std::string Launcher::why_not_hidden() const {
  const std::int32_t error = state_->launcher.mailbox().report.hide_error;
  return error == 0 ? std::string() : std::system_category().message(error);
}

ProcessResult Launcher::run(const ProcessRequest& request) {
  ASSAY_ASSERT(!request.working_directory.empty() && request.working_directory.front() == '/');
  ChildStreams streams(request);
  Samplers samplers{MemorySampler(monotonic_time()), {}};
  if (request.measures_disk) samplers.disk.emplace(request.working_directory);
  state_->run_child(request, streams, samplers);

  ProcessResult result;
  const launcher::Report& report = state_->launcher.mailbox().report;
  result.ending = ending_of(report, request.timeout);
  result.usage.wall = nanoseconds(report.wall_ns);
  state_->note_memory(samplers.memory, result);
  result.stops = report.stops + report.launcher_stops;
  result.launcher_changes = launcher_changes(report);
  const nanoseconds ended = monotonic_time();
  result.survivors = request.keep_descendants ? name_strangers(report.strangers) : end_strangers(state_->launcher);
  if (!result.survivors.empty() && !request.keep_descendants) result.survived = monotonic_time() - ended;
  // This comes last, because the usage of the survivors counts too.
  set_counters(report.counters, result.usage);
  note_events(report, request.events, result);
  state_->children_cpu += result.usage.user + result.usage.system;
  if (samplers.disk) note_disk(*samplers.disk, result);

  for (OutputStream* stream : {&streams.output, &streams.error}) stream->drain_rest();
  result.standard_output = streams.output.finish();
  result.standard_error = streams.error.finish();
  if (request.keep_descendants) {
    for (const Survivor& survivor : result.survivors) state_->services.push_back(survivor.pid);
    state_->keep(std::move(streams.output));
    state_->keep(std::move(streams.error));
  }
  return result;
}

nanoseconds Launcher::children_cpu() const {
  return state_->children_cpu;
}

nanoseconds Launcher::services_cpu() const {
  return cpu_time_of(state_->services);
}

std::vector<Survivor> Launcher::end_descendants() {
  state_->launcher.send(Command::forget_kept);
  state_->launcher.wait_for_answer(kSilence);
  state_->kept_streams.clear();
  state_->services.clear();
  return end_strangers(state_->launcher);
}

bool Launcher::is_running() const noexcept {
  return state_ != nullptr && state_->running;
}

void Launcher::interrupt(Haste haste) noexcept {
  if (state_ == nullptr) return;
  const int before = errno;
  const Command command = haste == Haste::gentle ? Command::stop_gently : Command::stop_at_once;
  (void)::send(state_->launcher.socket(), &command, sizeof command, MSG_DONTWAIT | MSG_NOSIGNAL);
  errno = before;
}

}  // namespace assay::host
