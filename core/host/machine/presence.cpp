#include "core/host/machine/presence.hpp"

#include <cerrno>
#include <sys/file.h>
#include <utility>

namespace assay::host {
namespace {

/// The others hold the lock alone only while they look.
void share(const FileDescriptor& file) {
  while (::flock(file.number(), LOCK_SH) != 0 && errno == EINTR) {
  }
}

}  // namespace

Presence::Presence(FileDescriptor file) : file_(std::move(file)) {
  if (file_.is_open()) share(file_);
}

bool Presence::sees_another() const {
  if (!file_.is_open()) return false;
  const bool is_alone = ::flock(file_.number(), LOCK_EX | LOCK_NB) == 0;
  const bool is_another_there = !is_alone && errno == EWOULDBLOCK;
  share(file_);
  return is_another_there;
}

}  // namespace assay::host
