#pragma once

#include <array>
#include <fcntl.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/scratch_folder.hpp"

namespace assay::test {

/// A named pipe that a trial writes into: tells the test what the trial does, and, by its end, that every process that
/// held it is gone. Waits at most 30 s.
class Fifo {
 public:
  Fifo() {
    if (::mkfifo(path_.c_str(), 0600) != 0) throw std::runtime_error("cannot make " + path_);
    // Does not wait for a writer, so that the writer need not wait either.
    read_end_ = ::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  }
  ~Fifo() { ::close(read_end_); }
  Fifo(const Fifo&) = delete;
  Fifo& operator=(const Fifo&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

  /// Waits until that many bytes were written, all writers are gone, or 30 s have passed. Whoever only opens and closes
  /// it, to see whether that works, is no writer.
  std::string read(std::size_t size) {
    std::string text;
    for (int empty = 0; text.size() < size && empty < kMostEmptyReads && wait();) {
      std::array<char, 256> piece;
      const ssize_t count = ::read(read_end_, piece.data(), piece.size());
      if (count == 0 && text.empty()) {
        ++empty;
        ::usleep(1000);
        continue;
      }
      if (count <= 0) break;
      text.append(piece.data(), static_cast<std::size_t>(count));
    }
    return text;
  }

  /// Whether everybody who wrote has let go of it, by now or within the time; call it after `read` saw something.
  [[nodiscard]] bool is_abandoned() {
    while (wait()) {
      std::array<char, 256> piece;
      if (::read(read_end_, piece.data(), piece.size()) == 0) return true;
    }
    return false;
  }

 private:
  static constexpr int kMostEmptyReads = 30'000;  ///< a millisecond each

  [[nodiscard]] bool wait() const {
    pollfd readable = {.fd = read_end_, .events = POLLIN, .revents = 0};
    return ::poll(&readable, 1, 30'000) == 1;
  }

  ScratchFolder folder_;
  std::string path_ = folder_ / "fifo";
  int read_end_ = -1;
};

}  // namespace assay::test
