#include "core/host/launcher/process_status.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

namespace assay::host::launcher {

bool read_process_status(pid_t process, ProcessStatus& status) {
  char text[512];
  snprintf(text, sizeof text, "/proc/%d/stat", static_cast<int>(process));
  const int file = open(text, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const ssize_t length = read(file, text, sizeof text - 1);
  close(file);
  if (length <= 0) return false;
  text[length] = '\0';
  // "PID (NAME) STATE PARENT ...": the name may hold blanks and parentheses, so what counts is the last one.
  const char* name_end = strrchr(text, ')');
  int parent = 0;
  if (name_end == nullptr || sscanf(name_end, ") %c %d", &status.state, &parent) != 2) return false;
  status.parent = parent;
  return true;
}

}  // namespace assay::host::launcher
