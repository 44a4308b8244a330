#include "core/host/process/orphans.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <fstream>
#include <iterator>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "core/host/launcher/protocol.hpp"
#include "core/host/machine/ancestry.hpp"
#include "core/host/process/launcher_image.hpp"
#include "core/host/process/process_table.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

/// The environment that a process was started with, each variable after a NUL; empty if this user may not read it.
std::string environment_of_process(pid_t process) {
  std::ifstream file(fmt::format("/proc/{}/environ", process), std::ios::binary);
  return '\0' + std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

void end_orphans_of(const std::string& session_folder) {
  const std::string mark = '\0' + fmt::format("{}={}/", launcher::kArmFolder, session_folder);
  std::vector<pid_t> found;
  for (const pid_t process : all_processes()) {
    const bool is_own = process == ::getpid() || is_ancestor(process);
    if (!is_own && environment_of_process(process).find(mark) != std::string::npos) found.push_back(process);
  }
  if (found.empty()) return;
  for (const pid_t process : with_descendants(found)) {
    if (process != ::getpid() && !is_ancestor(process)) ::kill(process, SIGKILL);
  }
}

OrphanWatch::OrphanWatch(const std::string& session_folder) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw system_error("watch over", session_folder, errno);
  }
  line_ = FileDescriptor(ends[0]);
  const FileDescriptor far_end(ends[1]);
  pid_ = LauncherImage::in_memory().start({.arguments = {"watch", session_folder}, .descriptors = {far_end.number()}});
}

OrphanWatch::~OrphanWatch() {
  const char goodbye = '.';
  ::kill(pid_, SIGCONT);  // something may have stopped it
  // If the session ends by an error, its launcher may have died, and nobody else knows what it left running.
  if (std::uncaught_exceptions() == 0) (void)::send(line_.number(), &goodbye, 1, MSG_NOSIGNAL);
  line_ = FileDescriptor(-1);
  while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace assay::host
