#include "core/host/files/output_destination.hpp"

#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "core/host/files/files.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

constexpr int kLongestChain = 40;  // as the kernel's own limit

/// The number in "/dev/fd/3". What such a path links to may have no name, as a pipe, so it is never followed.
std::optional<int> descriptor_in(std::string_view path) {
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    path.remove_prefix(folder.size());
    int number = -1;
    const auto [end, failure] = std::from_chars(path.data(), path.data() + path.size(), number);
    const bool is_number = failure == std::errc() && end == path.data() + path.size() && number >= 0;
    return is_number ? std::optional(number) : std::nullopt;
  }
  return std::nullopt;
}

/// The end of a chain of symbolic links, even if nothing is there yet.
fs::path end_of_links(const std::string& path) {
  fs::path target = path;
  std::error_code failure;
  for (int links = 0; !descriptor_in(target.native()) && fs::is_symlink(target, failure); ++links) {
    if (links == kLongestChain) throw system_error("write", path, ELOOP);
    target = target.parent_path() / fs::read_symlink(target, failure);
  }
  return target;
}

std::string place_of_descriptor(int number) {
  struct stat status {};
  std::error_code failure;
  if (::fstat(number, &status) == 0 && S_ISREG(status.st_mode)) {
    const fs::path file = fs::read_symlink(fmt::format("/proc/self/fd/{}", number), failure);
    if (!failure) return file;
  }
  return fmt::format("descriptor {}", number);
}

/// A file's folder without links, and its name. The folder is there.
std::string place_of_file(const fs::path& target, const std::string& path) {
  std::error_code failure;
  const fs::path folder = target.parent_path();
  const fs::path canonical = fs::canonical(folder.empty() ? fs::path(".") : folder, failure);
  if (failure) throw system_error("write", path, failure.value());
  return canonical / target.filename();
}

void check_descriptor(int number, const std::string& path) {
  const int flags = ::fcntl(number, F_GETFL);
  if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY) throw system_error("write", path, EBADF);
}

/// \throws Error if no process has it open to read: opening it would wait for one, perhaps for ever.
FileDescriptor open_fifo(const fs::path& target, const std::string& path) {
  FileDescriptor fifo(::open(target.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  if (!fifo.is_open() && errno == ENXIO) {
    throw Error(fmt::format("cannot write {}: nothing reads this FIFO; start its reader first", path));
  }
  if (!fifo.is_open()) throw system_error("write", path, errno);
  // From here on, a reader that is slow is waited for.
  if (::fcntl(fifo.number(), F_SETFL, 0) != 0) throw system_error("write", path, errno);
  return fifo;
}

/// A serial line may wait for its carrier when it is opened, so this does not wait.
FileDescriptor open_device(const std::string& path) {
  FileDescriptor device = FileDescriptor::open("write", path, O_WRONLY | O_NOCTTY | O_NONBLOCK);
  if (::fcntl(device.number(), F_SETFL, 0) != 0) throw system_error("write", path, errno);
  return device;
}

}  // namespace

OutputDestination::OutputDestination(std::string path) : path_(std::move(path)) {
  if (path_.empty()) throw Error("the name of a file is empty: expected a path, or - for standard output");
  const fs::path target = path_ == "-" ? fs::path("/dev/fd/1") : end_of_links(path_);
  descriptor_ = descriptor_in(target.native());
  if (descriptor_) {
    if (path_ != "-") check_descriptor(*descriptor_, path_);
    place_ = place_of_descriptor(*descriptor_);
    return;
  }
  place_ = place_of_file(target, path_);
  std::error_code failure;
  if (fs::is_fifo(target, failure)) {
    kept_open_ = open_fifo(target, path_);
  } else if (fs::is_character_file(target, failure) || fs::is_block_file(target, failure)) {
    kept_open_ = open_device(path_);
  } else {
    check_writable(path_);
  }
}

void OutputDestination::write(std::string_view text) const {
  if (is_replaced()) return write_file_atomically(path_, text);
  bool is_written = false;
  if (kept_open_.is_open()) {
    is_written = kept_open_.write_all(text);
  } else {
    // Its own descriptor, which is closed afterwards; the position in a file is shared.
    const FileDescriptor copy(::fcntl(*descriptor_, F_DUPFD_CLOEXEC, 0));
    is_written = copy.is_open() && copy.write_all(text);
  }
  if (!is_written) throw system_error("write", path_, errno);
}

std::string place_of_standard_output() {
  return place_of_descriptor(STDOUT_FILENO);
}

}  // namespace assay::host
