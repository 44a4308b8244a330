#pragma once

#include <string>
#include <string_view>
#include <sys/stat.h>

namespace assay::host {

/// An open file, closed by the destructor. Calls that a signal interrupts are repeated.
class FileDescriptor {
 public:
  /// Opens a file with O_CLOEXEC added to `flags`. \throws Error that names the path and the reason; `doing` is the
  /// verb after "cannot".
  static FileDescriptor open(std::string_view doing, const std::string& path, int flags, mode_t mode = 0);

  /// Takes over an open descriptor; -1 means none.
  explicit FileDescriptor(int number) noexcept : number_(number) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;

  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }

  /// Reads up to `size` bytes at the file's position. Returns 0 at its end and -1 with errno on failure.
  [[nodiscard]] ssize_t read_some(char* buffer, std::size_t size) const noexcept;
  /// Writes every byte. Returns false with errno on failure.
  [[nodiscard]] bool write_all(std::string_view bytes) const noexcept;

 private:
  int number_;
};

}  // namespace assay::host
