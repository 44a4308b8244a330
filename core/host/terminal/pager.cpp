#include "core/host/terminal/pager.hpp"

#include <csignal>
#include <cstdio>
#include <sys/wait.h>

namespace assay::host {
namespace {

/// Ignores a signal while it lives.
class IgnoredSignal {
 public:
  explicit IgnoredSignal(int signal) : signal_(signal) {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    sigaction(signal_, &ignore, &before_);
  }
  ~IgnoredSignal() { sigaction(signal_, &before_, nullptr); }
  IgnoredSignal(const IgnoredSignal&) = delete;
  IgnoredSignal& operator=(const IgnoredSignal&) = delete;

 private:
  int signal_;
  struct sigaction before_ {};
};

/// What a shell ends with if it finds no program of that name (POSIX, 2.8.2).
constexpr int kNotFound = 127;

}  // namespace

PagerEnd show_by_pager(const std::string& command, std::string_view text) {
  std::FILE* const pager = popen(command.c_str(), "w");
  if (pager == nullptr) return PagerEnd::not_found;
  const IgnoredSignal interrupt(SIGINT);
  const IgnoredSignal quit(SIGQUIT);
  std::fwrite(text.data(), 1, text.size(), pager);  // a user who leaves early reads no more: that is no failure
  const int status = pclose(pager);
  return WIFEXITED(status) && WEXITSTATUS(status) == kNotFound ? PagerEnd::not_found : PagerEnd::shown;
}

}  // namespace assay::host
