#pragma once

#include <csignal>
#include <cstdio>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::test {

/// A copy of this process that does one thing and tells of its progress in lines; killed when it goes.
class ForkedChild {
 public:
  using Tell = std::function<void(const std::string& line)>;

  explicit ForkedChild(const std::function<void(const Tell&)>& work) {
    int ends[2];
    if (::pipe(ends) != 0) throw std::runtime_error("cannot make a pipe");
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("cannot fork");
    if (pid_ == 0) {
      ::close(ends[0]);
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      run(work, ends[1]);
    }
    ::close(ends[1]);
    lines_ = ::fdopen(ends[0], "r");
  }
  ~ForkedChild() {
    kill();
    std::fclose(lines_);
  }
  ForkedChild(const ForkedChild&) = delete;
  ForkedChild& operator=(const ForkedChild&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }

  /// Waits for the next line; nothing once the child has ended.
  std::optional<std::string> next_line() {
    std::string line;
    for (int letter = std::fgetc(lines_); letter != EOF; letter = std::fgetc(lines_)) {
      if (letter == '\n') return line;
      line += static_cast<char>(letter);
    }
    return std::nullopt;
  }

  /// kill -9, and waits for its end.
  void kill() {
    if (ended_) return;
    ::kill(pid_, SIGKILL);
    join();
  }
  /// Waits for its end.
  void join() {
    if (!ended_) ::waitpid(pid_, nullptr, 0);
    ended_ = true;
  }

 private:
  [[noreturn]] static void run(const std::function<void(const Tell&)>& work, int end) {
    const Tell tell = [end](const std::string& line) {
      const std::string text = line + "\n";
      if (::write(end, text.data(), text.size()) < 0) ::_exit(2);
    };
    try {
      work(tell);
    } catch (const std::exception& failure) {
      tell(std::string("error: ") + failure.what());
    }
    ::_exit(0);
  }

  pid_t pid_ = -1;
  FILE* lines_ = nullptr;
  bool ended_ = false;
};

}  // namespace assay::test
