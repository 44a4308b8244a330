#include "core/host/files/files.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <optional>
#include <sys/mman.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/host/files/file_descriptor.hpp"
#include "core/host/files/regular_file.hpp"
#include "core/host/files/text_room.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kNewFileMode = 0666;  // less the umask
constexpr int kMostLinks = 40;         // as the kernel's own limit

std::string folder_of(const std::string& path) {
  const std::string folder = fs::path(path).parent_path();
  return folder.empty() ? "." : folder;
}

/// The end of a chain of symbolic links, even if nothing is there yet: renaming onto the link would replace it.
std::string target_of(const std::string& path) {
  fs::path target = path;
  std::error_code failure;
  for (int links = 0; fs::is_symlink(target, failure); ++links) {
    if (links == kMostLinks) throw system_error("write", path, ELOOP);
    target = target.parent_path() / fs::read_symlink(target, failure);
  }
  return target;
}

/// Makes the name of a file survive a power cut. File systems that cannot sync a folder (EINVAL) do not need it.
void sync_folder(const std::string& folder) {
  const FileDescriptor open_folder = FileDescriptor::open("sync", folder, O_RDONLY | O_DIRECTORY);
  if (::fsync(open_folder.number()) != 0 && errno != EINVAL) throw system_error("sync", folder, errno);
}

/// A temporary file beside the target, which is removed unless it was renamed.
class TemporaryFile {
 public:
  /// \throws Error that names the target.
  TemporaryFile(const std::string& target, std::string_view text, std::optional<mode_t> mode) {
    const FileDescriptor file = create(target);
    try {
      if (mode && ::fchmod(file.number(), *mode) != 0) throw system_error("write", target, errno);
      if (!file.write_all(text) || ::fsync(file.number()) != 0) throw system_error("write", target, errno);
    } catch (const Error&) {
      remove();
      throw;
    }
  }
  ~TemporaryFile() { remove(); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  void forget() { path_.clear(); }

 private:
  FileDescriptor create(const std::string& target) {
    // This is not mkstemp, because its mode is 0600 and reading the umask would change it for every thread.
    static std::atomic<unsigned> counter{0};
    const fs::path parts(target);
    for (;;) {
      path_ = parts.parent_path() / fmt::format(".{}.{}-{}.tmp", parts.filename().string(), ::getpid(), counter++);
      FileDescriptor file(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kNewFileMode));
      if (file.is_open()) return file;
      if (errno != EEXIST && errno != EINTR) throw system_error("write", target, errno);
    }
  }
  void remove() noexcept {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  std::string path_;
};

/// Makes room for a file's text. The kernel is asked for all pages of a large one at once: taking 100 MB page by page
/// costs more time than reading a file into them. Kernels before 5.14 do not know how, and then nothing is lost.
void make_room(std::string& text, std::size_t bytes) {
  constexpr std::size_t kLarge = std::size_t{1} << 20;
  text.reserve(bytes + kRoomBehindText);
  if (bytes < kLarge) return;
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* start = text.data();
  std::size_t room = bytes;
  if (std::align(page, page, start, room) != nullptr) (void)::madvise(start, room / page * page, MADV_POPULATE_WRITE);
}

/// The first bytes of an open file. Room is made as the bytes come, since a size may be a lie.
std::string start_of(const FileDescriptor& file, const std::string& path, std::size_t bytes) {
  std::string text;
  struct stat status {};
  if (::fstat(file.number(), &status) == 0 && status.st_size > 0)
    make_room(text, std::min(static_cast<std::size_t>(status.st_size), bytes));
  std::array<char, 65536> piece;
  while (text.size() < bytes) {
    const ssize_t count = file.read_some(piece.data(), std::min(piece.size(), bytes - text.size()));
    if (count < 0) throw system_error("read", path, errno);
    if (count == 0) break;
    text.append(piece.data(), static_cast<std::size_t>(count));
  }
  return text;
}

Error too_large(const std::string& path, std::size_t most) {
  return Error(fmt::format("cannot read {}: it has more than the {} MiB that are read", path, most >> 20));
}

/// Whether the path names a descriptor that this process was started with.
bool is_handed_over(const std::string& path) {
  return path == "/dev/stdin" || path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
}

}  // namespace

std::string read_file(const std::string& path, std::size_t most) {
  const FileDescriptor file = open_regular_file("read", path);
  struct stat status {};
  if (::fstat(file.number(), &status) == 0 && status.st_size > static_cast<off_t>(most)) throw too_large(path, most);
  std::string text = start_of(file, path, most + 1);
  if (text.size() > most) throw too_large(path, most);
  return text;
}

std::string read_file_start(const std::string& path, std::size_t bytes) {
  return start_of(open_regular_file("read", path), path, bytes);
}

std::string read_named_file(const std::string& path, std::size_t bytes) {
  if (!is_handed_over(path)) return bytes == kLargestRead ? read_file(path) : read_file_start(path, bytes);
  std::string text = start_of(FileDescriptor::open("read", path, O_RDONLY | O_NOCTTY), path, bytes + 1);
  if (text.size() > bytes && bytes == kLargestRead) throw too_large(path, bytes);
  text.resize(std::min(text.size(), bytes));
  return text;
}

void write_file_atomically(const std::string& path, std::string_view text) {
  const std::string target = target_of(path);
  std::optional<mode_t> mode;
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) {
    refuse_other_than_file("write", path);
    if (S_ISCHR(status.st_mode)) return;  // /dev/null, which nothing may replace
    mode = status.st_mode & 07777;
  }
  TemporaryFile temporary(target, text, mode);
  if (::rename(temporary.path().c_str(), target.c_str()) != 0) throw system_error("write", path, errno);
  temporary.forget();
  sync_folder(folder_of(target));
}

void check_writable(const std::string& path) {
  const std::string target = target_of(path);
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) {
    if (S_ISDIR(status.st_mode)) throw system_error("write", path, EISDIR);
    refuse_other_than_file("write", path);
    if (!S_ISREG(status.st_mode)) return;  // /dev/null
  }
  if (::access(folder_of(target).c_str(), W_OK | X_OK) != 0) throw system_error("write", path, errno);
}

Creation create_file_atomically(const std::string& path, std::string_view text) {
  const TemporaryFile temporary(path, text, std::nullopt);
  int failure = ::link(temporary.path().c_str(), path.c_str()) == 0 ? 0 : errno;
  // File systems without hard links (FAT, some FUSE and CIFS) may know this call; NFS knows only the other.
  if (failure == EPERM || failure == EOPNOTSUPP || failure == ENOSYS || failure == EMLINK) {
    failure =
        ::renameat2(AT_FDCWD, temporary.path().c_str(), AT_FDCWD, path.c_str(), RENAME_NOREPLACE) == 0 ? 0 : errno;
  }
  if (failure == EEXIST) return Creation::already_there;
  if (failure != 0) throw system_error("write", path, failure);
  sync_folder(folder_of(path));
  return Creation::created;
}

std::string absolute_path(const std::string& path) {
  std::error_code failure;
  const fs::path absolute = fs::weakly_canonical(fs::absolute(path, failure), failure);
  if (failure) throw system_error("resolve", path, failure.value());
  return absolute;
}

void make_folder(const std::string& path) {
  std::error_code failure;
  std::filesystem::create_directories(path, failure);
  if (failure) throw Error(fmt::format("cannot make the folder {}: {}", path, failure.message()));
}

}  // namespace assay::host
