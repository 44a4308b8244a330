// A child that does as it is told: ends, misbehaves, or shows what it was given.
// Usage: act VERB [ARGUMENT]
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dirent.h>
#include <sched.h>
#include <string>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

[[noreturn]] void wait_for_ever() {
  for (;;) ::pause();
}

void ignore_term() {
  std::signal(SIGTERM, SIG_IGN);
}

/// Uses so much CPU time, in milliseconds.
void spin(const char* milliseconds) {
  const std::clock_t end = std::clock() + std::atol(milliseconds) * CLOCKS_PER_SEC / 1000;
  while (std::clock() < end) {
  }
}

std::vector<char> allocate(const char* bytes) {
  return std::vector<char>(std::strtoul(bytes, nullptr, 10), 'x');
}

void flood(const char* bytes) {
  const std::string piece(1 << 16, 'x');
  for (std::size_t left = std::strtoul(bytes, nullptr, 10); left > 0;) {
    const ssize_t count = ::write(STDOUT_FILENO, piece.data(), std::min(left, piece.size()));
    if (count <= 0) std::exit(1);
    left -= static_cast<std::size_t>(count);
  }
}

/// Starts a process that is not waited for, in the way that `begin` gives it.
template <class Begin>
void leave(Begin begin) {
  if (::fork() == 0) {
    begin();
    ::_exit(0);
  }
}

void become_daemon() {
  ::setsid();
  if (::fork() != 0) ::_exit(0);
}

/// A process that nobody here waits for uses CPU time and ends; returns when it has.
void spin_in_an_orphan(const char* milliseconds) {
  int ends[2];
  if (::pipe(ends) != 0) std::exit(1);
  const pid_t middle = ::fork();
  if (middle == 0) {
    leave([milliseconds] { spin(milliseconds); });
    ::_exit(0);
  }
  ::waitpid(middle, nullptr, 0);
  ::close(ends[1]);
  char nothing;
  (void)!::read(ends[0], &nothing, 1);
}

/// Two children hold memory at the same time; each keeps it until the other has its own.
void allocate_in_two_children(const char* bytes) {
  int ready[2];
  int done[2];
  if (::pipe(ready) != 0 || ::pipe(done) != 0) std::exit(1);
  for (int child = 0; child < 2; ++child) {
    leave([&] {
      ::close(done[1]);
      const std::vector<char> held = allocate(bytes);
      char signal = held.back();
      (void)!::write(ready[1], &signal, 1);
      (void)!::read(done[0], &signal, 1);
    });
  }
  char signal;
  for (int child = 0; child < 2; ++child) (void)!::read(ready[0], &signal, 1);
  ::close(done[1]);
  while (::wait(nullptr) > 0) {
  }
}

void print_environment() {
  for (char** variable = environ; *variable != nullptr; ++variable) std::puts(*variable);
}

void print_open_files() {
  DIR* const folder = ::opendir("/proc/self/fd");
  while (const dirent* entry = ::readdir(folder)) {
    if (entry->d_name[0] != '.' && std::atoi(entry->d_name) != ::dirfd(folder)) std::puts(entry->d_name);
  }
  ::closedir(folder);
}

void print_signals() {
  char line[256];
  std::FILE* const status = std::fopen("/proc/self/status", "r");
  while (std::fgets(line, sizeof line, status) != nullptr) {
    if (std::strncmp(line, "SigBlk", 6) == 0 || std::strncmp(line, "SigIgn", 6) == 0) std::fputs(line, stdout);
  }
  std::fclose(status);
}

void print_limits() {
  rlimit memory;
  rlimit files;
  ::getrlimit(RLIMIT_AS, &memory);
  ::getrlimit(RLIMIT_NOFILE, &files);
  cpu_set_t cpus;
  ::sched_getaffinity(0, sizeof cpus, &cpus);
  std::printf("memory %lu files %lu nice %d cpus %d first %d\n", memory.rlim_cur, files.rlim_cur,
              ::getpriority(PRIO_PROCESS, 0), CPU_COUNT(&cpus), CPU_ISSET(0, &cpus) ? 0 : -1);
}

