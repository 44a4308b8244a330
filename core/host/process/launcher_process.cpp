#include "core/host/process/launcher_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
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
  start(far_end, mailbox_file, hidden_folder);
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
  LauncherImage::Start start{.descriptors = {far_end.number(), mailbox_file.number()}};
  if (!hidden_folder.empty()) start.environment.push_back(fmt::format("{}={}", launcher::kHiddenFolder, hidden_folder));
  pid_ = image_.start(start);
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
