#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include "core/host/launcher/launcher.hpp"

namespace assay::host::launcher {
namespace {

bool write_file(const char* path, const char* text) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const auto length = static_cast<ssize_t>(std::strlen(text));
  const bool written = write(file, text, static_cast<std::size_t>(length)) == length;
  close(file);
  return written;
}

/// In a user namespace of its own an ordinary user may mount. Identity stays as it was.
bool enter_user_namespace() {
  const uid_t user = geteuid();
  const gid_t group = getegid();
  if (unshare(CLONE_NEWUSER) != 0 || !write_file("/proc/self/setgroups", "deny")) return false;
  char line[64];
  std::snprintf(line, sizeof line, "%u %u 1", user, user);
  if (!write_file("/proc/self/uid_map", line)) return false;
  std::snprintf(line, sizeof line, "%u %u 1", group, group);
  return write_file("/proc/self/gid_map", line);
}

}  // namespace

std::int32_t hide(const char* folder) {
  if (geteuid() != 0 && !enter_user_namespace()) return errno;
  if (unshare(CLONE_NEWNS) != 0) return errno;
  // What others mount later appears here too, and nothing that is mounted here appears there.
  if (mount(nullptr, "/", nullptr, MS_REC | MS_SLAVE, nullptr) != 0) return errno;
  constexpr unsigned long kClosed = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;
  return mount("hidden", folder, "tmpfs", kClosed, "size=4k,mode=0") == 0 ? 0 : errno;
}

}  // namespace assay::host::launcher
