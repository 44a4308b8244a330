#include "core/host/process/orphans.hpp"

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "core/host/machine/ancestry.hpp"
#include "core/host/process/process_table.hpp"

namespace assay::host {
namespace {

/// The environment that a process was started with, each variable after a NUL; empty if this user may not read it.
std::string environment_of_process(pid_t process) {
  std::ifstream file(fmt::format("/proc/{}/environ", process), std::ios::binary);
  return '\0' + std::string(std::istreambuf_iterator<char>(file), {});
}

}  // namespace

void end_orphans_of(const std::string& session_folder) {
  const std::string mark = '\0' + fmt::format("ASSAY_ARM_DIR={}/", session_folder);
  std::vector<pid_t> found;
  for (const pid_t process : all_processes()) {
    const bool is_own = process == ::getpid() || is_ancestor(process);
    if (!is_own && environment_of_process(process).find(mark) != std::string::npos) found.push_back(process);
  }
  if (found.empty()) return;
  for (const pid_t process : with_descendants(found)) {
    if (process != ::getpid() && !is_ancestor(process)) ::kill(process, SIGKILL);
  }
}

}  // namespace assay::host