long monotonic_nanoseconds() {
  timespec now;
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

/// "START END CPU USABLE": when it ran, the CPU that it was on at its end, and how many it may use. It works meanwhile.
void print_span(const char* milliseconds) {
  const long start = monotonic_nanoseconds();
  const long end = start + std::atol(milliseconds) * 1'000'000;
  while (monotonic_nanoseconds() < end) {
  }
  cpu_set_t cpus;
  ::sched_getaffinity(0, sizeof cpus, &cpus);
  std::printf("%ld %ld %d %d\n", start, monotonic_nanoseconds(), ::sched_getcpu(), CPU_COUNT(&cpus));
}

void copy_input() {
  for (int letter = std::getchar(); letter != EOF; letter = std::getchar()) std::putchar(letter);
}

void print_place() {
  char folder[4096];
  std::puts(::getcwd(folder, sizeof folder));
}

/// Writes a text to a file in the /proc folder of the parent.
void write_for_parent(const char* file, const char* text) {
  const std::string path = "/proc/" + std::to_string(::getppid()) + "/" + file;
  std::FILE* const opened = std::fopen(path.c_str(), "w");
  if (opened == nullptr) std::exit(77);
  std::fputs(text, opened);
  if (std::fclose(opened) != 0) std::exit(77);
}

/// Changes what the parent's next children would inherit. Exits 77 if this user may not.
void alter_parent(const char* what) {
  const std::string wanted = what;
  const pid_t parent = ::getppid();
  int refused = 0;
  if (wanted == "slack") write_for_parent("timerslack_ns", "200000");
  if (wanted == "oom") write_for_parent("oom_score_adj", "321");
  if (wanted == "core") write_for_parent("coredump_filter", "0x1");
  if (wanted == "nice") refused = ::setpriority(PRIO_PROCESS, static_cast<id_t>(parent), 7);
  if (wanted == "files") {
    rlimit files;
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = 33;
    refused = ::prlimit(parent, RLIMIT_NOFILE, &files, nullptr);
  }
  if (wanted == "policy") {
    const sched_param none = {};
    refused = ::sched_setscheduler(parent, SCHED_BATCH, &none);
  }
  if (wanted == "cpus") {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &one);
    refused = ::sched_setaffinity(parent, sizeof one, &one);
  }
  if (refused != 0) std::exit(77);
}

/// What this process has inherited.
void print_inherited() {
  rlimit files;
  ::getrlimit(RLIMIT_NOFILE, &files);
  cpu_set_t cpus;
  ::sched_getaffinity(0, sizeof cpus, &cpus);
  std::printf("nice %d policy %d slack %d files %lu cpus %d", ::getpriority(PRIO_PROCESS, 0), ::sched_getscheduler(0),
              ::prctl(PR_GET_TIMERSLACK), files.rlim_cur, CPU_COUNT(&cpus));
  for (const char* file : {"/proc/self/oom_score_adj", "/proc/self/coredump_filter"}) {
    char text[64] = {};
    std::FILE* const opened = std::fopen(file, "r");
    if (opened != nullptr && std::fgets(text, sizeof text, opened) != nullptr) std::printf(" %s", text);
    if (opened != nullptr) std::fclose(opened);
  }
}

