#include "core/host/process/standard_streams.hpp"

#include <csignal>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace assay::host {
namespace {

int descriptor_of(StandardStream stream) {
  switch (stream) {
    case StandardStream::input:
      return STDIN_FILENO;
    case StandardStream::output:
      return STDOUT_FILENO;
    case StandardStream::error:
      break;
  }
  return STDERR_FILENO;
}

}  // namespace

void hold_standard_streams() {
  for (const StandardStream stream : {StandardStream::input, StandardStream::output, StandardStream::error}) {
    const int descriptor = descriptor_of(stream);
    if (fcntl(descriptor, F_GETFD) != -1) continue;
    // The lowest free number is the missing one. The directions are reversed: input cannot be read and output cannot be
    // written, so that a lost result is still an error.
    const int mode = stream == StandardStream::input ? O_WRONLY : O_RDONLY;
    if (open("/dev/null", mode) != descriptor) return;
  }
}

void outlive_failed_writes() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool is_terminal(StandardStream stream) {
  return isatty(descriptor_of(stream)) == 1;
}

std::optional<int> terminal_width(StandardStream stream) {
  winsize size{};
  if (ioctl(descriptor_of(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return std::nullopt;
  return size.ws_col;
}

}  // namespace assay::host
