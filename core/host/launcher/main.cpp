#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/host/launcher/inheritance.hpp"
#include "core/host/launcher/launcher.hpp"

namespace assay::host::launcher {
namespace {

/// Larger requests are wiped from the memory of the launcher: see `forget_texts`.
constexpr std::size_t kSmallText = std::size_t{128} << 10;

/// /proc/self/clear_refs. It is opened before the launcher protects itself, since later it belongs to root.
int clear_references = -1;

/// Waits for the next message. Returns false if the library is gone.
bool receive(Command& command, Descriptors& descriptors) {
  iovec piece = {.iov_base = &command, .iov_len = 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof descriptors.numbers)> control;
  msghdr message = {};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t length = -1;
  do {
    length = recvmsg(kSocket, &message, MSG_CMSG_CLOEXEC);
  } while (length < 0 && errno == EINTR);
  if (length != 1) return false;
  descriptors.count = 0;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header != nullptr && header->cmsg_type == SCM_RIGHTS) {
    descriptors.count = static_cast<int>((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
    std::memcpy(descriptors.numbers.data(), CMSG_DATA(header), header->cmsg_len - CMSG_LEN(0));
  }
  return true;
}

void answer(Answer what) {
  send(kSocket, &what, 1, MSG_NOSIGNAL);
}

/// A process that writes "0" moves itself, which avoids the wait that moving another process costs in cgroup v1 (10 to
/// 30 ms).
void join_group(Descriptors& members, Report& report) {
  report.join_error = write(members.numbers[0], "0", 1) == 1 ? 0 : errno;
  close_all(members);
  freeze_inheritance();
}

/// A child starts with the highest peak that its parent ever had, so a large request would show in every later trial.
/// Therefore its pages are released, and the kernel is told to forget the peak (proc(5), clear_refs).
void forget_texts(Mailbox& mailbox) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  char* const base = reinterpret_cast<char*>(&mailbox);
  const std::size_t kept = (sizeof(Mailbox) + page - 1) / page * page;
  madvise(base + kept, kMailboxBytes - kept, MADV_DONTNEED);
  if (clear_references < 0 || pwrite(clear_references, "5", 1, 0) != 1) {
    // If the kernel does not offer this, later trials show a peak that is a few MB too high. The library cannot correct
    // it.
  }
}

/// Returns false if the library is gone.
bool run_child(Mailbox& mailbox, Descriptors& streams) {
  Report& report = mailbox.report;
  keep_what_lives(report);
  report.changed = 0;
  report.lost = 0;
  const std::int32_t continued_before = times_continued();
  Child child = {};
  const bool started = start_child(mailbox, streams, child);
  close_all(streams);
  if (!started) {
    answer(Answer::not_started);
    return true;
  }
  report.child = child.pid;
  if (wait_for_end(child, mailbox.request, report) == Watched::library_gone) {
    end_descendants(child.pid);
    return false;
  }
  reap_child(child, mailbox.request, report);
  stop_watching(child);
  count_stops(child.pid, report);  // only to empty the descriptor
  reap_others(report);
  read_events(report);
  report.launcher_stops = times_continued() - continued_before;
  check_inheritance(report);
  report.child = 0;
  if (mailbox.request.text_bytes > kSmallText) forget_texts(mailbox);
  meet(mailbox.request.caller);
  answer(Answer::ended);
  return true;
}

/// The C library that started this program left two of its own signals (32 and 33) ignored, which children would
/// inherit. Its own functions cannot reach them.
void restore_internal_signals() {
  const struct { unsigned long handler, flags, restorer, mask; } standard = {};
  for (int signal = 32; signal < 34; ++signal) {
    syscall(SYS_rt_sigaction, signal, &standard, nullptr, sizeof standard.mask);
  }
}

/// Other processes of this user may not trace the launcher, nor change what its files in /proc offer. Root may do all.
void protect() {
  clear_references = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC);
  prctl(PR_SET_DUMPABLE, 0);
}

void serve(Mailbox& mailbox) {
  Command command = Command::reap;
  Descriptors descriptors;
  while (receive(command, descriptors)) {
    switch (command) {
      case Command::join_group:
        join_group(descriptors, mailbox.report);
        break;
      case Command::start:
        if (!run_child(mailbox, descriptors)) return;
        break;
      case Command::forget_kept:
        mailbox.report.kept.count = 0;
        [[fallthrough]];
      case Command::reap:
        reap_others(mailbox.report);
        read_events(mailbox.report);
        answer(Answer::reaped);
        break;
      case Command::stop_gently:
      case Command::stop_at_once:
        // The child ended before the message arrived.
        break;
    }
  }
  end_descendants(0);
}

}  // namespace

std::int64_t now_ns() {
  timespec time = {};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

void close_all(Descriptors& descriptors) {
  for (int index = 0; index < descriptors.count; ++index) close(descriptors.numbers[static_cast<std::size_t>(index)]);
  descriptors.count = 0;
}

}  // namespace assay::host::launcher

/// With one argument it is the cheapest possible child, which `spawn_floor` measures; with two, `watch FOLDER`, it
/// watches over a session.
int main(int argument_count, char** arguments) {
  using namespace assay::host::launcher;
  if (argument_count == 3) watch_session(arguments[2]);
  if (argument_count > 1) return 0;
  closefrom(kMailbox + 1);
  if (chdir("/") != 0) return 1;
  restore_internal_signals();
  prctl(PR_SET_NAME, "launcher");
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  fcntl(kSocket, F_SETFD, FD_CLOEXEC);
  guard_signals();
  keep_own_cpus();
  const char* const hidden = std::getenv(kHiddenFolder);
  const std::int32_t hide_error = hidden == nullptr ? 0 : hide(hidden);
  freeze_inheritance();
  protect();
  void* const memory = mmap(nullptr, kMailboxBytes, PROT_READ | PROT_WRITE, MAP_SHARED, kMailbox, 0);
  close(kMailbox);
  if (memory == MAP_FAILED) return 1;
  static_cast<Mailbox*>(memory)->report.hide_error = hide_error;
  serve(*static_cast<Mailbox*>(memory));
  return 0;
}
