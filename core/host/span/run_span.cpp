#include "core/host/span/run_span.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::host {
namespace {

volatile sig_atomic_t running_command = 0;

void hand_on(int signal) {
  if (running_command > 0) ::kill(static_cast<pid_t>(running_command), signal);
}

std::int64_t monotonic_ns() {
  timespec time = {};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

/// What becomes of a signal here while the command runs; the command gets it as it was before.
struct SignalRule {
  int signal;
  bool handed_on;
  struct sigaction before;
};

std::array<SignalRule, 4> signal_rules() {
  return {SignalRule{SIGINT, false, {}}, SignalRule{SIGQUIT, false, {}}, SignalRule{SIGTERM, true, {}},
          SignalRule{SIGHUP, true, {}}};
}

void set_aside(SignalRule& rule) {
  struct sigaction now = {};
  now.sa_handler = rule.handed_on ? hand_on : SIG_IGN;
  ::sigaction(rule.signal, nullptr, &rule.before);
  if (rule.before.sa_handler == SIG_IGN) return;  // whoever started this wants it ignored
  ::sigaction(rule.signal, &now, nullptr);
}

int exit_status(int code) {
  return code << 8;  // as wait(2) tells it
}

/// The child's side: returns only where the program cannot be started.
[[noreturn]] void become(char* const* command) {
  ::execvp(command[0], command);
  const int error = errno;
  std::fprintf(stderr, "assay span: cannot start %s: %s\n", command[0], std::strerror(error));
  ::_exit(error == ENOENT ? 127 : 126);
}

/// A command that has ended.
struct Ended {
  int pid = 0;
  int status = 0;
  rusage used = {};
};

Ended run(char* const* command) {
  std::array<SignalRule, 4> rules = signal_rules();
  // None may come while nobody is there to take it.
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  for (const SignalRule& rule : rules) sigaddset(&blocked, rule.signal);
  ::sigprocmask(SIG_BLOCK, &blocked, &before);
  for (SignalRule& rule : rules) set_aside(rule);
  Ended ended;
  ended.pid = ::fork();
  if (ended.pid == 0) {
    for (const SignalRule& rule : rules) ::sigaction(rule.signal, &rule.before, nullptr);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    become(command);
  }
  if (ended.pid > 0) running_command = ended.pid;
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  if (ended.pid > 0) {
    while (::wait4(ended.pid, &ended.status, 0, &ended.used) < 0 && errno == EINTR) {
    }
    running_command = 0;
  } else {
    std::fprintf(stderr, "assay span: cannot start a process: %s\n", std::strerror(errno));
    ended.status = exit_status(126);
  }
  for (const SignalRule& rule : rules) ::sigaction(rule.signal, &rule.before, nullptr);
  return ended;
}

/// The time in which some task has waited for the resource since boot, of all the machine: the first total in
/// "some avg10=0.00 avg60=0.00 avg300=0.00 total=MICROSECONDS" (docs.kernel.org, accounting/psi).
std::optional<std::int64_t> stalled_ns(const char* path) {
  const int file = ::open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0) return std::nullopt;
  std::array<char, 256> text{};
  const ssize_t length = ::read(file, text.data(), text.size() - 1);
  ::close(file);
  const char* const total = length > 0 ? std::strstr(text.data(), "total=") : nullptr;
  if (total == nullptr) return std::nullopt;
  return std::strtoll(total + std::strlen("total="), nullptr, 10) * 1000;
}

/// What the machine has waited since boot.
struct Stalls {
  std::optional<std::int64_t> cpu = stalled_ns("/proc/pressure/cpu");
  std::optional<std::int64_t> io = stalled_ns("/proc/pressure/io");
  std::optional<std::int64_t> memory = stalled_ns("/proc/pressure/memory");
};

std::optional<std::int64_t> between(const std::optional<std::int64_t>& before,
                                    const std::optional<std::int64_t>& after) {
  return before && after ? std::optional(*after - *before) : std::nullopt;
}

std::int64_t ns_of(const timeval& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::int64_t>(time.tv_usec) * 1000;
}

/// A command that waits for a processor looks like one that waits for something else. So if tasks waited for processors
/// in more than this share of its time, what it waited for is not reported.
constexpr double kMostContention = 0.1;

bool is_contended(const Stalls& before, const Stalls& after, std::int64_t duration) {
  const std::optional<std::int64_t> waited = between(before.cpu, after.cpu);
  return !waited || static_cast<double>(*waited) > kMostContention * static_cast<double>(duration);
}

/// Others may wait for storage meanwhile: of a command that has moved no block, none of it counts.
CommandUse use_of(const rusage& used, const Stalls& before, const Stalls& after, std::int64_t duration) {
  CommandUse use{.cpu_ns = ns_of(used.ru_utime) + ns_of(used.ru_stime)};
  if (is_contended(before, after, duration)) return use;
  use.io_ns = between(before.io, after.io);
  use.memory_ns = between(before.memory, after.memory);
  if (use.io_ns && used.ru_inblock == 0 && used.ru_oublock == 0) use.io_ns = 0;
  return use;
}

/// One span as one line, written in one piece: many processes may append to the file at once.
struct SpanLine {
  // The name doubled by backslashes, six numbers, and 32 processes.
  std::array<char, 2 * kLongestSpanName + 300 + 32 * 12> text{};
  std::size_t length = 0;