/// A child of it stops this process and lets it go on.
void be_stopped_once() {
  const pid_t stopper = ::fork();
  const pid_t stopped = ::getppid();
  if (stopper != 0) {
    ::waitpid(stopper, nullptr, 0);
    return;
  }
  ::kill(stopped, SIGSTOP);
  char state = 0;
  while (state != 'T') {
    const std::string path = "/proc/" + std::to_string(stopped) + "/stat";
    std::FILE* const status = std::fopen(path.c_str(), "r");
    if (status == nullptr || std::fscanf(status, "%*d %*s %c", &state) != 1) std::exit(1);
    std::fclose(status);
  }
  ::usleep(100'000);  // whoever waits for the process sees the stop only as long as it lasts
  ::kill(stopped, SIGCONT);
  ::_exit(0);
}

struct Verb {
  const char* name;
  void (*act)(const char* argument);
};

const Verb kVerbs[] = {
    {"exit", [](const char* code) { std::exit(std::atoi(code)); }},
    {"abort", [](const char*) { std::abort(); }},
    {"wait", [](const char*) { wait_for_ever(); }},
    {"announce-and-wait",
     [](const char* text) {
       std::puts(text);
       std::fflush(stdout);
       wait_for_ever();
     }},
    {"announce-and-ignore-term",
     [](const char* text) {
       ignore_term();
       std::puts(text);
       std::fflush(stdout);
       wait_for_ever();
     }},
    {"ignore-term",
     [](const char*) {
       ignore_term();
       wait_for_ever();
     }},
    {"stop-self", [](const char*) { std::raise(SIGSTOP); }},
    {"kill-parent",
     [](const char*) {
       ::kill(::getppid(), SIGKILL);
       wait_for_ever();
     }},
    {"be-stopped-once", [](const char*) { be_stopped_once(); }},
    {"alter-parent", alter_parent},
    {"print-inherited", [](const char*) { print_inherited(); }},
    {"end-parent", [](const char*) { ::kill(::getppid(), SIGTERM); }},
    {"stop-parent", [](const char*) { ::kill(::getppid(), SIGSTOP); }},
    {"leave-group-and-wait",
     [](const char*) {
       // A leader of a group moves by joining another one of its session.
       const pid_t other = ::fork();
       if (other == 0) {
         ::setpgid(0, 0);
         wait_for_ever();
       }
       ::setpgid(other, other);
       ::setpgid(0, other);
       wait_for_ever();
     }},
    {"leave-one", [](const char*) { leave([] { wait_for_ever(); }); }},
    {"leave-one-ignoring-term",
     [](const char*) {
       // Set before the fork, so that no signal comes in between.
       ignore_term();
       leave([] { wait_for_ever(); });
     }},
    {"leave-daemon",
     [](const char*) {
       leave([] {
         become_daemon();
         wait_for_ever();
       });
       ::wait(nullptr);
     }},
    {"leave-daemon-and-wait",
     [](const char* text) {
       leave([] {
         become_daemon();
         wait_for_ever();
       });
       ::wait(nullptr);
       std::puts(text);
       std::fflush(stdout);
       wait_for_ever();
     }},
    {"leave-flooding",
     [](const char*) {
       leave([] {
         for (;;) flood("65536");
       });
     }},
    {"leave-answering",
     // Answers SIGUSR1 with a line on its standard output, for ever.
     [](const char*) {
       std::signal(SIGUSR1, [](int) { (void)!::write(STDOUT_FILENO, "alive\n", 6); });
       leave([] { wait_for_ever(); });
     }},
    {"spin", spin},
    {"spin-in-an-orphan", spin_in_an_orphan},
    {"allocate", [](const char* bytes) { (void)allocate(bytes); }},
    {"allocate-in-two-children", allocate_in_two_children},
    {"flood", flood},
    {"close-output",
     [](const char*) {
       ::close(STDOUT_FILENO);
       ::close(STDERR_FILENO);
       spin("20");
     }},
    {"speak",
     [](const char*) {
       std::fputs("to output\n", stdout);
       std::fflush(stdout);
       std::fputs("to error\n", stderr);
     }},
    {"copy-input", [](const char*) { copy_input(); }},
    {"print-environment", [](const char*) { print_environment(); }},
    {"print-argument", [](const char* argument) { std::fputs(argument, stdout); }},
    {"print-place", [](const char*) { print_place(); }},
    {"print-open-files", [](const char*) { print_open_files(); }},
    {"print-signals", [](const char*) { print_signals(); }},
    {"print-limits", [](const char*) { print_limits(); }},
    {"print-span", print_span},
    {"print-group", [](const char*) { std::puts(::getpgrp() == ::getpid() ? "own" : "shared"); }},
};

}  // namespace

int main(int argument_count, char** arguments) {
  const char* const wanted = argument_count > 1 ? arguments[1] : "";
  for (const Verb& verb : kVerbs) {
    if (std::strcmp(verb.name, wanted) != 0) continue;
    verb.act(argument_count > 2 ? arguments[2] : "");
    return 0;
  }
  std::fprintf(stderr, "act: no such verb: \"%s\"\n", wanted);
  return 64;
}
