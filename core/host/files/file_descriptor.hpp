#pragma once

#include <string>
#include <string_view>
#include <sys/stat.h>

namespace assay::host {

/// An open file, closed when it goes. Calls that a signal breaks off are taken up again.
class FileDescriptor {
 public:
  /// Opens with O_CLOEXEC added to `flags`. \throws Error that names the path and why; `doing` stands after "cannot".
  static FileDescriptor open(std::string_view doing, const std::string& path, int flags, mode_t mode = 0);

  /// Takes over an open descriptor; -1 for none.
  explicit FileDescriptor(int number) noexcept : number_(number) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;

  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }

  /// Reads up to `size` bytes at the file's position; 0 at its end, -1 with errno.
  [[nodiscard]] ssize_t read_some(char* buffer, std::size_t size) const noexcept;
  /// Writes every byte; false with errno.
  [[nodiscard]] bool write_all(std::string_view bytes) const noexcept;

 private:
  int number_;
};

}  // namespace assay::host