  void add(const char* more) {
    for (; *more != '\0'; ++more) text[length++] = *more;
  }
  void add_number(std::int64_t number) {
    std::array<char, 24> digits{};
    std::snprintf(digits.data(), digits.size(), "%lld", static_cast<long long>(number));
    add(digits.data());
  }
  void add_name(const char* name) {
    for (; *name != '\0'; ++name) {
      if (*name == '"' || *name == '\\') text[length++] = '\\';
      text[length++] = *name;
    }
  }
};

void add_member(SpanLine& line, const char* start, const std::optional<std::int64_t>& number) {
  if (!number) return;
  line.add(start);
  line.add_number(*number);
}

/// This process and those above it, the nearest first. They tell a span that this one is a part of from one that went
/// on beside it. Nothing is known if there are more than it has room for, or no /proc.
struct Ancestors {
  std::array<int, 32> pids{};
  std::size_t count = 0;

  Ancestors() {
    for (int pid = ::getpid(); pid > 0; pid = parent_of(pid)) {
      if (count == pids.size()) {
        count = 0;
        return;
      }
      pids[count++] = pid;
    }
  }

 private:
  /// The fourth field of "PID (NAME) STATE PARENT ...", whose name may hold anything; 0 if there is none.
  static int parent_of(int pid) {
    std::array<char, 32> path{};
    std::snprintf(path.data(), path.size(), "/proc/%d/stat", pid);
    const int file = ::open(path.data(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0) return 0;
    std::array<char, 256> text{};
    const ssize_t length = ::read(file, text.data(), text.size() - 1);
    ::close(file);
    const char* const end_of_name = length > 0 ? std::strrchr(text.data(), ')') : nullptr;
    int parent = 0;
    return end_of_name != nullptr && std::sscanf(end_of_name, ") %*c %d", &parent) == 1 ? parent : 0;
  }
};

void add_ancestors(SpanLine& line, const Ancestors& ancestors) {
  if (ancestors.count < 2) return;  // without /proc
  for (std::size_t at = 0; at < ancestors.count; ++at) {
    add_member(line, at == 0 ? R"(,"ancestors":[)" : ",", ancestors.pids[at]);
  }
  line.add("]");
}

bool append(const char* file, const SpanLine& line) {
  const int descriptor = ::open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0644);
  if (descriptor < 0) return false;
  errno = ENOSPC;  // where less is written than was asked for
  const bool written = ::write(descriptor, line.text.data(), line.length) == static_cast<ssize_t>(line.length);
  const int error = errno;
  ::close(descriptor);
  errno = error;
  return written;
}

}  // namespace

bool may_name_span(const char* name) {
  int length = 0;
  for (; name[length] != '\0'; ++length) {
    const auto byte = static_cast<unsigned char>(name[length]);
    if (length == kLongestSpanName || byte < 0x20 || byte == 0x7f) return false;
  }
  return length > 0 && std::strcmp(name, kNoSpanName) != 0;
}

SpanRun run_span(const char* name, char* const* command, const char* file) {
  const bool is_wanted = file != nullptr && *file != '\0';
  const std::optional<Ancestors> ancestors = is_wanted ? std::optional<Ancestors>(std::in_place) : std::nullopt;
  const Stalls before;
  const std::int64_t start = monotonic_ns();
  const Ended ended = run(command);
  const std::int64_t end = monotonic_ns();
  const SpanRun span{.status = ended.status,
                     .start_ns = start,
                     .end_ns = end,
                     .use = use_of(ended.used, before, Stalls{}, end - start)};
  if (!is_wanted) return span;
  SpanLine line;
  line.add(R"({"name":")");
  line.add_name(name);
  add_member(line, R"(","start_ns":)", start);
  add_member(line, R"(,"end_ns":)", end);
  add_member(line, R"(,"pid":)", ended.pid);
  add_ancestors(line, *ancestors);
  add_member(line, R"(,"cpu_ns":)", span.use.cpu_ns);
  add_member(line, R"(,"io_ns":)", span.use.io_ns);
  add_member(line, R"(,"memory_ns":)", span.use.memory_ns);
  line.add("}\n");
  if (!append(file, line)) {
    std::fprintf(stderr, "assay span: cannot write to %s: %s\n", file, std::strerror(errno));
  }
  return span;
}

void end_as(int status) {
  if (WIFSIGNALED(status)) {
    const rlimit none = {0, 0};
    ::setrlimit(RLIMIT_CORE, &none);  // one dump, of the command itself, is enough
    ::signal(WTERMSIG(status), SIG_DFL);
    sigset_t all;
    sigemptyset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
    ::raise(WTERMSIG(status));
  }
  std::fflush(nullptr);
  ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

}  // namespace assay::host
