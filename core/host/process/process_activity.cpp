#include "core/host/process/process_activity.hpp"

#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "core/host/files/kernel_files.hpp"
#include "core/host/process/process_table.hpp"

namespace assay::host {
namespace {

/// What the scheduler has counted for all threads of a process; empty if the kernel does not count or it is gone.
std::string scheduled(pid_t process) {
  std::error_code gone;
  std::filesystem::directory_iterator task(fmt::format("/proc/{}/task", process), gone);
  std::set<std::string> threads;
  for (; !gone && task != std::filesystem::directory_iterator(); task.increment(gone)) {
    threads.insert(task->path().string());
  }
  std::string counts;
  for (const std::string& thread : threads) {
    const std::string of_thread = read_kernel_line(thread + "/schedstat");
    if (of_thread.empty()) return "";
    counts += of_thread + '\n';
  }
  return counts;
}

}  // namespace

ProcessActivity::ProcessActivity() {
  for (const pid_t process : all_processes()) {
    if (std::string counts = scheduled(process); !counts.empty()) before_.emplace(process, std::move(counts));
  }
}

bool ProcessActivity::has_run(pid_t process) const {
  const auto before = before_.find(process);
  return before == before_.end() || scheduled(process) != before->second;
}

}  // namespace assay::host
