#include "core/host/launcher/process_status.hpp"

#include <array>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace assay::host::launcher {

bool read_process_status(pid_t process, ProcessStatus& status) {
  std::array<char, 512> text{};
  std::snprintf(text.data(), text.size(), "/proc/%d/stat", static_cast<int>(process));
  const int file = open(text.data(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const ssize_t length = read(file, text.data(), text.size() - 1);
  close(file);
  if (length <= 0) return false;
  text[static_cast<std::size_t>(length)] = '\0';
  // "PID (NAME) STATE PARENT ...": the name may contain blanks and parentheses, so search for the last one.
  const char* name_end = std::strrchr(text.data(), ')');
  int parent = 0;
  if (name_end == nullptr || std::sscanf(name_end, ") %c %d", &status.state, &parent) != 2) return false;
  status.parent = parent;
  return true;
}

}  // namespace assay::host::launcher
