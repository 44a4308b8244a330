#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "core/host/launcher/launcher.hpp"
#include "core/host/launcher/process_status.hpp"

namespace assay::host::launcher {
namespace {

/// Recognises one variable in the environment of a process, which comes piece by piece.
class MarkSearch {
 public:
  explicit MarkSearch(const char* mark) : mark_(mark), next_(mark) {}

  /// Returns true once a variable has begun with the mark.
  bool take(const char* piece, ssize_t length) {
    for (ssize_t at = 0; at < length; ++at) {
      if (next_ != nullptr && piece[at] == *next_) {
        ++next_;
        if (*next_ == '\0') return true;
      } else {
        next_ = nullptr;
      }
      if (piece[at] == '\0') next_ = mark_;
    }
    return false;
  }

 private:
  const char* mark_;
  const char* next_;  ///< the letter of the mark that comes next; null if this variable is another one
};

bool is_marked(pid_t process, const char* mark) {
  std::array<char, 64> path{};
  std::snprintf(path.data(), path.size(), "/proc/%d/environ", static_cast<int>(process));
  const int file = open(path.data(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  MarkSearch search(mark);
  static std::array<char, 4096> piece;
  bool found = false;
  for (ssize_t length = 1; length > 0 && !found;) {
    length = read(file, piece.data(), piece.size());
    found = search.take(piece.data(), length);
  }
  close(file);
  return found;
}

/// The processes to be ended in one round.
ProcessList doomed;

bool is_doomed(pid_t process) {
  const pid_t* const first = doomed.pids.data();
  return std::find(first, first + doomed.count, process) != first + doomed.count;
}

/// Adds every process that is not in the list yet and of which `belongs` says so. Returns false if there was none.
template <class Belongs>
bool add_if(Belongs belongs) {
  DIR* const processes = opendir("/proc");
  if (processes == nullptr) return false;
  const int before = doomed.count;
  while (const dirent* entry = readdir(processes)) {
    const pid_t process = std::atoi(entry->d_name);
    if (process <= 1 || process == getpid() || doomed.count == kMaxListed) continue;
    if (!is_doomed(process) && belongs(process)) doomed.pids[static_cast<std::size_t>(doomed.count++)] = process;
  }
  closedir(processes);
  return doomed.count > before;
}

/// Kills the processes with the mark and their descendants. Returns false if there was none.
bool end_marked(const char* mark) {
  doomed.count = 0;
  if (!add_if([mark](pid_t process) { return is_marked(process, mark); })) return false;
  const auto descends = [](pid_t process) {
    ProcessStatus status = {};
    return read_process_status(process, status) && is_doomed(status.parent);
  };
  while (add_if(descends)) {
  }
  for (int index = 0; index < doomed.count; ++index) kill(doomed.pids[static_cast<std::size_t>(index)], SIGKILL);
  return true;
}

}  // namespace

void watch_session(const char* session_folder) {
  closefrom(kSocket + 1);
  if (chdir("/") != 0) return;
  prctl(PR_SET_NAME, "session-watch");
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, nullptr);  // what stops the session does not stop this before it

  static std::array<char, PATH_MAX + 32> mark;
  std::snprintf(mark.data(), mark.size(), "%s=%s/", kArmFolder, session_folder);
  char word = 0;
  ssize_t length = 0;
  do {
    length = read(kSocket, &word, 1);
  } while (length < 0 && errno == EINTR);
  if (length == 1) return;  // the session has ended its processes itself

  constexpr std::int64_t kPatienceNs = 10'000'000'000;
  const std::int64_t give_up_ns = now_ns() + kPatienceNs;
  // A process that was just born may be missing in one look, so the last one must find none.
  const timespec moment = {.tv_sec = 0, .tv_nsec = 5'000'000};
  while (end_marked(mark.data()) && now_ns() < give_up_ns) nanosleep(&moment, nullptr);
}

}  // namespace assay::host::launcher
