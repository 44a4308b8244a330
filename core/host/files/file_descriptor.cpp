#include "core/host/files/file_descriptor.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include "core/host/system_error.hpp"

namespace assay::host {

FileDescriptor FileDescriptor::open(std::string_view doing, const std::string& path, int flags, mode_t mode) {
  int number = -1;
  do {
    number = ::open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (number < 0 && errno == EINTR);
  if (number < 0) throw system_error(doing, path, errno);
  return FileDescriptor(number);
}

FileDescriptor::~FileDescriptor() {
  if (is_open()) ::close(number_);
}

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

ssize_t FileDescriptor::read_some(char* buffer, std::size_t size) const noexcept {
  ssize_t count = -1;
  do {
    count = ::read(number_, buffer, size);
  } while (count < 0 && errno == EINTR);
  return count;
}

bool FileDescriptor::write_all(std::string_view bytes) const noexcept {
  while (!bytes.empty()) {
    const ssize_t count = ::write(number_, bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace assay::host
