#include <cerrno>
#include <csignal>
#include <cstring>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/host/launcher/inheritance.hpp"
#include "core/host/launcher/launcher.hpp"

namespace assay::host::launcher {
namespace {

/// The stack on which a child prepares itself, inside the memory of the launcher.
alignas(16) std::array<char, std::size_t{32} << 10> child_stack;

/// The kernel has no pidfd (before Linux 5.2, or forbidden by a sandbox), so signals report the end of children.
bool watches_signals = false;

/// What the child needs between its birth and its program. The launcher stands still meanwhile and then reads `failed`.
struct ChildStart {
  const Request* request;
  const Descriptors* streams;
  char* program;
  char* folder;
  char** arguments;
  char** environment;
  Step failed;
  int error;
};

bool place_streams(const Request& request, const Descriptors& streams) {
  std::size_t next = 0;
  for (std::size_t stream = 0; stream < request.stream_is_sent.size(); ++stream) {
    if (request.stream_is_sent[stream] && dup2(streams.numbers[next++], static_cast<int>(stream)) < 0) return false;
  }
  return true;
}

bool limit(decltype(RLIMIT_AS) resource, std::int64_t value) {
  const rlimit both = {.rlim_cur = static_cast<rlim_t>(value), .rlim_max = static_cast<rlim_t>(value)};
  return setrlimit(resource, &both) == 0;
}

bool bind_to_cpus(const Request& request) {
  return sched_setaffinity(0, static_cast<std::size_t>(request.cpu_set_bytes),
                           reinterpret_cast<const cpu_set_t*>(request.cpu_set.data())) == 0;
}

/// Takes all steps between birth and program that can fail, in this order. Returns the failed step, or `none`.
Step prepare(const ChildStart& start) {
  const Request& request = *start.request;
  if (!place_streams(request, *start.streams)) return Step::streams;
  if (!take_own_cpus() || !take_inheritance()) return Step::inheritance;
  if (request.cpu_set_bytes > 0 && !bind_to_cpus(request)) return Step::cpus;
  if (request.sets_nice && setpriority(PRIO_PROCESS, 0, request.nice) != 0) return Step::nice;
  if (request.sets_open_files && !limit(RLIMIT_NOFILE, request.open_files)) return Step::open_files;
  if (chdir(start.folder) != 0) return Step::folder;
  if (request.sets_memory && !limit(RLIMIT_AS, request.memory_bytes)) return Step::memory;
  return Step::none;
}

int begin(void* argument) {
  ChildStart& start = *static_cast<ChildStart*>(argument);
  setpgid(0, 0);
  // Killing the launcher does not set the trial free.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  unguard_signals();
  start.failed = prepare(start);
  if (start.failed == Step::none) {
    execve(start.program, start.arguments, start.environment);
    start.failed = Step::exec;
  }
  start.error = errno;
  _exit(127);
}

/// Makes the arrays that execve takes, behind the texts. They are pages of the mailbox, so they are freed with them.
ChildStart read_texts(Mailbox& mailbox) {
  const Request& request = mailbox.request;
  char* text = texts_of(mailbox);
  const std::size_t step = sizeof(char*);
  char** pointer = reinterpret_cast<char**>(text + (request.text_bytes + step - 1) / step * step);
  const auto next = [&text] {
    char* const begin_of_text = text;
    text += std::strlen(text) + 1;
    return begin_of_text;
  };
  ChildStart start = {};
  start.request = &request;
  start.program = next();
  start.folder = next();
  start.arguments = pointer;
  for (int index = 0; index < request.argument_count; ++index) *pointer++ = next();
  *pointer++ = nullptr;
  start.environment = pointer;
  for (int index = 0; index < request.variable_count; ++index) *pointer++ = next();
  *pointer = nullptr;
  return start;
}

/// The child borrows the memory of the launcher until it has its program (as with vfork). This is cheaper than a copy
/// by 5 % of a trial, and the launcher learns about a failure without a pipe.
pid_t spawn(ChildStart& start, int& pidfd) {
  char* const stack_top = child_stack.data() + child_stack.size();
  const int flags = CLONE_VM | CLONE_VFORK | SIGCHLD;
  if (watches_signals) return clone(begin, stack_top, flags, &start);
  const pid_t pid = clone(begin, stack_top, flags | CLONE_PIDFD, &start, &pidfd);
  if (pidfd >= 0 || (pid < 0 && errno == EAGAIN)) return pid;
  watches_signals = true;
  return pid >= 0 ? pid : clone(begin, stack_top, flags, &start);
}

}  // namespace

bool start_child(Mailbox& mailbox, const Descriptors& streams, Child& child) {
  ChildStart start = read_texts(mailbox);
  start.streams = &streams;
  Report& report = mailbox.report;
  report.timed_out = false;
  report.counters = {};
  report.stops = 0;

  open_events(mailbox.request, report);
  int pidfd = -1;
  if (mailbox.request.start_ns > 0) line_up(mailbox.request);
  child.started_ns = now_ns();
  child.pid = spawn(start, pidfd);
  child.watches_all = pidfd < 0;
  child.watch = child.watches_all ? children_signals() : pidfd;
  part();

  if (child.pid < 0) {
    report.failed_step = Step::spawn;
    report.error = errno;
    return false;
  }
  if (start.failed == Step::none) return true;
  report.failed_step = start.failed;
  report.error = start.error;
  stop_watching(child);
  waitpid(child.pid, nullptr, 0);
  return false;
}

void stop_watching(Child& child) {
  if (!child.watches_all) close(child.watch);
}

}  // namespace assay::host::launcher
