#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "core/host/launcher/launcher.hpp"

namespace assay::host::launcher {
namespace {

constexpr std::int64_t kNever = INT64_MAX;

std::int64_t add_saturated(std::int64_t time, std::int64_t duration) {
  return duration > kNever - time ? kNever : time + duration;
}

/// How far stopping a child has progressed.
struct Stopping {
  pid_t child;
  const Request* request;
  int next_step = 0;
  std::int64_t due_ns = kNever;

  [[nodiscard]] bool has_begun() const { return next_step > 0; }

  void take_step(int step) {
    const TimedSignal& now = request->stop_steps[static_cast<std::size_t>(step)];
    signal_child(child, now.signal);
    next_step = step + 1;
    due_ns = next_step < request->stop_step_count ? add_saturated(now_ns(), now.wait_ns) : kNever;
  }
};

/// Returns false if the library is gone.
bool obey(Stopping& stopping) {
  Command command = Command::stop_gently;
  const ssize_t length = recv(kSocket, &command, 1, MSG_DONTWAIT);
  if (length < 0) return errno == EAGAIN || errno == EINTR;
  if (length == 0) return false;
  if (command == Command::stop_gently && !stopping.has_begun()) stopping.take_step(0);
  if (command == Command::stop_at_once) stopping.take_step(stopping.request->stop_step_count - 1);
  return true;
}

bool has_ended(const Child& child) {
  siginfo_t found = {};
  const int options = WEXITED | WNOHANG | WNOWAIT;
  return waitid(P_PID, static_cast<id_t>(child.pid), &found, options) == 0 && found.si_pid == child.pid;
}

/// A pidfd reports only this child. A signal reports any child, and several signals may arrive as one.
bool has_ended_after_wake(const Child& child, short wake) {
  return child.watches_all ? has_ended(child) : wake != 0;
}

}  // namespace

void signal_child(pid_t child, int signal) {
  kill(-child, signal);
  if (getpgid(child) != child) kill(child, signal);
  // A launcher that stopped itself would never see it.
  if (signal != SIGKILL) kill(-child, SIGCONT);
}

Watched wait_for_end(const Child& child, const Request& request, Report& report) {
  Stopping stopping = {
      .child = child.pid, .request = &request, .due_ns = add_saturated(child.started_ns, request.timeout_ns)};
  // A signal that arrived before it was watched for is lost.
  bool ended = child.watches_all && has_ended(child);
  while (!ended) {
    std::array<pollfd, 3> watched = {{{.fd = child.watch, .events = POLLIN, .revents = 0},
                                      {.fd = kSocket, .events = POLLIN, .revents = 0},
                                      {.fd = children_signals(), .events = POLLIN, .revents = 0}}};
    timespec patience = {};
    if (stopping.due_ns != kNever) {
      const std::int64_t left = stopping.due_ns > now_ns() ? stopping.due_ns - now_ns() : 0;
      patience = {.tv_sec = left / 1'000'000'000, .tv_nsec = left % 1'000'000'000};
    }
    const int ready = ppoll(watched.data(), watched.size(), stopping.due_ns == kNever ? nullptr : &patience, nullptr);
    if (ready < 0) continue;
    ended = has_ended_after_wake(child, watched[0].revents);
    if (ended) break;
    if (watched[2].revents != 0) count_stops(child.pid, report);
    if (watched[1].revents != 0 && !obey(stopping)) return Watched::library_gone;
    if (now_ns() >= stopping.due_ns) {
      report.timed_out = report.timed_out || !stopping.has_begun();
      stopping.take_step(stopping.next_step);
    }
  }
  return Watched::child_ended;
}

}  // namespace assay::host::launcher
