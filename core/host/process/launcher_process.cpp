#include "core/host/process/launcher_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/host/launcher/process_status.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

using launcher::Answer;
using launcher::Command;

/// Released however its use ends.
struct SpawnPlan {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;

  SpawnPlan() {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
  }
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
};

/// The launcher gets a session of its own, so that Ctrl-C and a closing terminal reach only the caller and no trial can
/// wait for a terminal. Its signals are set as a new program expects them, whatever the caller ignores or blocks.
void set_signals(posix_spawnattr_t& attributes) {
  sigset_t signals;
  sigfillset(&signals);
  ::posix_spawnattr_setsigdefault(&attributes, &signals);
  sigemptyset(&signals);
  ::posix_spawnattr_setsigmask(&attributes, &signals);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

/// A descriptor above those that the launcher expects, so that placing one never closes another.
FileDescriptor raised(const FileDescriptor& file) {
  FileDescriptor copy(::fcntl(file.number(), F_DUPFD_CLOEXEC, launcher::kMailbox + 1));
  if (!copy.is_open()) throw system_error("start", "the launcher", errno);
  return copy;
}

FileDescriptor make_shared_memory(std::size_t size) {
  FileDescriptor file(::memfd_create("mailbox", MFD_CLOEXEC));
  if (!file.is_open()) {
    // A sandbox may forbid memory files. A named file also works; its name is removed at once.
    const std::string name = fmt::format("/assay-mailbox-{}", ::getpid());
    file = FileDescriptor(::shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    ::shm_unlink(name.c_str());
  }
  if (!file.is_open() || ::ftruncate(file.number(), static_cast<off_t>(size)) != 0) {
    throw system_error("share memory with", "the launcher", errno);
  }
  return file;
}

}  // namespace

void LauncherProcess::Unmap::operator()(launcher::Mailbox* mailbox) const {
  ::munmap(mailbox, launcher::kMailboxBytes);
}

LauncherProcess::LauncherProcess(const std::string& hidden_folder) : image_(LauncherImage::in_memory()) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw system_error("start", "the launcher", errno);
  }
  socket_ = FileDescriptor(ends[0]);
  const FileDescriptor far_end(ends[1]);
  const FileDescriptor mailbox_file = make_shared_memory(launcher::kMailboxBytes);
  void* const memory =
      ::mmap(nullptr, launcher::kMailboxBytes, PROT_READ | PROT_WRITE, MAP_SHARED, mailbox_file.number(), 0);
  if (memory == MAP_FAILED) throw system_error("share memory with", "the launcher", errno);
  mailbox_.reset(static_cast<launcher::Mailbox*>(memory));
  start(raised(far_end), raised(mailbox_file), hidden_folder);
}

LauncherProcess::~LauncherProcess() {
  if (pid_ <= 0) return;
  // The launcher sees its socket close, ends its descendants and then itself, even if something has stopped it.
  socket_ = FileDescriptor(-1);
  resume();
  (void)wait_for_end();
}

void LauncherProcess::resume() const noexcept {
  launcher::ProcessStatus status{};
  // The launcher counts its continuations, so one that runs gets no signal.
  if (pid_ > 0 && launcher::read_process_status(pid_, status) && status.state == 'T') ::kill(pid_, SIGCONT);
}

void LauncherProcess::start(const FileDescriptor& far_end, const FileDescriptor& mailbox_file,
                            const std::string& hidden_folder) {
  SpawnPlan plan;
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    ::posix_spawn_file_actions_addopen(&plan.actions, stream, "/dev/null", O_RDWR, 0);
  }
  ::posix_spawn_file_actions_adddup2(&plan.actions, far_end.number(), launcher::kSocket);
  ::posix_spawn_file_actions_adddup2(&plan.actions, mailbox_file.number(), launcher::kMailbox);
  set_signals(plan.attributes);

  std::string name = "launcher";
  const std::array<char*, 2> arguments = {name.data(), nullptr};
  std::string hidden = fmt::format("{}={}", launcher::kHiddenFolder, hidden_folder);
  const std::array<char*, 2> environment = {hidden_folder.empty() ? nullptr : hidden.data(), nullptr};
  const auto spawn = [&] {
    return ::posix_spawn(&pid_, image_.path().c_str(), &plan.actions, &plan.attributes, arguments.data(),
                         environment.data());
  };
  int refused = spawn();
  if (refused != 0) {
    // The kernel may be configured not to run programs from memory (vm.memfd_noexec).
    image_ = LauncherImage::in_temporary_folder();
    refused = spawn();
  }
  if (refused != 0) {
    pid_ = -1;
    throw system_error("start", "the launcher", refused);
  }
}

void LauncherProcess::send(Command command, const std::vector<int>& descriptors) {
  iovec piece = {.iov_base = &command, .iov_len = 1};
  msghdr message = {};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(3 * sizeof(int))> control{};
  if (!descriptors.empty()) {
    const std::size_t size = descriptors.size() * sizeof(int);
    ASSAY_ASSERT(CMSG_SPACE(size) <= control.size());
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(size);
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(size);
    std::memcpy(CMSG_DATA(header), descriptors.data(), size);
  }
  while (::sendmsg(socket_.number(), &message, MSG_NOSIGNAL) < 0) {
    if (errno != EINTR) give_up("has died");
  }
}

std::optional<Answer> LauncherProcess::take_answer() {
  Answer answer{};
  const ssize_t length = ::recv(socket_.number(), &answer, 1, MSG_DONTWAIT);
  if (length == 1) return answer;
  if (length < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
  give_up("has died");
}

Answer LauncherProcess::wait_for_answer(std::chrono::nanoseconds patience) {
  const std::chrono::nanoseconds end = monotonic_time() + patience;
  for (;;) {
    const std::chrono::nanoseconds left = end - monotonic_time();
    if (left.count() < 0) give_up("does not answer");
    pollfd readable = {.fd = socket_.number(), .events = POLLIN, .revents = 0};
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(left).count();
    if (::poll(&readable, 1, static_cast<int>(milliseconds)) <= 0) continue;
    if (const std::optional<Answer> answer = take_answer()) return *answer;
  }
}

int LauncherProcess::wait_for_end() noexcept {
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

void LauncherProcess::give_up(const std::string& why) {
  std::string how;
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    const int status = wait_for_end();
    how = WIFSIGNALED(status) ? fmt::format(" (killed by signal {})", WTERMSIG(status))
                              : fmt::format(" (exited {})", WEXITSTATUS(status));
    // The child ends with the launcher, but the rest of its process group does not.
    if (mailbox_->report.child > 0) ::kill(-mailbox_->report.child, SIGKILL);
  }
  throw Error(
      fmt::format("the launcher, which starts every trial, {}{}; a command that was being tried, or something "
                  "it started, may have stopped or killed it",
                  why, how));
}

}  // namespace assay::host
