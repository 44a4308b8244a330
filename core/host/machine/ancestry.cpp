#include "core/host/machine/ancestry.hpp"

#include <charconv>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"

namespace assay::host {
namespace {

/// The parent from /proc/PID/stat (proc(5)); 0 if the process is gone or cannot be seen.
pid_t parent_of(pid_t process) {
  std::string status;
  try {
    status = read_file(fmt::format("/proc/{}/stat", process));
  } catch (const Error&) {
    return 0;
  }
  // "PID (NAME) STATE PARENT ...": the name may contain blanks and parentheses, so search for the last one.
  constexpr std::size_t kFromNameToParent = std::string_view(") S ").size();
  const std::size_t name_end = status.rfind(')');
  if (name_end == std::string::npos || name_end + kFromNameToParent > status.size()) return 0;
  pid_t parent = 0;
  std::from_chars(status.data() + name_end + kFromNameToParent, status.data() + status.size(), parent);
  return parent;
}

}  // namespace

bool is_ancestor(pid_t process) {
  for (pid_t ancestor = ::getppid(); ancestor > 0; ancestor = parent_of(ancestor)) {
    if (ancestor == process) return true;
  }
  return false;
}

}  // namespace assay::host
