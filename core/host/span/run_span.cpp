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

long long monotonic_ns() {
  timespec time = {};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<long long>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
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

int run(char* const* command, int& pid) {
  std::array<SignalRule, 4> rules = signal_rules();
  // None may come while nobody is there to take it.
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  for (const SignalRule& rule : rules) sigaddset(&blocked, rule.signal);
  ::sigprocmask(SIG_BLOCK, &blocked, &before);
  for (SignalRule& rule : rules) set_aside(rule);
  pid = ::fork();
  if (pid == 0) {
    for (const SignalRule& rule : rules) ::sigaction(rule.signal, &rule.before, nullptr);
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    become(command);
  }
  if (pid > 0) running_command = pid;
  ::sigprocmask(SIG_SETMASK, &before, nullptr);
  int status = 0;
  if (pid > 0) {
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    running_command = 0;
  } else {
    std::fprintf(stderr, "assay span: cannot start a process: %s\n", std::strerror(errno));
    status = exit_status(126);
  }
  for (const SignalRule& rule : rules) ::sigaction(rule.signal, &rule.before, nullptr);
  return status;
}

/// One span as one line, written in one piece: many processes may append to the file at once.
struct SpanLine {
  // The name doubled by backslashes, and three numbers.
  std::array<char, 2 * kLongestSpanName + 200> text{};
  std::size_t length = 0;

  void add(const char* more) {
    for (; *more != '\0'; ++more) text[length++] = *more;
  }
  void add_number(long long number) {
    std::array<char, 24> digits{};
    std::snprintf(digits.data(), digits.size(), "%lld", number);
    add(digits.data());
  }
  void add_name(const char* name) {
    for (; *name != '\0'; ++name) {
      if (*name == '"' || *name == '\\') text[length++] = '\\';
      text[length++] = *name;
    }
  }
};

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
  return length > 0;
}

int run_span(const char* name, char* const* command, const char* file) {
  int pid = 0;
  const long long start = monotonic_ns();
  const int status = run(command, pid);
  const long long end = monotonic_ns();
  if (file == nullptr || *file == '\0') return status;
  SpanLine line;
  line.add(R"({"name":")");
  line.add_name(name);
  line.add(R"(","start_ns":)");
  line.add_number(start);
  line.add(R"(,"end_ns":)");
  line.add_number(end);
  line.add(R"(,"pid":)");
  line.add_number(pid);
  line.add("}\n");
  if (!append(file, line)) {
    std::fprintf(stderr, "assay span: cannot write to %s: %s\n", file, std::strerror(errno));
  }
  return status;
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
